const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

document.getElementById('send').addEventListener('click', () => {
  window.electronAPI.send(document.getElementById('text').value)
})
window.electronAPI.onBegin(() => window.electronAPI.send('ping'))
window.electronAPI.onMessage((text) => {
  log(text)
  window.electronAPI.report(`got ${text}`)
  if (text === 'ping') window.electronAPI.send('pong')
})
