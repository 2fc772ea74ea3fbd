const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const { on, send, invoke, handle } = window.api

function show (line) {
  log(line)
  send('report', line)
}

handle('join', (parts, by) => parts.join(by))
handle('fails', async () => { throw new Error('not in this page') })
const stop = on('welcome', (name) => {
  show(`welcome ${name}`)
  stop()
})
invoke('double', 21).then((answer) => {
  show(`double of 21 is ${answer}`)
  send('hello', 'conch')
})
