const { ipcRenderer } = require('electron')

// The page must say that it listens, or the port would be lost.
const windowLoaded = new Promise((resolve) => {
  window.onload = resolve
})

ipcRenderer.on('main-world-port', async (event) => {
  await windowLoaded
  window.postMessage('main-world-port', '*', event.ports)
})
