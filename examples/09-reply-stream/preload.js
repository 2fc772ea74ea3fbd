const { ipcRenderer } = require('electron')

window.report = (line) => ipcRenderer.send('report', line)

window.makeStreamingRequest = (element, count, callback, done) => {
  // MessageChannels are light: one for each request is fine.
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage('give-me-a-stream', { element, count }, [port2])
  port1.onmessage = (event) => callback(event.data)
  port1.onclose = () => done('onclose')
  port1.addEventListener('close', () => done('addEventListener'))
}
