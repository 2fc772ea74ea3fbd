const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('now', (event, n) => {
  event.returnValue = n * 2
  event.returnValue = 'a second value is ignored'
})
ipcMain.on('later', (event) => {
  setTimeout(() => { event.returnValue = { slept: true, nothing: null } }, 50)
})
ipcMain.on('report', (event, line) => console.log(line))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
