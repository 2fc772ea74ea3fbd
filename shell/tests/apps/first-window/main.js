// When WebKit is loaded: not before there is a window.
const fs = require('fs')
const isLoaded = () => fs.readFileSync('/proc/self/maps', 'utf8').includes('libwebkit2gtk')
console.log(`at the first line: ${isLoaded()}`)

const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  console.log(`ready: ${isLoaded()}`)
  new BrowserWindow({ show: false })
  console.log(`with a window: ${isLoaded()}`)
  app.exit(5)
})
