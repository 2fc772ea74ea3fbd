const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('api', {
  next: (count) => ipcRenderer.invoke('next', count),
  onTick: (callback) => {
    const listener = (event, tick) => callback(tick)
    ipcRenderer.on('tick', listener)
    return () => ipcRenderer.off('tick', listener)
  }
})
