const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('give-me-a-stream', (event, message) => {
  const [replyPort] = event.ports
  for (let i = 0; i < message.count; i++) {
    replyPort.postMessage(message.element + i)
  }
  // The other end hears 'close' after the last message.
  replyPort.close()
})

ipcMain.on('report', (event, line) => console.log(`page: ${line}`))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420,
    webPreferences: { contextIsolation: false, preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
