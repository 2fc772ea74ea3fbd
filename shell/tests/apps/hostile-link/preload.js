const { ipcRenderer } = require('electron')
let n = 0
setInterval(() => ipcRenderer.send('count', n++), 5)
