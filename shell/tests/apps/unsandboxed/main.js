// A preload script with Node: what it prints is the app's output, where it works is the app's folder.
const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.handle('cwd', () => process.cwd())
ipcMain.on('done', () => {
  console.log('done')
  app.exit()
})
app.whenReady().then(() => {
  const webPreferences = { sandbox: false, preload: path.join(__dirname, 'preload.js') }
  new BrowserWindow({ show: false, webPreferences }).loadURL('data:text/html,')
})
