const { ipcRenderer } = require('electron')
const remote = require('@electron/remote')
const run = require('./checks-in-page')

const { getHiddenValue, requestGarbageCollectionForTesting } = process._linkedBinding('electron_common_v8_util')

ipcRenderer.on('run', async (event, ids) => ipcRenderer.send('lines', await run(remote, ids)))
ipcRenderer.on('refused', () => {
  try {
    ipcRenderer.send('refusal', `${remote.app}`)
  } catch (error) {
    ipcRenderer.send('refusal', error.message)
  }
})

// Objects of main that the page holds, or held.
let held
ipcRenderer.on('hold', () => { held = remote.require('./shared').manyObjects(100); ipcRenderer.send('held') })
ipcRenderer.on('release', () => { held = undefined })
ipcRenderer.on('collect', () => requestGarbageCollectionForTesting())
// A function that main holds, and what of it the page is told.
ipcRenderer.on('give', () => {
  remote.require('./shared').keep((text) => ipcRenderer.send('called', text))
  ipcRenderer.send('given', getHiddenValue(global, 'contextId'))
})
