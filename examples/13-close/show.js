const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('lines', (callback) => {
  ipcRenderer.on('line', (event, line) => callback(line))
})
