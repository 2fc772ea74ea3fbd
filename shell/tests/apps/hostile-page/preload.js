const { contextBridge, ipcRenderer } = require('electron')

globalThis.secret = 'of the preload'
document.secret = 'on a wrapper of the preload'

contextBridge.exposeInMainWorld('api', {
  report: (line) => ipcRenderer.send('report', line),
  double: (n) => ipcRenderer.invoke('double', n),
  fails: () => { throw new TypeError('from the preload') },
  rejects: async () => { throw new RangeError('late') },
  call: (callback, ...args) => callback(...args),
  deep: function deep (n) { return n === 0 ? 0 : deep(n - 1) },
  nested: { list: [1, { two: 2 }], map: new Map([['a', 1]]), date: new Date(0), bytes: new Uint8Array([1, 2]) },
  later: () => new Promise((resolve) => setTimeout(() => resolve({ when: 'later' }), 5)),
  ipcRenderer
})
