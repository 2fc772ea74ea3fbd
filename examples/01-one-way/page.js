const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const input = document.getElementById('title')
function set () {
  window.electronAPI.setTitle(input.value)
  log(`sent "${input.value}"`)
}
document.getElementById('set').addEventListener('click', set)
set()
