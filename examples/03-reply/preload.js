const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  ping: (text) => ipcRenderer.send('ping', text),
  onPong: (callback) => ipcRenderer.on('pong', (event, text) => callback(text)),
  report: (line) => ipcRenderer.send('report', line)
})
