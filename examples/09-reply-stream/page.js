const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

let sum = 0
let count = 0
const closed = []
window.makeStreamingRequest(42, 10, (data) => {
  log(`got ${data}`)
  sum += data
  count++
}, (how) => {
  closed.push(how)
  log(`closed, told by ${how}`)
  if (closed.length === 2) window.report(`${count} messages, sum ${sum}, closed: ${closed.join(', ')}`)
})
