const { contextBridge, ipcRenderer } = require('electron')
const refused = (name) => { try { require(name) } catch (error) { return `${error.name}: ${error.message}` } }

window.order?.push('window')
window.foo = 1
const events = []
for (const name of ['loaded', 'document-start', 'document-end']) {
  process.on(name, () => events.push(`${name} ${Boolean(document.documentElement)} ${document.readyState}`))
}
process.on('exit', () => ipcRenderer.send('exit', process.pid))
module.exports = 'ignored'
const top = 'of this file'

contextBridge.exposeInMainWorld('report', (page) => ipcRenderer.send('report', {
  page,
  order: window.order,
  element,
  events,
  allowed: ['electron', 'electron/common', 'electron/renderer', 'events', 'timers', 'url', 'node:events', 'node:timers',
    'node:url'].map((name) => typeof require(name)).join(),
  same: require('electron') === require('electron/renderer') && require('events') === require('node:events'),
  refused: ['path', 'fs', 'node:fs', './session-1.js', 'lodash', 'electron/main'].map(refused),
  names: Object.keys(require('electron')),
  wrapper: [typeof require, typeof process, typeof exports, typeof module, Buffer.from('a').length, global === window,
    typeof setImmediate, typeof clearImmediate, exports === module.exports || module.exports],
  leaked: ['require', 'process', 'module', 'exports', 'Buffer', 'top'].filter((name) => window[name] === top ||
    Object.hasOwn(window, name) && name !== 'top'),
  body: document.body.firstElementChild.id
}))
const element = document.documentElement

ipcRenderer.on('process', async () => {
  const { versions, platform, arch, type, sandboxed, contextIsolated, isMainFrame, argv, env } = process
  const memory = await process.getProcessMemoryInfo()
  const system = process.getSystemMemoryInfo()
  const cpu = process.getCPUUsage()
  ipcRenderer.send('process', {
    versions, platform, arch, type, sandboxed, contextIsolated, isMainFrame, argv, home: env.HOME, contextId: process.contextId,
    numbers: [memory.residentSet, memory.private, system.total, system.available, process.uptime(), process.getCreationTime()],
    cpu: Object.values(cpu), system: process.getSystemVersion(),
    unsupported: (() => { try { process.getHeapStatistics() } catch (error) { return error.message } })()
  })
})
ipcRenderer.on('crash', () => process.crash())
