// The window of `cargo xtask demo`: lists the examples, runs one on a click, shows what it prints.
const { app, BrowserWindow, ipcMain } = require('electron')
const { spawn } = require('child_process')
const fs = require('fs')
const path = require('path')

const folder = path.join(__dirname, '..', '..', 'examples')

function readExamples () {
  return fs.readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, 'package.json')))
    .sort()
    .map((name) => {
      const { productName, description } = JSON.parse(fs.readFileSync(path.join(folder, name, 'package.json'), 'utf8'))
      return { name, title: productName, description }
    })
}

/** The examples that run now, by name. */
const running = new Map()

function run (contents, name) {
  const example = spawn(process.execPath, [path.join(folder, name)])
  running.set(name, example)
  const tell = (kind, text) => {
    if (!contents.isDestroyed()) contents.send('example', name, kind, text)
  }
  example.stdout.on('data', (chunk) => tell('output', String(chunk)))
  example.stderr.on('data', (chunk) => tell('error', String(chunk)))
  example.on('error', (error) => {
    running.delete(name)
    tell('ended', `could not be started: ${error.message}`)
  })
  example.on('exit', (code, signal) => {
    running.delete(name)
    tell('ended', signal ? `ended by ${signal}` : `ended with code ${code}`)
  })
}

ipcMain.handle('examples', () => readExamples())
ipcMain.on('run', (event, name) => {
  const known = readExamples().some((example) => example.name === name)
  if (known && !running.has(name)) run(event.sender, name)
})
ipcMain.on('stop', (event, name) => running.get(name)?.kill())
ipcMain.on('painted', () => console.log('launcher painted'))

app.whenReady().then(() => {
  const win = new BrowserWindow({
    width: 1080,
    height: 760,
    title: 'Conch examples',
    webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  win.loadFile('index.html')
})

app.on('will-quit', () => {
  for (const example of running.values()) example.kill()
})
app.on('window-all-closed', () => app.quit())
