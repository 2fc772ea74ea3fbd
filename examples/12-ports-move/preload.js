const { ipcRenderer } = require('electron')
window.ipc = ipcRenderer
