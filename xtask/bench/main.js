// The app that `cargo xtask bench` measures. Times are taken in main, because a page's clock has
// steps of a millisecond: for a caller that waits for each answer, the time from one call's arrival
// to the next one's is the whole round trip.
const { app, BrowserWindow, MessageChannelMain, ipcMain } = require('electron')
const path = require('path')

const quick = process.argv.includes('--quick')
const scale = quick ? 0.2 : 1
const windows = Number((process.argv.find((a) => a.startsWith('--windows=')) || '--windows=1').slice(10))

const now = () => performance.now() * 1000 // microseconds

/** Prints a result for xtask to read: numbers in microseconds, or counts a second. */
function print (name, result) {
  console.log(`BENCH ${JSON.stringify({ name, ...result })}`)
}

function quantiles (times) {
  const sorted = Float64Array.from(times).sort()
  const at = (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]
  return { p50: at(0.5), p99: at(0.99) }
}

/** The times between the arrivals of `count` calls, the first tenth left out as warm-up. */
function arrivals (count) {
  const times = []
  let last = 0
  return {
    mark () {
      const t = now()
      if (last) times.push(t - last)
      last = t
    },
    result: () => quantiles(times.slice(Math.floor(count / 10)))
  }
}

let meter = arrivals(0)
let received = 0
let since = 0
ipcMain.handle('echo', (event, value) => {
  meter.mark()
  return value
})
ipcMain.on('echo-sync', (event, value) => {
  meter.mark()
  event.returnValue = value
})
ipcMain.on('one-way', () => {
  if (received++ === 0) since = now()
})

/** Has the page do something, and waits for it. */
function ask (win, task, ...args) {
  return new Promise((resolve) => {
    ipcMain.once('done', (event, value) => resolve(value))
    win.webContents.send('task', task, ...args)
  })
}

async function open (options = {}) {
  const win = new BrowserWindow({
    width: 500, height: 300,
    webPreferences: { preload: path.join(__dirname, 'preload.js'), contextIsolation: false, ...options }
  })
  await win.loadFile('index.html')
  return win
}

async function measure (win) {
  for (const [name, task, count, size] of [
    ['invoke 100 B', 'invoke', 10000, 0],
    ['sendSync 100 B', 'sync', 5000, 0],
    ['echo 1 MiB', 'invoke', 60, 1 << 20],
    ['echo 16 MiB', 'invoke', 12, 16 << 20]
  ]) {
    const n = Math.max(6, Math.round(count * scale))
    meter = arrivals(n)
    await ask(win, task, n, size)
    print(name, meter.result())
  }

  const pipelined = Math.round(40000 * scale)
  meter = arrivals(pipelined)
  let start = now()
  await ask(win, 'pipelined', pipelined)
  print('64 invokes in flight', { rate: pipelined / (now() - start) * 1e6 })

  const oneWay = Math.round(60000 * scale)
  received = 0
  await ask(win, 'one-way', oneWay)
  print('one way, page to main', { rate: received / (now() - since) * 1e6 })

  start = now()
  const counted = ask(win, 'count', oneWay)
  for (let i = 0; i < oneWay; i++) win.webContents.send('one-way', i, payload)
  await counted
  print('one way, main to page', { rate: oneWay / (now() - start) * 1e6 })
}

const payload = { id: 1, name: 'a payload of a hundred bytes', values: [1, 2, 3, 4, 5], nested: { flag: true } }

async function ports (win, options) {
  const other = await open(options)
  const { port1, port2 } = new MessageChannelMain()
  other.webContents.postMessage('echo-port', null, [port2])
  win.webContents.postMessage('port', null, [port1])
  const rounds = Math.round(4000 * scale)
  print('port, renderer to renderer 100 B', await ask(win, 'port', rounds))
  other.destroy()
}

app.whenReady().then(async () => {
  const win = await open()
  await ask(win, 'invoke', 1, 0)
  console.log('BENCH started')
  for (let i = 1; i < windows; i++) await open()
  if (windows > 1 || process.argv.includes('--idle')) {
    console.log('BENCH idle')
    return
  }
  await measure(win)
  await ports(win)
  const isolated = await open({ contextIsolation: true, preload: path.join(__dirname, 'bridge.js') })
  print('contextBridge call, primitives', await ask(isolated, 'bridge'))
  console.log('BENCH end')
  app.quit()
})
