const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('bridge', {
  add: (a, b) => a + b,
  onTask: (callback) => ipcRenderer.on('task', () => callback()),
  done: (value) => ipcRenderer.send('done', value)
})
