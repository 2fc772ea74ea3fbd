const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  onBegin: (callback) => ipcRenderer.on('begin', () => callback()),
  onMessage: (callback) => ipcRenderer.on('from-other', (event, text) => callback(text)),
  send: (text) => ipcRenderer.send('to-other', text),
  report: (line) => ipcRenderer.send('report', line)
})
