const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

const log = (line) => console.log(`main: ${line}`)

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')

  const { webContents } = win

  // Order of precedence for a message: the frame's emitter, the WebContents', ipcMain.
  ipcMain.on('order', () => log('ipcMain hears it last'))
  webContents.ipc.on('order', () => log('webContents.ipc hears it second'))
  webContents.mainFrame.ipc.on('order', () => log('mainFrame.ipc hears it first'))

  // For a request only the first handler in that order is asked.
  ipcMain.handle('who', () => 'ipcMain')
  webContents.ipc.handle('who', () => 'webContents.ipc')
  webContents.mainFrame.ipc.handle('who', () => 'mainFrame.ipc')
  ipcMain.on('next', () => webContents.mainFrame.ipc.removeHandler('who'))

  ipcMain.once('once', (event, n) => log(`once heard ${n}`))

  const removed = () => log('never')
  ipcMain.on('off', removed)
  ipcMain.on('off', (event, n) => log(`off heard ${n}`))
  ipcMain.off('off', removed)
  ipcMain.on('all', removed)
  ipcMain.on('all', removed)
  ipcMain.removeAllListeners('all')

  ipcMain.on('ask', (event) => {
    for (const n of [1, 2]) {
      event.reply('page-once', n)
      event.reply('page-off', n)
      event.reply('page-all', n)
    }
  })
  ipcMain.on('report', (event, line) => console.log(`page: ${line}`))
})

app.on('window-all-closed', () => app.quit())
