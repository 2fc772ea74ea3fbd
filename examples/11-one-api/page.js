const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const { api } = window

function show (line) {
  log(line)
  api.send('report', line)
}

api.handle('join', (parts, by) => parts.join(by))
api.handle('fails', async () => { throw new Error('not in this page') })
const stop = api.on('welcome', (name) => {
  show(`welcome ${name}`)
  stop()
})
api.invoke('double', 21).then((answer) => {
  show(`double of 21 is ${answer}`)
  api.send('hello', 'conch')
})
