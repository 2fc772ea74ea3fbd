// Every kind of value by every way, both ways: the outcome is that of V8's serialiser. The page does
// the work; here is the other side, and what main itself must be refused.
const { app, BrowserWindow, ipcMain, MessageChannelMain } = require('electron')
const path = require('path')
const { check, event, finish } = require('../checks.js')
const { knownTo, sizes, throwing, titleOf } = require('./values.js')

const { values, uncloneable } = knownTo(process.versions.node)

const WAYS = ['send', 'invoke', 'sendSync', 'postMessage', 'port']
const all = new Map([...values, ...sizes])
/** For each way the names of what did not arrive as it should. */
const wrongHere = Object.fromEntries(WAYS.map((way) => [way, []]))

/** Looks at what arrived, and gives one of the same name to send back. */
function answer (way, name, value) {
  const known = all.get(name)
  if (!known?.isCopy(value)) wrongHere[way].push(name)
  return known?.make()
}

ipcMain.on('send', (event, name, value) => event.reply('send', answer('send', name, value)))
ipcMain.handle('invoke', (event, name, value) => answer('invoke', name, value))
ipcMain.on('sendSync', (event, name, value) => { event.returnValue = answer('sendSync', name, value) })
ipcMain.on('postMessage', (event, [name, value]) => {
  event.senderFrame.postMessage('postMessage', answer('postMessage', name, value))
})

/** One check for each kind of value and way, of what arrived here and there. */
function checkTrips (names, wrongThere, titleOf) {
  const kinds = new Map()
  for (const name of names) kinds.set(titleOf(name), [...kinds.get(titleOf(name)) ?? [], name])
  for (const [title, group] of kinds) {
    for (const way of WAYS) {
      for (const [place, wrong] of [['main', wrongHere], ['the page', wrongThere]]) {
        const found = group.filter((name) => wrong[way].includes(name))
        check(`${title} to ${place} by ${way}${found.map((name) => ` (${name})`).join('')}`, found.length === 0)
      }
    }
  }
}

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, webPreferences: { nodeIntegration: true, contextIsolation: false } })
  const { webContents } = win
  const withPort = event(ipcMain, 'port')
  await win.loadFile('index.html')
  const [{ ports: [port] }] = await withPort
  port.on('message', ({ data: [name, value] }) => port.postMessage(answer('port', name, value)))
  port.start()
  const run = async (part) => {
    webContents.send('run', part, process.versions.node)
    return (await event(ipcMain, 'ran'))[1]
  }

  checkTrips(values.keys(), await run('values'), titleOf)
  checkTrips(sizes.keys(), await run('sizes'), (name) => `9: ${name}`)
  for (const [part, title] of [
    ['uncloneable', '2, 6: what cannot be cloned throws from the call'], ['throwing', "1: a getter's exception comes from the call"],
    ['platform', '2, 6: objects of the document throw from the call']
  ]) {
    const wrong = await run(part)
    check(`${title}${wrong.map((name) => ` (${name})`).join('')}`, wrong.length === 0)
  }
  check('1: and nothing of it is sent', WAYS.every((way) => !wrongHere[way].includes('refused')))

  const copied = event(ipcMain, 'copied')
  await webContents.executeJavaScript('sendAndChange()')
  const [, { id, list, bytes }] = await copied
  check('1: what is sent is copied then and there', list.join() === '1,2')
  check('10: an object with an id', id === 5)
  check('7: a Buffer of the page', Object.getPrototypeOf(bytes) === Uint8Array.prototype && Buffer.from(bytes).toString() === 'of the page')
  check('7: a Buffer of main', await webContents.executeJavaScript('isBytes("bytes")'))

  checkRefusals(webContents, port)
  await checkAnswers(webContents)
  finish()
})

ipcMain.handle('bytes', () => Buffer.from('bytes'))

/** What main must be refused throws from posting, is logged by sending, and rejects as an answer. */
function checkRefusals (webContents, port) {
  const { mainFrame } = webContents
  for (const { name, make, message, thrown: own } of [...uncloneable, ...throwing]) {
    const isRight = (error) => own ? error === own
      : Object.getPrototypeOf(error) === Error.prototype && (message ? error.message === message : error.message.endsWith(' could not be cloned.'))
    const [fact, kind] = own ? [1, 'what a getter throws'] : [6, 'what cannot be cloned']
    const posts = [webContents, mainFrame].map((target) => () => target.postMessage('refused', make()))
    check(`${fact}, 12: posted, ${kind} throws (${name})`, [...posts, () => port.postMessage(make())].every((post) => isRight(exception(post))))
    const lines = logged(() => {
      for (const target of [webContents, mainFrame]) check(`11: sent, ${kind} returns (${name})`, target.send('refused', make()) === undefined)
    })
    check(`11: and is logged (${name})`, lines.length === 2 && lines.every(([text, error]) =>
      text === 'Error sending from webFrameMain: ' && isRight(error)))
  }
}

/** What work throws. */
function exception (work) {
  try { work() } catch (error) { return error }
}

/** The arguments of each call of console.error meanwhile. */
function logged (work) {
  const { error } = console
  const lines = []
  console.error = (...line) => lines.push(line)
  try { work() } finally { console.error = error }
  return lines
}

async function checkAnswers (webContents) {
  // Each is a line on the console as well.
  const { error } = console
  console.error = () => {}
  for (const { name, make, message, thrown: own } of [...uncloneable, ...throwing]) {
    ipcMain.handleOnce('answer', () => [make()])
    const beginning = `Error: Error invoking remote method 'answer': ${own ?? (message ? `Error: ${message}` : '')}`
    const said = await webContents.executeJavaScript('rejection(ipc.invoke("answer"))')
    check(`38: no answer (${name})`, own || message ? said === beginning : said.startsWith(beginning) && said.endsWith(' could not be cloned.'))
  }
  console.error = error
}
