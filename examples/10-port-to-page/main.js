const { app, BrowserWindow, MessageChannelMain, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('report', (event, line) => console.log(line))

app.whenReady().then(async () => {
  const win = new BrowserWindow({
    width: 720, height: 420,
    webPreferences: { contextIsolation: true, preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')

  const { port1, port2 } = new MessageChannelMain()
  // Nobody listens yet: the message waits in the channel.
  port2.postMessage({ test: 21 })
  port2.on('message', (event) => {
    console.log(`main: from the page's own world: ${event.data}`)
  })
  port2.start()
  win.webContents.postMessage('main-world-port', null, [port1])
})

app.on('window-all-closed', () => app.quit())
