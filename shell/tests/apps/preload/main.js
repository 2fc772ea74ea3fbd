// Preload scripts: when and where they run, and what they find (semantics 88 to 101).
const { app, BrowserWindow, ipcMain, session } = require('electron')
const path = require('path')
const { check, event, finish, thrown } = require('../checks.js')

const file = (name) => path.join(__dirname, name)
const open = (webPreferences) => new BrowserWindow({ show: false, webPreferences })

app.whenReady().then(async () => {
  const scripts = session.defaultSession
  const first = scripts.registerPreloadScript({ type: 'frame', filePath: file('session-1.js') })
  const id = scripts.registerPreloadScript({ type: 'frame', id: 'second', filePath: file('session-2.js') })
  check('88: the scripts of the session', id === 'second' && JSON.stringify(scripts.getPreloadScripts()) === JSON.stringify([
    { id: first, type: 'frame', filePath: file('session-1.js') }, { id, type: 'frame', filePath: file('session-2.js') }]))
  check('88: a name that is taken', thrown(() => scripts.registerPreloadScript({ type: 'frame', id, filePath: '/x' })) ===
    "Error: Cannot register preload script with existing ID 'second'")
  check('88: a name that there is not', thrown(() => scripts.unregisterPreloadScript('none')) ===
    "Error: Cannot unregister preload script with non-existing ID 'none'")

  const win = open({ preload: file('window.js'), additionalArguments: ['--one', '--two=2'] })
  let heard = event(ipcMain, 'report')
  win.loadFile('page.html')
  let [, report] = await heard
  check("88: the session's scripts run first, in their order, then the window's", report.order.join() === 'session-1,session-2,window')
  check('88: they run before there is an element', report.element === null)
  check('91: what a sandboxed preload script may require', report.allowed === 'object,object,object,function,object,object,function,object,object')
  check('91, 92: one module by all its names', report.same)
  check('91: what it may not', report.refused.join() === ['path', 'fs', 'node:fs', './session-1.js', 'lodash', 'electron/main']
    .map((name) => `Error: module not found: ${name}`).join())
  check('92: the names of the electron module', ['contextBridge', 'crashReporter', 'ipcRenderer', 'nativeImage', 'sharedTexture',
    'webFrame', 'webUtils'].every((name) => report.names.includes(name)))
  check('93: the parameters of the function around a preload script', report.wrapper.join() ===
    'function,object,object,object,1,true,function,function,ignored')
  check('93: what it declares is its own', report.leaked.length === 0)
  check('94: the events of a document', report.events.join() ===
    'loaded false loading,document-start true loading,document-end true interactive')
  check('101: the page sees nothing of it but the document', report.page.slice(0, 4).join() === 'undefined,undefined,undefined,undefined' &&
    report.body === 'p')
  check('99: prompt', report.page[4] === 'Error: prompt() is not supported.')

  heard = event(ipcMain, 'process')
  win.webContents.send('process')
  const [, told] = await heard
  check('94: what process says', told.type === 'renderer' && told.sandboxed && told.contextIsolated && told.isMainFrame &&
    told.platform === process.platform && told.arch === process.arch && told.versions.electron === process.versions.electron &&
    told.home === process.env.HOME && typeof told.contextId === 'string')
  check('94: memory, times and system', told.numbers.every((it) => it > 0) && told.cpu.length === 3 && told.cpu[1] > 0 &&
    told.system === process.getSystemVersion() && Math.abs(told.numbers[5] - Date.now()) < 600000)
  check('94: what WebKit does not tell', told.unsupported === 'process.getHeapStatistics is not supported by Conch')
  check('100: additionalArguments', told.argv.slice(-2).join() === '--one,--two=2')
  const memory = await process.getProcessMemoryInfo()
  check('94: the same in the main process', memory.residentSet > 0 && memory.private > 0 && process.getSystemMemoryInfo().total > 0 &&
    process.getCPUUsage().cumulativeCPUUsage > 0 && process.getCreationTime() <= Date.now() &&
    thrown(() => process.getHeapStatistics()) === 'Error: process.getHeapStatistics is not supported by Conch')

  // The process of the page stays; its next document has other scripts.
  scripts.unregisterPreloadScript('second')
  heard = Promise.all([event(ipcMain, 'exit'), event(ipcMain, 'report')])
  win.webContents.reload()
  let [[, exited], [, again]] = await heard
  check('94: exit', exited === win.webContents.getOSProcessId())
  check('88: a script that was taken back does not run in the next document', again.order.join() === 'session-1,window')
  scripts.setPreloads([file('session-1.js'), 'relative.js', file('session-2.js')])
  check('88: the older form', scripts.getPreloads().join() === [file('session-1.js'), 'relative.js', file('session-2.js')].join())
  heard = event(ipcMain, 'report')
  win.webContents.reload()
  ;[, again] = await heard
  check('88, 89: others are added, and one that is not absolute is left out', again.order.join() === 'session-1,session-2,window' &&
    exited === win.webContents.getOSProcessId())
  scripts.setPreloads([])

  const gone = event(win.webContents, 'render-process-gone')
  win.webContents.send('crash')
  check('94: process.crash', (await gone)[1].reason === 'crashed')

  const types = "[typeof require, typeof module, typeof process, typeof Buffer, typeof global, typeof setImmediate].join()"
  const plain = open({ sandbox: false, contextIsolation: false, preload: file('plain.js') })
  win.destroy()
  await plain.loadFile('node.html')
  check('95: a preload script with Node, in the world of the page', await plain.webContents.executeJavaScript('fromPreload') ===
    'true,function,object,part,true,true,true,function')
  check('95: nothing of Node is left to the page', await plain.webContents.executeJavaScript('atParse') ===
    Array(6).fill('undefined').join())

  const node = open({ nodeIntegration: true, contextIsolation: false })
  plain.destroy()
  await node.loadFile('node.html')
  const all = 'function,object,object,function,object,function'
  check('96: nodeIntegration', await node.webContents.executeJavaScript(types) === all &&
    await node.webContents.executeJavaScript('atParse') === all)
  check("96: the page's file and folder", (await node.webContents.executeJavaScript('[__filename, __dirname, require("./part.js")].join()')) ===
    [file('node.html'), __dirname, 'part'].join())
  check('96: a page from elsewhere', (await node.loadURL('data:text/html,x'), await node.webContents.executeJavaScript(types)) === all)
  finish()
})
