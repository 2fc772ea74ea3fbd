const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

window.onmessage = (event) => {
  // event.source === window: from the preload, not from a frame.
  if (event.source !== window || event.data !== 'main-world-port') return
  const [port] = event.ports
  log(`a port came: ${port instanceof MessagePort}`)
  port.onmessage = (event) => {
    log(`from main: ${JSON.stringify(event.data)}`)
    port.postMessage(event.data.test * 2)
  }
}
