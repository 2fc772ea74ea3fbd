// ipcRenderer, call by call (facts 13 to 28). Functions given to `run` run in the page, which has require.
const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')
const { check, event, finish } = require('../checks.js')

let contents

/** Runs a function of the page's, with these values, and gives its result. */
const run = (work, ...values) => contents.executeJavaScript(`{
  const { ipcRenderer } = require('electron')
  const thrown = (work) => {
    try { work() } catch (error) { return error.constructor.name + ': ' + error.message }
    return 'nothing was thrown'
  }
  const rejection = (promise) => promise.then(() => 'resolved', (error) => error.constructor.name + ': ' + error.message)
  ;(${work})(...${JSON.stringify(values)})
}`)

app.on('window-all-closed', () => {})

app.whenReady().then(async () => {
  const webPreferences = { nodeIntegration: true, nodeIntegrationInSubFrames: true, contextIsolation: false }
  const win = new BrowserWindow({ show: false, webPreferences })
  contents = win.webContents
  await win.loadFile('frame.html')
  await theObject()
  await channelErrors()
  await invokes()
  await syncCalls()
  await transfers()
  await released()
  win.destroy()
  await worlds()
  finish()
})

async function theObject () {
  check('13: an EventEmitter without listeners', await run(() =>
    ipcRenderer instanceof require('events').EventEmitter && ipcRenderer.eventNames().length === 0))
  const returned = await run(() => [
    ipcRenderer.send('a', 1), ipcRenderer.postMessage('a', 1), ipcRenderer.sendToHost('a', 1)
  ].every((value) => value === undefined))
  check('14: send, postMessage and sendToHost return undefined', returned)
  const uncloneable = await run(async () => [
    thrown(() => ipcRenderer.send('a', () => 1)), thrown(() => ipcRenderer.sendToHost('a', () => 1)),
    thrown(() => ipcRenderer.postMessage('a', () => 1)), await rejection(ipcRenderer.invoke('a', () => 1))
  ])
  check(`14: invoke rejects where the others throw: ${uncloneable}`, new Set(uncloneable).size === 1 &&
    /^Error: .*could not be cloned\.$/.test(uncloneable[0]))
  const heard = run(() => new Promise((resolve) => {
    ipcRenderer.once('fields', (event, ...values) => resolve([
      Object.keys(event).sort().join(), event.sender === ipcRenderer, Array.isArray(event.ports), event.ports.length, values
    ]))
  }))
  await run(() => 0)
  contents.send('fields', 1, 'b')
  check('15: the event has sender and ports', JSON.stringify(await heard) === '["ports,sender",true,true,0,[1,"b"]]')
  check('26: removeAllListeners of one channel, and of all', await run(() => {
    ipcRenderer.on('one', () => {}).on('two', () => {})
    const one = ipcRenderer.removeAllListeners('one').eventNames().join()
    return one === 'two' && ipcRenderer.removeAllListeners().eventNames().length === 0
  }))
  const line = event(contents, 'console-message')
  contents.send('error', new RangeError('of main'))
  check('28: a message on the channel error that nobody hears throws', /error/i.test((await line)[0].message))
}

async function channelErrors () {
  const text = (index, from) => `TypeError: Error processing argument at index ${index}, conversion failure from ${from}`
  const given = await run(async () => {
    const texts = []
    for (const channel of [undefined, null, 5, Symbol('s'), {}, [], new Map(), Object.create(null)]) {
      texts.push([
        thrown(() => ipcRenderer.send(channel)), thrown(() => ipcRenderer.sendSync(channel)),
        thrown(() => ipcRenderer.sendToHost(channel)), await rejection(ipcRenderer.invoke(channel))
      ])
    }
    return texts
  })
  const shown = ['undefined', 'null', '5', 'Symbol(s)', '#<Object>', '[object Array]', '#<Map>', '[object Object]']
  check(`27: channels that are none: ${JSON.stringify(given)}`, given.every((texts, at) =>
    texts.every((each) => each === text(at === undefined ? 0 : 1, shown[at]).replace('sendToHost', ''))))
  check('27: of postMessage it is the first argument', await run(() => thrown(() => ipcRenderer.postMessage(5, 1))) === text(0, 5))
}

async function invokes () {
  class Odd extends TypeError {}
  const failures = {
    error: () => { throw Object.assign(new Error('some error'), { code: 'E' }) },
    type: async () => { throw new TypeError('x') },
    odd: () => { throw new Odd('y') },
    text: () => { throw 'a text' } // eslint-disable-line no-throw-literal
  }
  for (const [name, handler] of Object.entries(failures)) ipcMain.handle(name, handler)
  const texts = await run(async () => {
    const texts = []
    for (const name of ['error', 'type', 'odd', 'text']) texts.push(await rejection(ipcRenderer.invoke(name)))
    return texts
  })
  check(`17: ${texts}`, texts.join() === [['error', 'Error: some error'], ['type', 'TypeError: x'], ['odd', 'TypeError: y'], ['text', 'a text']]
    .map(([name, text]) => `Error: Error invoking remote method '${name}': ${text}`).join())
  check('17: nothing but the text comes along', await run(() =>
    ipcRenderer.invoke('error').catch((error) => error.code === undefined && error.name === 'Error')))

  const missing = "Error: Error invoking remote method 'x': Error: No handler registered for 'x'"
  const ask = () => run(() => rejection(ipcRenderer.invoke('x')))
  check('18: nobody handles it', await ask() === missing)
  ipcMain.handle('x', () => 1)
  ipcMain.removeHandler('x')
  check('18: nobody handles it any more', await ask() === missing)
  ipcMain.handleOnce('x', () => 1)
  check('18: nobody handles it twice', await ask() === 'resolved' && await ask() === missing)

  ipcMain.handle('never', () => new Promise(() => {}))
  const never = run(() => rejection(ipcRenderer.invoke('never')))
  collectUntil(never)
  check('19: a promise that nobody can settle', await never === "Error: Error invoking remote method 'never': reply was never sent")

  ipcMain.handle('empty', () => { throw Object.assign(new Error(''), { toString: () => '' }) })
  check('20: an error without a text', await run(() => ipcRenderer.invoke('empty').then((value) => value === undefined)))
}

/** Collects garbage until a promise has settled. */
function collectUntil (promise) {
  const { requestGarbageCollectionForTesting } = process._linkedBinding('electron_common_v8_util')
  const timer = setInterval(requestGarbageCollectionForTesting, 20)
  const stop = () => clearInterval(timer)
  promise.then(stop, stop)
}

async function syncCalls () {
  const warnings = []
  const { warn } = console
  console.warn = (text) => warnings.push(text)
  const unheard = await run(() => ipcRenderer.sendSync('unheard', 1))
  console.warn = warn
  check('21: nobody listens', JSON.stringify(unheard) === '{"error":"reply was never sent"}' &&
    warnings.join() === `WebContents #${contents.id} called ipcRenderer.sendSync() with 'unheard' channel without listeners.`)

  ipcMain.on('first', (e) => { e.returnValue = 'first'; e.returnValue = 'second'; check('22: it reads as undefined', e.returnValue === undefined) })
  ipcMain.on('first', (e) => { e.returnValue = 'third' })
  check('22: the first value wins', await run(() => ipcRenderer.sendSync('first')) === 'first')
  ipcMain.on('late', (e, value) => { setTimeout(() => { e.returnValue = value * 2; e.returnValue = 0 }, 5) })
  check('22: a value may come late', await run(() => ipcRenderer.sendSync('late', 21)) === 42)
  ipcMain.on('echo', (e, value) => { e.returnValue = value })
  check('23: null and undefined', await run(() => ipcRenderer.sendSync('echo', null) === null &&
    ipcRenderer.sendSync('echo', undefined) === undefined && ipcRenderer.sendSync('echo') === undefined))
}

async function transfers () {
  const texts = await run(() => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage('gone', 1, [port2])
    const frozen = [null, {}, 'list', 5, [null], [5], ['a'], [{}], [new ArrayBuffer(8)], [port1, port1], [port2]]
    return frozen.map((transfer) => thrown(() => ipcRenderer.postMessage('bad', 1, transfer)))
  })
  check(`25: what is no list of live ports: ${texts}`, texts.every((text) => text === 'TypeError: Invalid value for transfer'))
  const messages = []
  const closed = event(ipcMain, 'closed-port')
  for (const channel of ['none', 'empty']) ipcMain.once(channel, ({ ports }, message) => messages.push([ports.length, message]))
  await run(() => {
    ipcRenderer.postMessage('none', { a: 1 }, undefined)
    ipcRenderer.postMessage('empty', 2, [])
    const { port1 } = new MessageChannel()
    port1.close()
    ipcRenderer.postMessage('closed-port', null, [port1])
  })
  const [{ ports: [port] }] = await closed
  const heard = event(port, 'close')
  port.start()
  check('25: no list, an empty one, and a port that is closed', await heard && JSON.stringify(messages) === '[[0,{"a":1}],[0,2]]')
}

async function released () {
  const texts = await run(async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.src = 'frame.html'
    await new Promise((resolve) => { frame.onload = resolve })
    const other = frame.contentWindow.require('electron').ipcRenderer
    frame.remove()
    while (thrown(() => other.send('hello')) === 'nothing was thrown') await new Promise((resolve) => setTimeout(resolve, 10))
    return [
      thrown(() => other.send('a')), thrown(() => other.sendSync('a')), thrown(() => other.postMessage('a', 1)),
      thrown(() => other.sendToHost('a')), await rejection(other.invoke('a'))
    ]
  })
  check(`24: of a document that is gone: ${texts}`, texts.length === 5 &&
    texts.every((text) => text === 'Error: IPC method called after context was released'))
}

async function worlds () {
  const preload = path.join(__dirname, 'world.js')
  for (const contextIsolation of [true, false]) {
    const win = new BrowserWindow({ show: false, webPreferences: { preload, contextIsolation } })
    await win.loadFile('frame.html')
    const heard = event(ipcMain, 'heard')
    win.webContents.send('who')
    const [, inPreload] = await heard
    const inPage = await win.webContents.executeJavaScript('typeof window.inPreload')
    check(`16: ${contextIsolation ? 'the preload\'s world' : 'the page\'s world'}`, inPreload === 'boolean' &&
      inPage === (contextIsolation ? 'undefined' : 'boolean'))
    win.destroy()
  }
}
