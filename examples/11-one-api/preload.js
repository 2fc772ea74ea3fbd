const { contextBridge, ipcRenderer } = require('electron')

const handlers = new Map()
ipcRenderer.on('api:invoke', async (event, id, channel, args) => {
  try {
    const handler = handlers.get(channel)
    if (!handler) throw new Error(`the page does not handle '${channel}'`)
    ipcRenderer.send('api:answer', id, null, await handler(...args))
  } catch (error) {
    ipcRenderer.send('api:answer', id, error.message)
  }
})

contextBridge.exposeInMainWorld('api', {
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  handle: (channel, handler) => { handlers.set(channel, handler) },
  on: (channel, listener) => {
    const wrapped = (event, ...args) => listener(...args)
    ipcRenderer.on(channel, wrapped)
    return () => ipcRenderer.removeListener(channel, wrapped)
  }
})
