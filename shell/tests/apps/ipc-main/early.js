const { ipcRenderer } = require('electron')
ipcRenderer.on('early', (event, n) => ipcRenderer.send('heard-early', n, document.readyState))
for (const name of ['beforeunload', 'pagehide', 'unload']) {
  addEventListener(name, () => {
    ipcRenderer.send('at-the-end', name)
    if (name === 'unload') ipcRenderer.sendSync('at-the-end', 'sync')
  })
}
