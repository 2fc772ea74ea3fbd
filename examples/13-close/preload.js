const { ipcRenderer } = require('electron')

const how = new URLSearchParams(location.search).get('how')

let kept = new MessageChannel()
// A reloaded page does not start again.
if (!sessionStorage.started) {
  sessionStorage.started = how
  ipcRenderer.postMessage('a-port', null, [kept.port2])
  for (const n of [1, 2, 3]) kept.port1.postMessage(n)
  if (how === 'close') kept.port1.close()
  if (how === 'collected') {
    // The last reference goes; the engine notices when it next looks for garbage.
    kept = null
    window.garbage = setInterval(() => { window.junk = new Array(200000).fill().map((_, i) => ({ i })) }, 10)
  }
}
