window.preloads = ['session']
require('electron').ipcRenderer.send('session-preload')
