const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

const { send, who, report } = window.electronAPI

async function run () {
  send('order')
  for (const n of [1, 2]) {
    send('once', n)
    send('off', n)
    send('all', n)
  }
  const first = await who()
  send('next')
  const second = await who()
  report(`first asked ${first}, then ${second}`)
  log(`asked ${first}, then ${second}`)
  send('ask')
}
run()
