// When WebKit is loaded: not before the main script had its first turn, and before the app is ready.
const fs = require('fs')
const isLoaded = () => fs.readFileSync('/proc/self/maps', 'utf8').includes('libwebkit2gtk')
console.log(`at the first line: ${isLoaded()}`)

const { app } = require('electron')
app.whenReady().then(() => {
  console.log(`ready: ${isLoaded()}`)
  app.exit(5)
})
console.log(`at the end of the turn: ${isLoaded()}`)
