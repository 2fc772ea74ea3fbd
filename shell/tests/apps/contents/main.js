// webContents: loading, scripts, errors, crashes, the preload's environment.
const { app, BrowserWindow, webContents } = require('electron')
const path = require('path')
const { check, event, finish } = require('../checks.js')

app.on('window-all-closed', () => {})
const preload = (name) => ({ webPreferences: { preload: path.join(__dirname, name), additionalArguments: ['--extra'] } })
const failure = (promise) => promise.then(() => 'no failure', (error) => error)

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, ...preload('preload.js') })
  const { webContents: contents } = win
  const order = []
  for (const name of ['did-start-loading', 'dom-ready', 'did-finish-load', 'did-stop-loading', 'did-fail-load']) {
    contents.on(name, () => order.push(name))
  }
  check('ids', webContents.fromId(contents.id) === contents && webContents.fromId(99) === undefined)
  check('all', webContents.getAllWebContents().length === 1)
  await win.loadFile('page.html', { search: 'a=1', hash: 'here' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  check(`order: ${order}`, order.join() === 'did-start-loading,dom-ready,did-finish-load,did-stop-loading')
  check('url', contents.getURL().endsWith('/contents/page.html?a=1#here'))
  check('title', contents.getTitle() === 'Contents')
  check('not loading', !contents.isLoading())

  const run = (code) => contents.executeJavaScript(code)
  check('a value', await run('({ a: [1, undefined, new Date(5)], b: 2n })').then((v) => v.a[2].getTime() === 5 && v.b === 2n && v.a[1] === undefined))
  check('a promise', await run('new Promise((r) => setTimeout(() => r("late"), 5))') === 'late')
  check('a throw', (await failure(run('throw new TypeError("bad")'))).message === 'bad')
  check('a syntax error', (await failure(run('const = 1'))).name === 'SyntaxError')
  check('what cannot be cloned', /could not be cloned/.test((await failure(run('() => 1'))).message))
  check('the page has a strict policy', await run('document.querySelector("meta[http-equiv]") !== null'))
  const seen = await run('window.seen')
  check(`the preload ran first: ${JSON.stringify(seen)}`, seen.readyState === 'loading' && seen.scripts === 0)
  check('process of the preload', seen.type === 'renderer' && seen.sandboxed === true && seen.isMainFrame === true && seen.extra === true)
  check('modules of the preload', seen.modules === 'electron,events,timers,url')
  check('a module that it may not have', seen.refused === 'module not found: fs')
  check('the page cannot see the preload', await run('typeof preloadGlobal') === 'undefined')

  const missing = await failure(win.loadFile('nowhere.html'))
  check(`a page that is not there: ${missing.message}`, /^ERR_FILE_NOT_FOUND \(-6\) loading 'file:.*nowhere.html'$/.test(missing.message) && missing.code === 'ERR_FILE_NOT_FOUND' && missing.errno === -6)
  const scheme = await failure(win.loadURL('nosuchscheme://x'))
  check(`a scheme that is not there: ${scheme.message}`, scheme.errno < 0)
  const refused = await failure(win.loadURL('http://127.0.0.1:59999/'))
  check(`a port that is closed: ${refused.message}`, refused.code === 'ERR_CONNECTION_REFUSED')
  await win.loadFile('page.html')

  const line = event(contents, 'console-message')
  await run('console.warn("a warning")')
  const [message] = await line
  check('console-message', message.message === 'a warning' && message.level === 'warning')

  const gone = event(contents, 'render-process-gone')
  contents.forcefullyCrashRenderer()
  const [, details] = await gone
  check(`render-process-gone: ${JSON.stringify(details)}`, ['crashed', 'killed'].includes(details.reason))
  await win.loadFile('page.html')
  check('a new renderer after a crash', await contents.executeJavaScript('1 + 1') === 2)

  for (const [name, pattern] of [['throws.js', /preload throws/], ['syntax.js', /SyntaxError|token/i], ['missing.js', /ENOENT|no such file/]]) {
    const other = new BrowserWindow({ show: false, ...preload(name) })
    const failed = event(other.webContents, 'preload-error')
    await other.loadFile('page.html')
    const [, file, error] = await failed
    check(`${name}: ${error}`, file.endsWith(name) && pattern.test(String(error)))
    check(`the page loads although ${name}`, await other.webContents.executeJavaScript('document.title') === 'Contents')
    other.destroy()
  }

  const open = new BrowserWindow({ show: false, webPreferences: { contextIsolation: false, preload: path.join(__dirname, 'preload.js') } })
  await open.loadFile('page.html')
  check('without isolation the preload shares the page', await open.webContents.executeJavaScript('preloadGlobal') === 1)
  check('but leaves no require', await open.webContents.executeJavaScript('typeof require') === 'undefined')
  const integrated = new BrowserWindow({ show: false, webPreferences: { nodeIntegration: true } })
  await integrated.loadFile('page.html')
  check('nodeIntegration', await integrated.webContents.executeJavaScript('typeof require("electron").ipcRenderer.send') === 'function')
  finish()
})
