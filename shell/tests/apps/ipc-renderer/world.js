const { ipcRenderer } = require('electron')
ipcRenderer.on('who', () => ipcRenderer.send('heard', typeof window.inPreload))
window.inPreload = true
