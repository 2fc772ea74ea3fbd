const list = document.getElementById('log')
function log (line) {
  const item = document.createElement('li')
  item.textContent = line
  list.append(item)
}

async function ask (channel, ...args) {
  let answer
  try {
    answer = `${channel} -> ${await window.electronAPI.invoke(channel, ...args)}`
  } catch (error) {
    answer = `${channel} failed: ${error.message}`
  }
  log(answer)
  window.electronAPI.report(answer)
}

async function run () {
  await ask('sum', 2, 3)
  await ask('fails')
  await ask('missing')
  await ask('once')
  await ask('once')
  await ask('removed')
}
run()
