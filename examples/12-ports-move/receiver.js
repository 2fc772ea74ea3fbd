const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

window.ipc.on('a-port', (event) => {
  const [port] = event.ports
  const got = []
  port.onmessage = (event) => {
    log(`got ${event.data}`)
    if (event.ports.length === 0) {
      got.push(event.data)
      return
    }
    window.ipc.send('report', `receiver: ${got.join(' ')}`)
    event.ports[0].postMessage('it arrived')
  }
})
