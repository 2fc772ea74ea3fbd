const { contextBridge, ipcRenderer } = require('electron')

const channels = ['sum', 'fails', 'once', 'removed', 'missing']

contextBridge.exposeInMainWorld('electronAPI', {
  invoke: (channel, ...args) => {
    if (!channels.includes(channel)) throw new Error(`${channel} is not a channel of this app`)
    return ipcRenderer.invoke(channel, ...args)
  },
  report: (line) => ipcRenderer.send('report', line)
})
