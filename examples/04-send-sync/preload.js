const { contextBridge, ipcRenderer } = require('electron')

const report = (line) => ipcRenderer.send('report', line)
report(`preload: now -> ${ipcRenderer.sendSync('now', 21)}`)
report(`preload: later -> ${JSON.stringify(ipcRenderer.sendSync('later'))}`)

contextBridge.exposeInMainWorld('electronAPI', {
  askNow: (n) => ipcRenderer.sendSync('now', n),
  askNobody: () => ipcRenderer.sendSync('nobody-listens').error,
  report
})
