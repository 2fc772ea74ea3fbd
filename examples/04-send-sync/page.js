const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

function show (line) {
  log(line)
  window.electronAPI.report(`page: ${line}`)
}
show(`now -> ${window.electronAPI.askNow(4)}`)
show(`nobody -> ${window.electronAPI.askNobody()}`)
