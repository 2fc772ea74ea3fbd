const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const { port1, port2 } = new MessageChannel()
window.ipc.postMessage('a-port', null, [port2])
for (let i = 1; i <= 20; i++) port1.postMessage(i)

const inner = new MessageChannel()
inner.port1.onmessage = (event) => {
  log(`through the inner port: ${event.data}`)
  window.ipc.send('report', `sender: through the inner port: ${event.data}`)
}
port1.postMessage('a port in a port', [inner.port2])
log('posted 20 messages and a port')
