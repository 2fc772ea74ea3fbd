// One end of a channel with the other window and one with main: says when each is used and when it closes.
const { ipcRenderer } = require('electron')

ipcRenderer.on('ports', ({ ports: [toWindow, toMain] }, speaks) => {
  toWindow.onmessage = ({ data }) => {
    if (data === 'ping') toWindow.postMessage('pong')
    ipcRenderer.send('heard', data)
  }
  toWindow.addEventListener('close', () => ipcRenderer.send('heard', 'close'))
  toMain.postMessage(new Uint8Array(100000))
  if (speaks) toWindow.postMessage('ping')
})
