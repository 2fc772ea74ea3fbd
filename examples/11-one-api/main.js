const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')

// Invoke goes one way in Electron. Here the page can handle as well: main asks, the page answers.
const waiting = new Map()
let asked = 0
function invoke (contents, channel, ...args) {
  return new Promise((resolve, reject) => {
    const id = ++asked
    waiting.set(id, { resolve, reject })
    contents.send('api:invoke', id, channel, args)
  })
}
ipcMain.on('api:answer', (event, id, error, value) => {
  const call = waiting.get(id)
  waiting.delete(id)
  if (error) call.reject(new Error(error))
  else call.resolve(value)
})

ipcMain.handle('double', (event, n) => n * 2)
ipcMain.on('hello', async (event, name) => {
  console.log(`main: hello ${name}`)
  event.reply('welcome', name.toUpperCase())
  console.log(`main: the page says ${await invoke(event.sender, 'join', ['a', 'b'], '+')}`)
  await invoke(event.sender, 'fails').catch((error) => console.log(`main: ${error.message}`))
})
ipcMain.on('report', (event, line) => console.log(`page: ${line}`))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 720, height: 420, webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('window-all-closed', () => app.quit())
