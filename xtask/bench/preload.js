const { ipcRenderer } = require('electron')

const payload = { id: 1, name: 'a payload of a hundred bytes', values: [1, 2, 3, 4, 5], nested: { flag: true } }

let port
let left = 0
ipcRenderer.on('one-way', () => {
  if (--left === 0) ipcRenderer.send('done')
})
ipcRenderer.on('port', (event) => { port = event.ports[0] })
ipcRenderer.on('echo-port', (event) => {
  const [echo] = event.ports
  echo.onmessage = ({ data }) => echo.postMessage(data)
})

const tasks = {
  async invoke (count, size) {
    const value = size === 0 ? payload : new Uint8Array(size)
    for (let i = 0; i < count; i++) await ipcRenderer.invoke('echo', value)
  },
  async sync (count) {
    for (let i = 0; i < count; i++) ipcRenderer.sendSync('echo-sync', payload)
  },
  async pipelined (count) {
    let sent = 0
    const lane = async () => {
      while (sent++ < count) await ipcRenderer.invoke('echo', payload)
    }
    await Promise.all(Array.from({ length: 64 }, lane))
  },
  async 'one-way' (count) {
    for (let i = 0; i < count; i++) ipcRenderer.send('one-way', i, payload)
  },
  // The page's clock is coarse, so rounds are timed in blocks.
  async port (rounds) {
    const block = 40
    const times = []
    for (let i = 0; i < rounds / block; i++) {
      const start = performance.now()
      for (let j = 0; j < block; j++) {
        await new Promise((resolve) => {
          port.onmessage = resolve
          port.postMessage(payload)
        })
      }
      times.push((performance.now() - start) / block * 1000)
    }
    times.splice(0, Math.floor(times.length / 10))
    times.sort((a, b) => a - b)
    return { p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] }
  }
}

ipcRenderer.on('task', async (event, name, ...args) => {
  if (name === 'count') {
    left = args[0]
    return
  }
  ipcRenderer.send('done', await tasks[name](...args))
})
