const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

app.whenReady().then(async () => {
  const open = (x) => new BrowserWindow({
    x, y: 80, width: 480, height: 360, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  const left = open(40)
  const right = open(560)

  ipcMain.on('to-other', (event, text) => {
    const other = event.sender === left.webContents ? right : left
    other.webContents.send('from-other', text)
  })
  ipcMain.on('report', (event, line) => {
    console.log(`${event.sender === left.webContents ? 'left' : 'right'}: ${line}`)
  })

  await Promise.all([left.loadFile('index.html'), right.loadFile('index.html')])
  left.webContents.send('begin')
})

app.on('window-all-closed', () => app.quit())
