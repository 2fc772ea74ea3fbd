const { app, BrowserWindow, MessageChannelMain, ipcMain } = require('electron')

ipcMain.on('report', (event, line) => console.log(line))

app.whenReady().then(async () => {
  const mainWindow = new BrowserWindow({
    x: 40, y: 80, width: 480, height: 360, show: false,
    webPreferences: { contextIsolation: false, preload: 'preloadMain.js' }
  })
  const secondaryWindow = new BrowserWindow({
    x: 560, y: 80, width: 480, height: 360, show: false,
    webPreferences: { contextIsolation: false, preload: 'preloadSecondary.js' }
  })

  const { port1, port2 } = new MessageChannelMain()

  mainWindow.once('ready-to-show', () => {
    mainWindow.show()
    mainWindow.webContents.postMessage('port', null, [port1])
  })
  secondaryWindow.once('ready-to-show', () => {
    secondaryWindow.show()
    secondaryWindow.webContents.postMessage('port', null, [port2])
  })

  mainWindow.loadFile('index.html')
  secondaryWindow.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
