// Two windows, wired with each other and with main by ports; the process of one is killed, and all is
// opened anew, as often as the first argument says. After every so many cycles it waits for a file of that
// number in the folder of the third, so that somebody can look at the process while it rests.
const { app, BrowserWindow, MessageChannelMain, ipcMain } = require('electron')
const { existsSync } = require('fs')
const path = require('path')

const [cycles, every, folder] = process.argv.slice(2)

/** The next event of this name; or the one with which `is` is content. */
const next = (emitter, name, is = () => true) => new Promise((resolve) => {
  const listener = (...values) => {
    if (!is(...values)) return
    emitter.removeListener(name, listener)
    resolve(values)
  }
  emitter.on(name, listener)
})
const heard = (win, what) => next(ipcMain, 'heard', (event, said) => event.sender === win.webContents && said === what)

async function open () {
  const win = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  await win.loadFile('page.html')
  return win
}

async function cycle () {
  const [victim, other] = await Promise.all([open(), open()])
  const { port1, port2 } = new MessageChannelMain()
  const mains = []
  const arrived = []
  for (const [win, port, speaks] of [[other, port2, false], [victim, port1, true]]) {
    const own = new MessageChannelMain()
    mains.push(own.port1)
    arrived.push(next(own.port1, 'message'))
    own.port1.start()
    win.webContents.postMessage('ports', speaks, [port, own.port2])
  }
  await Promise.all([heard(other, 'ping'), heard(victim, 'pong'), ...arrived])

  const closed = [heard(other, 'close'), next(mains[1], 'close'), next(victim.webContents, 'render-process-gone')]
  process.kill(victim.webContents.getOSProcessId(), 'SIGKILL')
  await Promise.all(closed)
  const ended = [next(mains[0], 'close'), next(victim, 'closed'), next(other, 'closed')]
  victim.destroy()
  other.destroy()
  await Promise.all(ended)
}

async function rest (count) {
  while (!existsSync(path.join(folder, `${count}`))) await new Promise((resolve) => setTimeout(resolve, 20))
}

app.on('window-all-closed', () => {})
app.whenReady().then(async () => {
  for (let count = 1; count <= cycles; count++) {
    await cycle()
    console.log(`after ${count}`)
    if (count === 10 || count % every === 0 || count === Number(cycles)) await rest(count)
  }
  console.log('done')
  app.exit()
}).catch((error) => {
  console.log(`FAILED ${error.stack}`)
  app.exit(1)
})
