// With Node, but the page has none of it.
const fs = require('fs')
window.fromPreload = [fs.existsSync(__filename), typeof Buffer, typeof process, require('./part.js'), window.process === process,
  window.Buffer === Buffer, window.global === global, typeof window.setImmediate].join()
