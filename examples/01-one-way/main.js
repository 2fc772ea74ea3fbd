const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('set-title', (event, title) => {
  const win = BrowserWindow.fromWebContents(event.sender)
  win.setTitle(title)
  console.log(`main: the title is now "${win.getTitle()}"`)
})

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
