const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('counter-value', (event, value) => console.log(`main: the counter is ${value}`))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')

  // Sent before the page exists: it waits for the page's document.
  win.webContents.send('start-at', 5)
  win.webContents.on('did-finish-load', () => {
    win.webContents.send('update-counter', 10)
    win.webContents.send('update-counter', -1)
  })
})

app.on('window-all-closed', () => app.quit())
