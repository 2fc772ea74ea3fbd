window.preloads.push('window')
require('electron').ipcRenderer.send('preload', window.preloads)
