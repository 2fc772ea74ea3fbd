onmessage = ({ ports: [port] }) => {
  port.onmessage = ({ data, ports }) => {
    port.postMessage(`worker heard ${data}`)
    for (const other of ports) other.postMessage('by a port of a port')
  }
}
