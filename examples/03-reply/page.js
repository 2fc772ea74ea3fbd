const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

let count = 0
window.electronAPI.onPong((text) => {
  log(text)
  window.electronAPI.report(text)
})
const ping = () => window.electronAPI.ping(`ping ${++count}`)
document.getElementById('ping').addEventListener('click', ping)
ping()
