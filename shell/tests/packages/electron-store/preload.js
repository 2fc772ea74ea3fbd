const { ipcRenderer } = require('electron')
ipcRenderer.invoke('get', 'name').then((name) => ipcRenderer.send('answer', name))
