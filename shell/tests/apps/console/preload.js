const { ipcRenderer } = require('electron')

window.addEventListener('load', () => { throw new TypeError('of a listener') })
setTimeout(() => { throw new Error('of a timer') })
setTimeout(() => Promise.reject(new Error('of a promise')))
ipcRenderer.on('throw', () => { throw new RangeError('of a message') })
console.log('preload', 1, 'done')
