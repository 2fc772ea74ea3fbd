const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.handle('sum', async (event, a, b) => a + b)
ipcMain.handle('fails', () => { throw new TypeError('cannot do that') })
ipcMain.handleOnce('once', () => 'first and last')
ipcMain.handle('removed', () => 'never')
ipcMain.removeHandler('removed')

try {
  ipcMain.handle('sum', () => 0)
} catch (error) {
  console.log(`main: ${error.message}`)
}

ipcMain.on('report', (event, line) => console.log(`page: ${line}`))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
