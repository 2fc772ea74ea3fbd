const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

ipcMain.on('report', (event, line) => console.log(line))

app.whenReady().then(async () => {
  const open = async (page, x) => {
    const win = new BrowserWindow({
      x, y: 80, width: 480, height: 360,
      webPreferences: { contextIsolation: false, preload: path.join(__dirname, 'preload.js') }
    })
    await win.loadFile(page)
    return win
  }
  const receiver = await open('receiver.html', 560)

  ipcMain.once('a-port', (event) => {
    const [port] = event.ports
    let seen = 0
    port.on('message', ({ data }) => {
      // Main reads three messages, then hands the port on with the rest still on their way.
      if (++seen < 3) return
      console.log(`main: read up to ${data}, handing on`)
      receiver.webContents.postMessage('a-port', null, [port])
    })
    port.start()
  })
  await open('sender.html', 40)
})

app.on('window-all-closed', () => app.quit())
