const { contextBridge, ipcRenderer } = require('electron')

const report = (line) => ipcRenderer.send('report', line)

ipcRenderer.once('page-once', (event, n) => report(`once heard ${n}`))
const removed = () => report('never')
ipcRenderer.on('page-off', removed)
ipcRenderer.on('page-off', function twice (event, n) {
  report(`off heard ${n}`)
  if (n === 2) ipcRenderer.off('page-off', twice)
})
ipcRenderer.removeListener('page-off', removed)
ipcRenderer.on('page-all', removed)
ipcRenderer.removeAllListeners('page-all')

contextBridge.exposeInMainWorld('electronAPI', {
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  who: () => ipcRenderer.invoke('who'),
  report
})
