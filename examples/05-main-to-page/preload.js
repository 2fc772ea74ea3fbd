const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  onUpdateCounter: (callback) => ipcRenderer.on('update-counter', (event, value) => callback(value)),
  counterValue: (value) => ipcRenderer.send('counter-value', value)
})

// A listener of the preload is there before any message, even one that was sent before the page.
ipcRenderer.once('start-at', (event, value) => ipcRenderer.send('counter-value', `${value} (in the preload)`))
