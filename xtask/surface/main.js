// Prints what of Electron's API is there: a line `present <name>` for each; `silent <name>` for what is
// not there and does not say so; then `done`. The argument is the list to look for.
const electron = require('electron')
const fs = require('fs')
const path = require('path')
const { walk } = require('./walk.js')

const { app, BrowserWindow, ipcMain } = electron
const list = JSON.parse(fs.readFileSync(process.argv.at(-1), 'utf8'))

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, webPreferences: { sandbox: false, preload: path.join(__dirname, 'preload.js') } })
  const { webContents } = win
  const message = new Promise((resolve) => ipcMain.once('message', resolve))
  const invoked = new Promise((resolve) => {
    ipcMain.handle('list', (event) => {
      resolve(event)
      return list
    })
  })
  const inRenderer = new Promise((resolve) => ipcMain.once('present', (event, walked) => resolve(walked)))
  await win.loadFile('page.html')
  webContents.send('event')
  const [messageEvent, invokeEvent] = [await message, await invoked]

  const { session, net, nativeImage, MessageChannelMain } = electron
  const instances = {
    BaseWindow: () => new electron.BaseWindow({ show: false }),
    BrowserWindow: () => win,
    CommandLine: () => app.commandLine,
    Cookies: () => session.defaultSession.cookies,
    Debugger: () => webContents.debugger,
    Extensions: () => session.defaultSession.extensions,
    IpcMainEvent: () => messageEvent,
    IpcMainInvokeEvent: () => invokeEvent,
    Menu: () => new electron.Menu(),
    MenuItem: () => new electron.MenuItem({ label: 'a' }),
    MessageChannelMain: () => new MessageChannelMain(),
    MessagePortMain: () => new MessageChannelMain().port1,
    NavigationHistory: () => webContents.navigationHistory,
    Notification: () => new electron.Notification({ title: 'a' }),
    ServiceWorkers: () => session.defaultSession.serviceWorkers,
    WebRequest: () => session.defaultSession.webRequest,
    ClientRequest: () => net.request('http://127.0.0.1/'),
    nativeImage: () => nativeImage.createEmpty(),
    session: () => session.defaultSession,
    webContents: () => webContents,
    webFrameMain: () => webContents.mainFrame
  }
  const exported = (name) => electron[name]
  const found = [
    walk(list, 'main', exported, instances), walk(list, 'common', exported, instances), await inRenderer
  ]
  for (const kind of ['present', 'silent']) {
    for (const name of found.flatMap((walked) => walked[kind])) console.log(`${kind} ${name}`)
  }
  console.log('done')
  app.exit()
})
