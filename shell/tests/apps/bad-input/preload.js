const electron = require('electron')
const { Suite } = require('./calls.js')

const { ipcRenderer } = electron

ipcRenderer.on('speak', () => {
  ipcRenderer.send('message')
  ipcRenderer.invoke('invoke').catch(() => {})
})
ipcRenderer.on('echo', async (event, value) => ipcRenderer.send('echoed', await ipcRenderer.invoke('echo', value)))

ipcRenderer.on('walk', async () => {
  const complaints = []
  const suite = new Suite(() => undefined, {
    'an element': () => document.body, 'a window': () => window, 'a port': () => new MessageChannel().port1
  })
  console.warn = console.error = () => {}
  window.addEventListener('error', (event) => complaints.push(`uncaught: ${event.message}`))
  window.addEventListener('unhandledrejection', (event) => complaints.push(`unhandled: ${event.reason}`))
  for (const [name, object] of Object.entries(electron)) complaints.push(...await suite.walk(name, object))
  ipcRenderer.send('complaints', complaints, suite.calls)
})
