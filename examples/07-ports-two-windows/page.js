const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

window.show = log
document.getElementById('send').addEventListener('click', () => {
  window.electronMessagePort.postMessage(`clicked at ${new Date().toLocaleTimeString()}`)
})
