const { app, BrowserWindow, MessageChannelMain, ipcMain } = require('electron')

ipcMain.on('report', (event, line) => console.log(line))

app.whenReady().then(async () => {
  // The worker is a hidden window.
  const worker = new BrowserWindow({ show: false, webPreferences: { nodeIntegration: true } })
  await worker.loadFile('worker.html')

  const mainWindow = new BrowserWindow({
    width: 720, height: 420, webPreferences: { nodeIntegration: true }
  })
  mainWindow.webContents.mainFrame.ipc.on('request-worker-channel', (event) => {
    const { port1, port2 } = new MessageChannelMain()
    worker.webContents.postMessage('new-client', null, [port1])
    // Answers the frame that asked, whatever has become of the window.
    event.senderFrame.postMessage('provide-worker-channel', null, [port2])
  })
  mainWindow.loadFile('app.html')
})

app.on('window-all-closed', () => app.quit())
