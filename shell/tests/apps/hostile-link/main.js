// Window 1's renderer is played by the test and turns hostile; window 2 is an honest page that
// counts. The test reads what happens to each.
const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

app.on('window-all-closed', () => {})
app.whenReady().then(() => {
  const victim = new BrowserWindow({ show: false })
  const honest = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  let expected = 0
  honest.webContents.ipc.on('count', (event, n) => {
    if (n !== expected++) console.log(`OUT OF ORDER ${n}`)
  })
  // Answered only when everything before it has arrived in order.
  victim.webContents.on('render-process-gone', async (event, { reason }) => {
    console.log(`gone ${reason}`)
    const before = expected
    while (expected < before + 5) await new Promise((resolve) => setTimeout(resolve, 10))
    console.log('honest goes on')
    victim.loadURL('about:blank').catch(() => {})
  })
  honest.webContents.on('render-process-gone', () => console.log('THE HONEST ONE IS GONE'))
  honest.loadFile('index.html')
  victim.loadURL('about:blank').catch(() => {})
})
