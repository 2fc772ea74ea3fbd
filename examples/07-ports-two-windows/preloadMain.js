const { ipcRenderer } = require('electron')

ipcRenderer.on('port', (event) => {
  // The page's own world, because contextIsolation is off.
  window.electronMessagePort = event.ports[0]
  window.electronMessagePort.onmessage = (messageEvent) => {
    window.show(`main window got: ${messageEvent.data}`)
    ipcRenderer.send('report', `main window got: ${messageEvent.data}`)
  }
  window.electronMessagePort.postMessage('hello from the main window')
})
