const { contextBridge } = require('electron')

contextBridge.exposeInMainWorld('versions', {
  conch: process.versions.conch,
  electron: process.versions.electron,
  webkit: process.versions.webkit
})
