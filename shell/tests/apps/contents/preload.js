const { contextBridge } = require('electron')
globalThis.preloadGlobal = 1
const modules = ['electron', 'events', 'timers', 'url'].filter((name) => typeof require(name) === 'object' || typeof require(name) === 'function')
let refused
try { require('fs') } catch (error) { refused = error.message }
const seen = {
  readyState: document.readyState,
  scripts: document.scripts.length,
  type: process.type,
  sandboxed: process.sandboxed,
  isMainFrame: process.isMainFrame,
  extra: process.argv.includes('--extra'),
  modules: modules.join(),
  refused
}
if (process.contextIsolated) contextBridge.exposeInMainWorld('seen', seen)
