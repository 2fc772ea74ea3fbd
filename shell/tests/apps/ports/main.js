// Ports of main, of pages and of workers (facts 48 to 64).
const { app, BrowserWindow, ipcMain, MessageChannelMain } = require('electron')
const path = require('path')
const { EventEmitter } = require('events')
const { check, event, finish, thrown } = require('../checks.js')

app.on('window-all-closed', () => {})
const { requestGarbageCollectionForTesting } = process._linkedBinding('electron_common_v8_util')

const webPreferences = { nodeIntegration: true, contextIsolation: false }
let contents

/** Runs code in a page that has ipcRenderer. */
const runIn = (contents, code) => contents.executeJavaScript(`{ const { ipcRenderer } = require('electron'); ${code} }`)
const run = (code) => runIn(contents, code)

/** The first port that the page posts on this channel. */
const portFrom = async (channel) => (await event(ipcMain, channel))[0].ports[0]

/** Waits for a message, or for the end. */
const next = (port) => new Promise((resolve) => {
  const done = (value) => {
    port.removeListener('message', message)
    port.removeListener('close', close)
    resolve(value)
  }
  const message = ({ data }) => done(data)
  const close = () => done('closed')
  port.on('message', message).on('close', close).start()
})

/** Collects garbage until a promise is settled. */
function collectUntil (promise) {
  const timer = setInterval(requestGarbageCollectionForTesting, 20)
  return promise.finally(() => clearInterval(timer))
}

app.whenReady().then(async () => {
  await withinMain()
  transferErrors()
  const win = new BrowserWindow({ show: false, webPreferences })
  contents = win.webContents
  await win.loadFile('page.html')
  postErrors()
  await withPages()
  await closings()
  await collections()
  await travels()
  await worlds()
  finish()
})

async function withinMain () {
  const { port1, port2 } = new MessageChannelMain()
  check('48: two emitters that are no ports of the DOM', [port1, port2].every((port) => port instanceof EventEmitter &&
    port.onmessage === undefined && port.addEventListener === undefined))
  const heard = []
  port2.on('message', (...values) => heard.push(values))
  for (const n of [1, 2]) port1.postMessage(n)
  await new Promise((resolve) => setImmediate(resolve))
  check('49: messages wait for start', heard.length === 0)
  const third = new Promise((resolve) => port2.on('message', ({ data }) => { if (data === 3) resolve() }))
  check('49: start twice is start once', port2.start() === undefined && port2.start() === undefined)
  const other = new MessageChannelMain()
  port1.postMessage(3, [other.port1])
  await third
  check('50: one object with data and ports', heard.every((values) => values.length === 1 && Object.keys(values[0]).sort().join() === 'data,ports') &&
    heard.map(([{ data }]) => data).join() === '1,2,3' && heard[0][0].ports.length === 0 &&
    heard[2][0].ports[0] instanceof port1.constructor && heard[2][0].ports[0] !== other.port1)
  const values = [[], [undefined], [42], [false], [[]], ['hello'], [{ hello: 'goodbye' }], [null, []]]
  check('51: what may be posted', values.every((args) => thrown(() => port1.postMessage(...args)) === 'nothing was thrown'))

  const moving = new MessageChannelMain()
  moving.port1.postMessage('before')
  const [arrived] = await passed(moving.port2)
  moving.port1.postMessage('after')
  check('55: what was not read moves with the port', await next(arrived) === 'before' && await next(arrived) === 'after')
  check('55: the old object is inert', thrown(() => { moving.port2.postMessage(1); moving.port2.start() }) === 'nothing was thrown')

  const closing = new MessageChannelMain()
  const order = []
  closing.port2.on('message', ({ data }) => order.push(data)).on('close', () => order.push('close'))
  closing.port1.on('close', () => order.push('own close'))
  closing.port1.postMessage('last words')
  closing.port1.close()
  closing.port1.close()
  check('57: close is heard on the port itself, once', order.join() === 'own close')
  await new Promise((resolve) => setImmediate(resolve))
  check('59: close waits for start as messages do', order.join() === 'own close')
  const closed = event(closing.port2, 'close')
  closing.port2.start()
  await closed
  check('59: messages come before close', order.join() === 'own close,last words,close')
  closing.port2.close()
  check('57: and once for the other end', order.length === 3)
  check('49: start after close', thrown(() => closing.port2.start()) === 'nothing was thrown')
  const kept = new MessageChannelMain()
  check('56: nothing happens on a closed port, nor to what was to go with the message', thrown(() => {
    closing.port1.postMessage('x', [kept.port1])
    closing.port2.postMessage('x', [kept.port1])
  }) === 'nothing was thrown')
  kept.port1.postMessage('still mine')
  check('56: the passenger stays', await next(kept.port2) === 'still mine')
}

/** Sends a port over another channel and gives what arrives. */
async function passed (...ports) {
  const { port1, port2 } = new MessageChannelMain()
  const arrival = event(port2, 'message')
  port2.start()
  port1.postMessage(null, ports)
  return (await arrival)[0].ports
}

function transferErrors () {
  const { port1, port2 } = new MessageChannelMain()
  const fresh = () => new MessageChannelMain().port1
  const sent = fresh()
  port1.postMessage(null, [sent])
  const post = (list) => thrown(() => port1.postMessage(null, list))
  const noList = 'TypeError: transferables must be an array of MessagePorts'
  check('52: what is no list', [undefined, null, 5, 'ports', {}, port2].every((list) => post(list) === noList))
  const bad = [null, undefined, 'port', 5, {}, new ArrayBuffer(8), new Date(), new MessageChannelMain()]
  check('52: what is no port', bad.every((value) => post([value]) === 'TypeError: Port at index 0 is not a valid port' &&
    post([fresh(), value]) === 'TypeError: Port at index 1 is not a valid port'))
  check('52: the source', post([port1]) === 'Error: Port at index 0 contains the source port.')
  const twice = fresh()
  check('52: a duplicate', post([twice, twice]) === 'Error: Port at index 1 is a duplicate.')
  check('52: neutered', post([sent]) === 'Error: Port at index 0 is already neutered.')
  const spared = new MessageChannelMain()
  check('54: all are looked at before one goes', post([spared.port1, sent]) === 'Error: Port at index 1 is already neutered.' &&
    post([spared.port1, null]) === 'TypeError: Port at index 1 is not a valid port' && post([spared.port1]) === 'nothing was thrown')
  check('54: a message that cannot be cloned keeps its ports', /could not be cloned\.$/.test(thrown(() => port1.postMessage(() => {}, [spared.port2]))) &&
    post([spared.port2]) === 'nothing was thrown')
}

function postErrors () {
  for (const [name, target] of [['webContents', contents], ['frame', contents.mainFrame]]) {
    const post = (...args) => thrown(() => target.postMessage(...args))
    const sent = new MessageChannelMain().port1
    const twice = new MessageChannelMain().port1
    check(`53: ${name}, too few arguments`, post() === 'TypeError: Insufficient number of arguments.' &&
      post('x') === 'TypeError: Insufficient number of arguments.')
    check(`53: ${name}, no channel`, post(null, 1) === 'TypeError: Error processing argument at index 0, conversion failure from null' &&
      post({}, 1) === 'TypeError: Error processing argument at index 0, conversion failure from #<Object>')
    check(`53: ${name}, no list of ports`, [null, 5, {}, [null], [5], [{}], [new ArrayBuffer(1)]].every((list) =>
      post('x', 1, list) === 'Error: Invalid value for transfer'))
    check(`53: ${name}, a duplicate`, post('x', 1, [twice, twice]) === 'Error: Port at index 1 is a duplicate.')
    check(`53: ${name}, neutered`, post('x', 1, [sent]) === 'nothing was thrown' && post('x', 1, [sent]) === 'Error: Port at index 0 is already neutered.')
    check(`53: ${name}, undefined is none`, post('x', 1, undefined) === 'nothing was thrown')
  }
}

async function withPages () {
  await run(`
    ipcRenderer.on('echo', ({ ports: [port] }) => { port.onmessage = ({ data, ports }) => port.postMessage([data, ports.length]) })
    ipcRenderer.on('hold', ({ ports: [port] }) => {
      window.held = port
      ipcRenderer.send('kind', port instanceof MessagePort && port.onclose === null, port.constructor.name)
      port.onclose = () => ipcRenderer.send('page-heard', 'onclose')
      port.addEventListener('close', (e) => ipcRenderer.send('page-heard', e.type, e.target === port, e.constructor.name))
      port.start()
    })
    0`)
  const { port1, port2 } = new MessageChannelMain()
  port1.postMessage('early')
  contents.postMessage('echo', null, [port2])
  check('61: onmessage starts a port of the DOM', (await next(port1)).join() === 'early,0')
  port1.postMessage('later', [new MessageChannelMain().port1])
  check('61: ports come with its messages', (await next(port1)).join() === 'later,1')
  const kind = event(ipcMain, 'kind')
  contents.postMessage('hold', null, [new MessageChannelMain().port2])
  check('61: a MessagePort of the page\'s', (await kind).slice(1).join() === 'true,MessagePort')
}

async function closings () {
  // From main.
  const first = new MessageChannelMain()
  contents.postMessage('hold', null, [first.port2])
  const heard = []
  const all = new Promise((resolve) => ipcMain.on('page-heard', (e, ...values) => { heard.push(values.join(' ')); if (heard.length === 2) resolve() }))
  first.port1.close()
  await all
  check(`57, 58, 61: a page hears close: ${heard}`, heard.sort().join() === 'close true Event,onclose')
  // From the page, by its end, its crash.
  const ways = {
    close: () => run('held.close()'),
    reload: () => contents.reload(),
    navigation: () => contents.loadURL('data:text/html,elsewhere'),
    removal: async (win) => win.destroy(),
    crash: () => contents.forcefullyCrashRenderer()
  }
  for (const [way, end] of Object.entries(ways)) {
    const win = new BrowserWindow({ show: false, webPreferences })
    contents = win.webContents
    await win.loadFile('page.html')
    const arrival = portFrom('a-port')
    await run("const { port1, port2 } = new MessageChannel(); window.held = port1; for (const n of [1, 2, 3]) port1.postMessage(n); ipcRenderer.postMessage('a-port', null, [port2]); 0")
    const port = await arrival
    const order = []
    let closes = 0
    port.on('message', ({ data }) => order.push(data)).on('close', () => closes++)
    const three = new Promise((resolve) => port.on('message', ({ data }) => { if (data === 3) resolve() }))
    const closed = event(port, 'close')
    port.start()
    await three
    await end(win)
    await closed
    await new Promise((resolve) => setImmediate(resolve))
    check(`58, 59: ${way}: ${order}`, order.join() === '1,2,3' && closes === 1)
    if (!win.isDestroyed()) win.destroy()
  }
  const win = new BrowserWindow({ show: false, webPreferences })
  contents = win.webContents
  await win.loadFile('page.html')
}

async function collections () {
  const { port1, port2 } = new MessageChannelMain()
  const closed = event(port1, 'close')
  port1.start()
  contents.postMessage('nobody-listens', null, [port2])
  await run("let junk = []; const timer = setInterval(() => { junk = new Array(200000).fill().map((_, i) => ({ i })) }, 10); window.stop = () => clearInterval(timer); 0")
  check('58: posted to nobody in a page', (await closed).length === 0)
  const inPage = run(`new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port2.onclose = () => resolve('closed')
    port2.start()
    ipcRenderer.postMessage('nobody-listens', null, [port1])
  })`)
  check('58: posted to nobody in main', await collectUntil(inPage) === 'closed')
  const dropped = portFrom('dropped')
  await run("ipcRenderer.postMessage('dropped', null, [new MessageChannel().port2]); 0")
  const port = await dropped
  const lost = event(port, 'close')
  port.start()
  check('58: collected in the page', (await lost).length === 0)
  await run('stop()')

  // In main: a port that was started stays, one that was not goes.
  const answered = (() => {
    const { port1, port2 } = new MessageChannelMain()
    const heard = new Promise((resolve) => port2.on('message', ({ data }) => resolve(data)))
    port2.start()
    return { port1, heard }
  })()
  requestGarbageCollectionForTesting()
  await new Promise((resolve) => setImmediate(resolve))
  requestGarbageCollectionForTesting()
  answered.port1.postMessage('hello')
  check('60: a started port is kept', await answered.heard === 'hello')
  const abandoned = (() => {
    const { port1 } = new MessageChannelMain()
    const gone = event(port1, 'close')
    port1.start()
    return gone
  })()
  check('58, 60: one that was never started is collected', (await collectUntil(abandoned)).length === 0)
}

async function travels () {
  const second = new BrowserWindow({ show: false, webPreferences })
  await second.loadFile('page.html')
  await runIn(second.webContents, `ipcRenderer.on('take', ({ ports: [port] }) => {
    port.onmessage = ({ data, ports: [inner] }) => { port.postMessage('second: ' + data); if (inner) { inner.postMessage('inner'); ipcRenderer.postMessage('back', null, [inner]) } }
  }); 0`)
  // Page, main, another page; then a port in a message on it, and that one on to main.
  const arrival = portFrom('out')
  await run(`const { port1, port2 } = new MessageChannel(); window.mine = port1
    window.heard = []; port1.onmessage = ({ data }) => heard.push(data)
    port1.postMessage('before'); ipcRenderer.postMessage('out', null, [port2]); 0`)
  second.webContents.postMessage('take', null, [await arrival])
  const back = portFrom('back')
  await run("const { port1, port2 } = new MessageChannel(); window.inner = port1; port1.onmessage = ({ data }) => heard.push(data); mine.postMessage('after', [port2]); 0")
  const port = await back
  port.postMessage('from main')
  port.start()
  const replied = next(port)
  const heard = await run("inner.postMessage('to main'); const wait = async () => { while (heard.length < 4) await new Promise((r) => setTimeout(r, 5)); return heard.join() }; wait()")
  check(`62: page to page and back: ${heard}`, heard === 'second: before,second: after,inner,from main' && await replied === 'to main')

  // Each message carries the port of the next.
  const depth = 5
  const last = new MessageChannelMain()
  let port1 = last.port2
  for (let n = 0; n < depth; n++) {
    const channel = new MessageChannelMain()
    channel.port1.postMessage(n, [port1])
    port1 = channel.port2
  }
  const done = event(ipcMain, 'innermost')
  await run(`ipcRenderer.once('nested', ({ ports }) => {
    const open = ([port], depth) => {
      if (depth === 0) return ipcRenderer.postMessage('innermost', null, [port])
      port.onmessage = (e) => open(e.ports, depth - 1)
    }
    open(ports, ${depth})
  }); 0`)
  contents.postMessage('nested', null, [port1])
  const [{ ports: [innermost] }] = await done
  innermost.postMessage('through all of them')
  check('62: a port within a port within a port', await next(last.port1) === 'through all of them')

  // A port of main in a worker of the page.
  const { port1: mine, port2: theirs } = new MessageChannelMain()
  await run(`ipcRenderer.once('for-worker', ({ ports }) => {
    window.worker = new Worker('worker.js')
    worker.postMessage(null, ports)
  }); 0`)
  contents.postMessage('for-worker', null, [theirs])
  mine.postMessage('main')
  check('62: main to page to worker and back', await next(mine) === 'worker heard main')
  const passenger = new MessageChannelMain()
  mine.postMessage('a port', [passenger.port2])
  check('62: with a port of its own', await next(mine) === 'worker heard a port' && await next(passenger.port1) === 'by a port of a port')
  const fromWorker = portFrom('from-worker')
  await run("const { port1, port2 } = new MessageChannel(); worker.postMessage(null, [port1]); ipcRenderer.postMessage('from-worker', null, [port2]); 0")
  const workers = await fromWorker
  workers.postMessage('the channel of the page')
  check('62: page to worker to main', await next(workers) === 'worker heard the channel of the page')
  second.destroy()
}

async function worlds () {
  const win = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'forward.js') } })
  await win.loadFile('page.html')
  const page = win.webContents
  await page.executeJavaScript(`addEventListener('message', ({ data, ports: [port] }) => {
    if (data.name !== 'for-page') return
    port.onmessage = ({ data, ports: [inner] }) => { port.postMessage('page heard ' + data); inner?.postMessage('inner') }
    port.onclose = () => window.postMessage({ name: 'from-page' }, '*', [window.second.port1])
    window.second = new MessageChannel()
  }); 0`)
  const { port1, port2 } = new MessageChannelMain()
  port1.postMessage('early')
  page.postMessage('forward', 'for-page', [port2])
  check('63: from the preload to the page', await next(port1) === 'page heard early')
  const inner = new MessageChannelMain()
  port1.postMessage('with a port', [inner.port2])
  check('63: with ports in messages', await next(port1) === 'page heard with a port' && await next(inner.port1) === 'inner')
  const out = portFrom('from-page')
  port1.close()
  const port = await out
  await page.executeJavaScript("second.port2.postMessage('from the page'); 0")
  check('63: close, and the way back', await next(port) === 'from the page')
  win.destroy()

  const { port1: a, port2: b } = new MessageChannelMain()
  const foreign = new (class MessagePort { postMessage () {} })()
  check('64: only ports of main go by main\'s', thrown(() => a.postMessage(1, [foreign])) === 'TypeError: Port at index 0 is not a valid port' &&
    thrown(() => a.postMessage(1, [b])) === 'nothing was thrown')
}
