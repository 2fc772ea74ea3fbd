const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const counter = document.getElementById('counter')
window.electronAPI.onUpdateCounter((value) => {
  counter.textContent = String(Number(counter.textContent) + value)
  log(`update by ${value}`)
  window.electronAPI.counterValue(counter.textContent)
})
