const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('launcher', {
  examples: () => ipcRenderer.invoke('examples'),
  run: (name) => ipcRenderer.send('run', name),
  stop: (name) => ipcRenderer.send('stop', name),
  painted: () => ipcRenderer.send('painted'),
  onExample: (callback) => {
    ipcRenderer.on('example', (event, name, kind, text) => callback(name, kind, text))
  }
})
