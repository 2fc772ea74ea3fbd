const { ipcRenderer } = require('electron')
ipcRenderer.on('values', (event, bytes, sent) => {
  const kind = Object.prototype.toString.call(bytes)
  ipcRenderer.send('looked', kind, bytes.constructor === Uint8Array, bytes.buffer.byteLength, bytes, sent)
})
