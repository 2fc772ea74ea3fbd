const { ipcRenderer } = require('electron')

ipcRenderer.on('port', (event) => {
  window.electronMessagePort = event.ports[0]
  window.electronMessagePort.onmessage = (messageEvent) => {
    window.show(`secondary window got: ${messageEvent.data}`)
    ipcRenderer.send('report', `secondary window got: ${messageEvent.data}`)
    window.electronMessagePort.postMessage(`thanks for "${messageEvent.data}"`)
  }
})
