// In a page with nodeIntegration: as its own script.
const { ipcRenderer } = require('electron')
const remote = require('@electron/remote')
const run = require('./checks-in-page')

ipcRenderer.on('run', async (event, ids) => ipcRenderer.send('lines', await run(remote, ids)))
