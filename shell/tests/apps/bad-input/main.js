// Everything that the electron module has is called with what it should not be given, in main and in
// a renderer. Each call returns, or fails with an error of its own; afterwards all still works.
const electron = require('electron')
const path = require('path')
const { check, event, finish } = require('../checks.js')
const { Suite, returning } = require('./calls.js')

const { app, BrowserWindow, ipcMain, MessageChannelMain } = electron

/** What is not called, and why. */
const SKIPPED = [
  [/^app\.(exit|quit|relaunch)$/, 'ends the app'],
  [/^dialog\.show/, 'waits for a person'],
  [/^(win|contents)\.(close|destroy|forcefullyCrashRenderer)$/, 'ends what the others are tried on; called at the end']
]
/** What a text would start, or take away. */
const sparesTexts = (name) => name.startsWith('shell.')
const skipped = (name) => SKIPPED.find(([pattern]) => pattern.test(name))?.[1]

const uncaught = []
process.removeAllListeners('unhandledRejection')
for (const kind of ['uncaughtException', 'unhandledRejection']) {
  process.on(kind, (error) => uncaught.push(`${kind}: ${error?.stack ?? error}`))
}
// Warnings are not what this is about.
console.error = console.warn = () => {}

/** One check for each object: every way of calling it that ends badly is named. */
function checkAll (name, complaints) {
  check(`${name} takes whatever it is given${complaints.slice(0, 20).map((each) => `\n  ${each}`).join('')}`, complaints.length === 0)
}

app.on('window-all-closed', () => {})
app.whenReady().then(async () => {
  const open = async (preload, more) => {
    const webPreferences = { sandbox: false, preload: path.join(__dirname, preload), ...more }
    const win = new BrowserWindow({ show: false, webPreferences })
    await win.loadFile('index.html')
    return win
  }
  const gone = await open('preload.js')
  const { webContents: goneContents } = gone
  const { mainFrame: goneFrame } = goneContents
  gone.destroy()
  const { port1: closedPort } = new MessageChannelMain()
  closedPort.close()

  const win = await open('preload.js')
  const { webContents } = win
  const [messageEvent, invokeEvent] = await events(webContents)
  const tree = {
    contents: webContents, frame: webContents.mainFrame, 'contents.ipc': webContents.ipc, 'frame.ipc': webContents.mainFrame.ipc,
    win, BrowserWindow, BaseWindow: electron.BaseWindow, port: new MessageChannelMain().port1, messageEvent, invokeEvent,
    'app.commandLine': app.commandLine, 'session.defaultSession': electron.session.defaultSession,
    Menu: electron.Menu, menu: new electron.Menu(), menuItem: new electron.MenuItem({ label: 'a' }),
    'a destroyed window': gone, 'a destroyed WebContents': goneContents, 'a disposed frame': goneFrame, 'a closed port': closedPort
  }
  const alive = await Promise.all([gone, goneContents, goneFrame].map(returning))
  check(`108: what a destroyed window still has: ${alive[0]}`, alive[0].join() === 'destroy,id,isDestroyed')
  check(`108: what a destroyed WebContents still has: ${alive[1]}`, alive[1].join() === 'id,ipc,isDestroyed')
  check(`109: what a disposed frame still has: ${alive[2]}`, alive[2].join() === 'detached,frameTreeNodeId,ipc,isDestroyed')

  const classes = Object.keys(electron).filter((name) => /^[A-Z]/.test(name))
  for (const name of Object.keys(electron)) if (!classes.includes(name)) tree[name] = electron[name]

  const suite = new Suite(skipped, {
    'a destroyed window': () => gone, 'a destroyed WebContents': () => goneContents, 'a disposed frame': () => goneFrame,
    'a closed port': () => closedPort, 'a window': () => win
  }, sparesTexts)
  for (const [name, object] of Object.entries(tree)) checkAll(name, await suite.walk(name, object))
  for (const name of classes) checkAll(`new ${name}`, await suite.construct(name, electron[name], (made) => made.destroy?.()))
  check(`the suite calls (${suite.calls})`, suite.calls > 8000)

  // What ends the object, on one of its own for each time.
  for (const method of ['close', 'destroy']) {
    for (const make of Object.values(suite.values).slice(0, 8)) new BrowserWindow({ show: false })[method](make(), make())
  }
  const victim = await open('preload.js')
  const died = event(victim.webContents, 'render-process-gone')
  victim.webContents.forcefullyCrashRenderer({}, null)
  await died

  for (const [name, isolated] of [['isolated', true], ['shared', false]]) {
    const page = await open('preload.js', { contextIsolation: isolated })
    const all = event(ipcMain, 'complaints')
    page.webContents.send('walk')
    const [, complaints, calls] = await all
    checkAll(`a renderer (${name})`, complaints)
    check(`the suite calls there (${name}: ${calls})`, calls > 150)
    check(`and answers still (${name})`, await answers(page))
    page.destroy()
  }

  check('a new page answers still', await answers(await open('preload.js')))
  check(`nothing is uncaught${uncaught.map((each) => `\n  ${each}`).join('')}`, uncaught.length === 0)
  finish()
})

ipcMain.handle('echo', (event, value) => value)

/** An event of each kind. */
async function events (webContents) {
  const message = new Promise((resolve) => ipcMain.once('message', resolve))
  const invoked = new Promise((resolve) => ipcMain.handleOnce('invoke', resolve))
  webContents.send('speak')
  return [await message, await invoked]
}

/** Whether a page sends, and hears the answer. */
async function answers (win) {
  const echo = event(ipcMain, 'echoed')
  win.webContents.send('echo', 7)
  return (await echo)[1] === 7
}
