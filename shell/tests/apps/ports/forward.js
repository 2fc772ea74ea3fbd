const { ipcRenderer } = require('electron')
ipcRenderer.on('forward', ({ ports }, name) => window.postMessage({ name }, '*', ports))
addEventListener('message', ({ data, ports }) => {
  if (data.name === 'from-page') ipcRenderer.postMessage('from-page', null, ports)
})
