const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('ping', (event, text) => {
  event.reply('pong', `reply to ${text}`)
  event.sender.send('pong', `sent after ${text}`)
})

ipcMain.on('report', (event, line) => console.log(`page: ${line}`))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
