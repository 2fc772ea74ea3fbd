const { ipcRenderer } = require('electron')

process.stdout.write('printed by the page\n', async () => {
  process.stdout.write(`same folder: ${await ipcRenderer.invoke('cwd') === process.cwd()}\n`)
  ipcRenderer.send('done')
})
