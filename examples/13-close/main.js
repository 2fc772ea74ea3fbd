const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

const expected = ['close', 'reload', 'destroy', 'crash', 'collected']

// One hidden window for each way to end: it gives main a port, posts three messages, and ends.
function watch (how) {
  return new Promise((resolve) => {
    const win = new BrowserWindow({
      show: false,
      webPreferences: { contextIsolation: false, preload: path.join(__dirname, 'preload.js') }
    })
    win.webContents.ipc.once('a-port', (event) => {
      const [port] = event.ports
      const heard = []
      port.on('message', ({ data }) => {
        heard.push(data)
        if (data !== 3) return
        if (how === 'reload') win.reload()
        if (how === 'destroy') win.destroy()
        if (how === 'crash') win.webContents.forcefullyCrashRenderer()
      })
      port.on('close', () => {
        heard.push('close')
        resolve({ how, heard, win })
      })
      port.start()
    })
    win.loadFile('end.html', { query: { how } })
  })
}

app.whenReady().then(async () => {
  const show = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'show.js') }
  })
  await show.loadFile('index.html')
  for (const way of expected) {
    const { how, heard, win } = await watch(way)
    const line = `${how}: ${heard.join(' ')}`
    console.log(line)
    show.webContents.send('line', line)
    if (!win.isDestroyed()) win.destroy()
  }
})

app.on('window-all-closed', () => app.quit())
