const electron = require('electron')
const { walk } = require('./walk.js')

const { ipcRenderer } = electron
ipcRenderer.send('message')
const event = new Promise((resolve) => ipcRenderer.once('event', resolve))
Promise.all([ipcRenderer.invoke('list'), event]).then(([list, ipcRendererEvent]) => {
  const instances = { IpcRendererEvent: () => ipcRendererEvent }
  ipcRenderer.send('present', walk(list, 'renderer', (name) => electron[name], instances))
})
