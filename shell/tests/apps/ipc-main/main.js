// ipcMain, webContents.ipc and frame.ipc, and the events of their listeners (facts 29 to 47).
const { app, BrowserWindow, ipcMain } = require('electron')
const fs = require('fs')
const path = require('path')
const { check, event, finish, thrown, until } = require('../checks.js')

const electron = require('electron')
check('150: every name is there before ready, but ipcRenderer', electron.ipcRenderer === undefined && !('ipcRenderer' in electron) &&
  ['app', 'nativeTheme', 'screen', 'Menu', 'Tray', 'session', 'dialog', 'utilityProcess', 'MessageChannelMain', 'webFrameMain', 'net', 'protocol']
    .every((name) => name in electron && electron[name] !== undefined))
check('29: one listener, for error', ipcMain.eventNames().join() === 'error')

const uncaught = []
process.on('uncaughtException', (error) => uncaught.push(error.message))
const logged = []
const { error: print } = console
console.error = (...values) => logged.push(values)

const webPreferences = { nodeIntegration: true, nodeIntegrationInSubFrames: true, contextIsolation: false }
let contents
let child

/** Runs code in the page, which has ipcRenderer. */
const run = (code) => contents.executeJavaScript(`{ const { ipcRenderer } = require('electron'); ${code} }`)
const inChild = (code) => child.executeJavaScript(`{ const { ipcRenderer } = require('electron'); ${code} }`)

app.on('window-all-closed', () => {})

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, webPreferences })
  contents = win.webContents
  await win.loadFile('page.html')
  child = contents.mainFrame.frames[0]
  await handlers()
  await dispatch()
  await errors()
  await events()
  await replies()
  await order()
  channels()
  win.destroy()
  await ends()
  await blocked()
  ipcMain.removeAllListeners()
  check('29: removeAllListeners leaves none', ipcMain.eventNames().length === 0)
  console.error = print
  finish()
})

async function handlers () {
  ipcMain.handle('taken', () => 1)
  check('30: a second handler', thrown(() => ipcMain.handle('taken', () => 2)) ===
    "Error: Attempted to register a second handler for 'taken'")
  const texts = [undefined, null, {}, 'f'].map((fn) => thrown(() => ipcMain.handle('bad', fn)))
  check(`30: what is no function: ${texts}`, texts.join() === ['undefined', 'object', 'object', 'string']
    .map((type) => `TypeError: Expected handler to be a function, but found type '${type}'`).join())
  ipcMain.handleOnce('again', () => { ipcMain.handleOnce('again', () => 2); return 1 })
  check('31: handleOnce is gone before it runs', await run("Promise.all([ipcRenderer.invoke('again'), ipcRenderer.invoke('again')])").then(String) === '1,2')
  check('31: removing what is not there', ipcMain.removeHandler('nothing') === undefined)
  const { handle } = ipcMain
  handle('unbound', () => 3)
  check('30: handle needs no object', await run("ipcRenderer.invoke('unbound')") === 3)

  contents.ipc.handle('taken', () => 'contents')
  contents.mainFrame.ipc.handle('taken', () => 'frame')
  check('32, 34: the first that has a handler answers, with tables of their own', await run("ipcRenderer.invoke('taken')") === 'frame')
  check('32, 34: another frame has another emitter', await inChild("ipcRenderer.invoke('taken')") === 'contents')
  contents.mainFrame.ipc.removeHandler('taken')
  check('34: webContents.ipc is second', await run("ipcRenderer.invoke('taken')") === 'contents')
  contents.ipc.removeHandler('taken')
  check('34: ipcMain is last', await run("ipcRenderer.invoke('taken')") === 1)
}

async function dispatch () {
  const heard = []
  const emitters = { frame: contents.mainFrame.ipc, contents: contents.ipc, main: ipcMain }
  for (const [name, emitter] of Object.entries(emitters)) {
    emitter.on('to-all', (e, value) => heard.push(`${name} ${value}`))
    emitter.on('posted', (...values) => heard.push(`${name} ${values.length} ${values[1]} ${values[0].ports.length} ${'reply' in values[0]}`))
  }
  contents.on('ipc-message', (e, channel, ...values) => heard.push(`ipc-message ${channel} ${values}`))
  contents.on('ipc-message-sync', (e, channel, ...values) => {
    heard.push(`ipc-message-sync ${channel} ${values}`)
    e.returnValue = 'answer'
  })
  await run("ipcRenderer.send('to-all', 1)")
  check(`33: ${heard}`, heard.splice(0).join() === 'ipc-message to-all 1,frame 1,contents 1,main 1')
  const answer = await run("ipcRenderer.sendSync('to-all', 2)")
  check(`35: ${heard}`, heard.splice(0).join() === 'ipc-message-sync to-all 2,frame 2,contents 2,main 2' && answer === 'answer')
  await run("ipcRenderer.postMessage('posted', 3, [new MessageChannel().port1])")
  check(`36: ${heard}`, heard.splice(0).join() === 'frame 2 3 1 false,contents 2 3 1 false,main 2 3 1 false')
  await inChild("ipcRenderer.send('to-all', 4)")
  check(`33: of a sub-frame: ${heard}`, heard.splice(0).join() === 'ipc-message to-all 4,contents 4,main 4')
  for (const name of ['ipc-message', 'ipc-message-sync']) contents.removeAllListeners(name)
}

async function errors () {
  ipcMain.handle('throws', () => { throw new Error('of the handler') })
  logged.length = 0
  await run("ipcRenderer.invoke('throws').catch(() => {})")
  check('37: a handler\'s error is logged', logged.length === 1 && logged[0][0] === "Error occurred in handler for 'throws':" &&
    logged[0][1].message === 'of the handler' && uncaught.length === 0)
  ipcMain.handle('uncloneable', () => () => {})
  const text = await run("ipcRenderer.invoke('uncloneable').catch((error) => error.message)")
  check(`38: ${text}`, /^Error invoking remote method 'uncloneable': Error: .*could not be cloned\.$/.test(text))
  ipcMain.on('listener', () => { throw new Error('of the listener') })
  await run("ipcRenderer.send('listener')")
  await run('0')
  check('39: a listener\'s error is an uncaught one', uncaught.splice(0).join() === 'of the listener')
  ipcMain.on('no-answer', () => { throw new Error('before the answer') })
  const unanswered = await run("ipcRenderer.sendSync('no-answer')")
  check('19, 39: a listener that throws keeps no page waiting', unanswered.error === 'reply was never sent' &&
    uncaught.splice(0).join() === 'before the answer')
}

async function events () {
  const heard = {}
  ipcMain.on('fields', (e) => { heard.send = e })
  ipcMain.on('fields-sync', (e) => { heard.sendSync = e; e.returnValue = 0 })
  ipcMain.handle('fields', (e) => { heard.invoke = e })
  ipcMain.on('fields-post', (e) => { heard.post = e })
  await inChild("ipcRenderer.send('fields'); ipcRenderer.sendSync('fields-sync'); ipcRenderer.postMessage('fields-post', 0); ipcRenderer.invoke('fields')")
  for (const [name, e] of Object.entries(heard)) {
    check(`40: ${name}`, e.type === 'frame' && e.processId === child.processId && e.frameId === child.routingId &&
      e.frameTreeNodeId === child.frameTreeNodeId && e.sender === contents && e.senderFrame === child &&
      typeof e.preventDefault === 'function' && e.defaultPrevented === false)
    check(`40: what ${name} has of its own`, (typeof e.reply === 'function') === (name === 'send' || name === 'sendSync') &&
      ('returnValue' in e) === (name === 'sendSync') && Array.isArray(e.ports) === (name === 'post'))
    e.preventDefault()
    check(`149: ${name} was prevented`, e.defaultPrevented === true)
  }
  await contents.executeJavaScript("document.querySelector('iframe').remove(); 0")
  const warned = event(process, 'warning')
  await until(() => child.isDestroyed())
  check('42: no frame once it was removed', heard.send.senderFrame === null)
  const [warning] = await warned
  check(`42: ${warning.message}`, warning.name === 'electron' && warning.message ===
    'Frame property was accessed after it navigated or was destroyed. Avoid asynchronous tasks prior to indexing.')
  check('41: a reply to nobody', heard.send.reply('anything') === undefined)
}

async function replies () {
  await run("const frame = document.body.appendChild(document.createElement('iframe')); frame.src = 'child.html'; new Promise((resolve) => { frame.onload = resolve }).then(() => 0)")
  child = contents.mainFrame.frames[0]
  const answers = []
  ipcMain.on('answer', (e, where) => answers.push(where))
  const listen = (where) => `ipcRenderer.on('question', () => ipcRenderer.send('answer', '${where}'))`
  await run(listen('top') + ';0')
  await inChild(listen('child') + ';0')
  ipcMain.on('ask', (e) => { e.reply('question') })
  ipcMain.on('ask-sender', (e) => { e.sender.send('question') })
  ipcMain.on('ask-frame', (e) => { e.senderFrame.send('question') })
  for (const [code, channel] of [[run, 'ask'], [inChild, 'ask'], [inChild, 'ask-sender'], [inChild, 'ask-frame']]) {
    const answered = event(ipcMain, 'answer')
    await code(`ipcRenderer.send('${channel}')`)
    await answered
  }
  check(`41: ${answers}`, answers.join() === 'top,child,top,child')
}

async function order () {
  const heard = []
  const push = (e, n) => { heard.push(n); e.returnValue = n }
  ipcMain.on('numbered', push)
  ipcMain.handle('numbered', (e, n) => { heard.push(n) })
  await run(`
    for (let n = 0; n < 1000; n++) {
      if (n % 4 === 0) ipcRenderer.send('numbered', n)
      else if (n % 4 === 1) ipcRenderer.invoke('numbered', n)
      else if (n % 4 === 2) ipcRenderer.postMessage('numbered', n)
      else if (ipcRenderer.sendSync('numbered', n) !== n) throw new Error('another answer')
    }`)
  check('43: 1000 calls of four kinds in order', heard.length === 1000 && heard.every((n, index) => n === index))
}

function channels () {
  const required = 'TypeError: Missing required channel argument'
  const texts = [undefined, null, 5, {}, Symbol('s')].flatMap((channel) => [
    thrown(() => contents.send(channel)), thrown(() => contents.mainFrame.send(channel)),
    thrown(() => contents.sendToFrame(contents.mainFrame.routingId, channel))
  ])
  check('47: a channel that is no string', texts.every((text) => text === required))
  const frames = [undefined, null, 'f', [], [1], [1, 2, 3], ['1', 2], {}]
  check('47: a frame that is none', frames.every((frame) => thrown(() => contents.sendToFrame(frame, 'x')) ===
    'Error: Missing required frame argument (must be number or [processId, frameId])'))
  const { processId, routingId } = contents.mainFrame
  check('47: whether there is such a frame', contents.sendToFrame(routingId, 'x') === true && contents.sendToFrame(9999, 'x') === false &&
    contents.sendToFrame([processId, routingId], 'x') === true && contents.sendToFrame([9999, routingId], 'x') === false)
}

// What a page says at its end, and what it is told before it begins.
async function ends () {
  const win = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'early.js') } })
  const { mainFrame, ipc } = win.webContents
  const early = []
  ipcMain.on('heard-early', (e, n, state) => early.push(`${n} ${state}`))
  const all = new Promise((resolve) => ipcMain.on('heard-early', (e, n) => { if (n === 3) resolve() }))
  const loaded = win.loadFile('child.html')
  for (const n of [1, 2, 3]) win.webContents.send('early', n)
  await loaded
  await all
  check(`45: ${early}`, early.length === 3 && early.every((text, index) => text.startsWith(index + 1)))

  const said = []
  const listen = (e, name) => {
    const { senderFrame } = e
    said.push({ name, e, senderFrame, detached: senderFrame?.detached, ids: senderFrame?.processId === e.processId, url: senderFrame?.url })
    e.returnValue = 0
  }
  mainFrame.ipc.on('at-the-end', (e, name) => listen(e, name))
  await win.loadFile('child.html', { search: 'second' })
  check(`44: ${said.map(({ name }) => name)}`, said.map(({ name }) => name).join() === 'beforeunload,pagehide,unload,sync')
  check('42: at its end a frame is detached', said.slice(1).every(({ senderFrame, detached, ids, url }) =>
    senderFrame !== mainFrame && detached === true && ids && url.endsWith('child.html')))
  check('42: not before', said[0].senderFrame === mainFrame && said[0].detached === false)
  check('42: and then gone', said[3].senderFrame.isDestroyed() && said.every(({ e }) => e.senderFrame === null))
  check('109: and says so', thrown(() => said[3].senderFrame.url) === 'Error: Render frame was disposed before WebFrameMain could be accessed')
  check('110: while the window\'s own goes on', win.webContents.mainFrame === mainFrame && mainFrame.url.endsWith('second'))
  said.length = 0
  const closed = event(win, 'closed')
  ipc.on('at-the-end', (e, name) => { if (name === 'sync') said.push('ipc') })
  win.close()
  await closed
  check(`44: when the window closes: ${said.map(({ name }) => name)}`, said.some(({ name }) => name === 'unload'))
}

// Pages that wait in sendSync wait no longer than somebody could answer.
async function blocked () {
  const events = []
  ipcMain.on('forget', () => {})
  ipcMain.on('keep', (e) => events.push(e))
  const page = async () => {
    const win = new BrowserWindow({ show: false, webPreferences })
    await win.loadFile('child.html')
    return win
  }
  const ask = (win, channel) => win.webContents.executeJavaScript(`require('electron').ipcRenderer.sendSync('${channel}')`)
  const first = await page()
  check('21: a listener that forgets to answer', (await ask(first, 'forget')).error === 'reply was never sent')

  const asked = event(ipcMain, 'keep')
  const closed = event(first, 'closed')
  const unresponsive = event(first, 'unresponsive')
  const answer = ask(first, 'keep').catch(() => {})
  await asked
  first.close()
  await unresponsive
  await closed
  check('120, 124: a page that waits for main does not keep its window', events.length === 1 && await answer !== 1)

  const second = await page()
  const pid = second.webContents.getOSProcessId()
  const again = event(ipcMain, 'keep')
  ask(second, 'keep').catch(() => {})
  await again
  check('22: a page that waits', fs.existsSync(`/proc/${pid}`))
  second.destroy()
  check('22: ends with its window', await until(() => !fs.existsSync(`/proc/${pid}`)))
  events[1].returnValue = 'nobody waits'
}
