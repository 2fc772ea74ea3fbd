// webContents: loading, scripts, errors, crashes, the preload's environment.
const { app, BrowserWindow, ipcMain, MessageChannelMain, webContents } = require('electron')
const path = require('path')
const { inspect } = require('util')
const { check, event, finish, thrown } = require('../checks.js')

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
  const bad = await failure(run('const bad = () => { throw new TypeError("bad") }\nbad()'))
  check(`a throw: ${bad.stack}`, bad instanceof TypeError && bad.message === 'bad' &&
    /^TypeError: bad\n    at bad \(<anonymous>:1:\d+\)\n    at <anonymous>:2:\d+$/.test(bad.stack))
  check('printed as Node prints it', inspect(bad) === bad.stack)
  const syntax = await failure(run('\nconst = 1'))
  check(`a syntax error: ${syntax.stack}`, syntax.name === 'SyntaxError' && /\n    at <anonymous>:2$/.test(syntax.stack))
  const selector = await failure(run('document.querySelector("!")'))
  check(`an error of the document: ${selector.stack}`, selector instanceof Error && /selector/.test(selector.message))
  const loading = await failure(run('fetch("nosuchscheme://x")'))
  check(`an error without a place: ${loading.stack}`, loading.stack === `TypeError: ${loading.message}`)
  const named = await failure(run('throw Object.assign(new RangeError("named"), { name: "Mine" })'))
  check(`a name of its own: ${named.stack}`, named.name === 'Error' && named.stack.startsWith('Mine: named\n    at '))
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

  const ticks = await run(`new Promise((resolve) => { let n = 0; const timer = setInterval(() => { if (++n === 5) { clearInterval(timer); resolve(n) } }, 1) })`)
  check('118: a window that is not shown loads, runs and talks', !win.isVisible() && ticks === 5)
  check('131: a window forwards what is its page\'s', win.getURL() === contents.getURL() && !win.isDevToolsOpened() &&
    [win.loadURL, win.loadFile, win.reload, win.send, win.openDevTools, win.closeDevTools, win.toggleDevTools].every((it) => typeof it === 'function'))
  const forwarded = event(contents, 'did-stop-loading')
  win.reload()
  await forwarded
  check('131: reload', contents.getURL().endsWith('page.html'))

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

  for (const [name, pattern] of [
    ['throws.js', /^Error: preload throws\n    at [^\n]*throws\.js:1:1?\d$/],
    ['syntax.js', /^SyntaxError: Unexpected token[^\n]*\n    at [^\n]*syntax\.js:1$/],
    ['missing.js', /^Error: ENOENT: no such file or directory, open '[^\n]*missing\.js'$/]
  ]) {
    const other = new BrowserWindow({ show: false, ...preload(name) })
    const failed = event(other.webContents, 'preload-error')
    await other.loadFile('page.html')
    const [, file, error] = await failed
    check(`${name}: ${error.stack}`, file.endsWith(name) && pattern.test(error.stack))
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
  await integrated.loadFile('open.html')
  check('a script imports what lies beside the page', await integrated.webContents.executeJavaScript('import("./answer.mjs").then((it) => it.default)') === 42)

  // Style sheets of the app, whatever the page allows, and gone when they are taken back.
  const color = 'getComputedStyle(document.body).color'
  await integrated.loadURL('data:text/html,<meta http-equiv="Content-Security-Policy" content="default-src %27none%27"><body>')
  const key = await integrated.webContents.insertCSS('body { color: rgb(1, 2, 3) !important }')
  const second = await integrated.webContents.insertCSS('body { color: rgb(4, 5, 6) !important }')
  check('insertCSS', key !== second && await integrated.webContents.executeJavaScript(color) === 'rgb(4, 5, 6)')
  await integrated.webContents.removeInsertedCSS(second)
  check('removeInsertedCSS takes its own', await integrated.webContents.executeJavaScript(color) === 'rgb(1, 2, 3)')
  await integrated.webContents.removeInsertedCSS(key)
  check('and leaves nothing', await integrated.webContents.executeJavaScript(color) === 'rgb(0, 0, 0)')

  check('getUserAgent', /WebKit/.test(integrated.webContents.getUserAgent()))
  integrated.webContents.setUserAgent('Mine/1.0')
  check('setUserAgent', integrated.webContents.userAgent === 'Mine/1.0')
  await integrated.loadFile('page.html')
  check('pages have it', await integrated.webContents.executeJavaScript('navigator.userAgent') === 'Mine/1.0')

  // Objects of the electron module go nowhere.
  const uncloneable = 'Error: An object could not be cloned.'
  const { port1, port2 } = new MessageChannelMain()
  const { webContents: target } = integrated
  const sent = event(ipcMain, 'sent')
  await target.executeJavaScript('require("electron").ipcRenderer.send("sent")')
  const [messageEvent] = await sent
  const objects = { app, integrated, target, frame: target.mainFrame, port1, ipcMain, messageEvent }
  for (const [name, object] of Object.entries(objects)) {
    check(`${name} is not posted`, thrown(() => target.postMessage('x', object)) === uncloneable &&
      thrown(() => target.mainFrame.postMessage('x', [{ object }])) === uncloneable && thrown(() => port2.postMessage(object)) === uncloneable)
    check(`${name} is not sent`, target.send('x', object) === undefined)
    ipcMain.handleOnce('get', () => object)
    const answer = await failure(target.executeJavaScript('require("electron").ipcRenderer.invoke("get")'))
    check(`${name} is no answer: ${answer.message}`, answer.message === `Error invoking remote method 'get': ${uncloneable}`)
  }
  finish()
})
