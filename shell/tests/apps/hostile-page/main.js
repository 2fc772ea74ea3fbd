const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('report', (event, line) => console.log(line))
ipcMain.handle('double', (event, n) => n * 2)

app.whenReady().then(() => {
  const win = new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  win.loadFile('index.html')
})
