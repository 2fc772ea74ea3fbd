// Navigations: which events come of them, in which order, with what, and what they can prevent.
const { app, BrowserWindow } = require('electron')
const http = require('http')
const { check, event, finish } = require('../checks.js')

app.on('window-all-closed', () => {})

const NAMES = [
  'did-start-loading', 'did-start-navigation', 'will-frame-navigate', 'will-navigate', 'will-redirect',
  'did-redirect-navigation', 'did-frame-navigate', 'did-navigate', 'did-navigate-in-page', 'dom-ready',
  'did-frame-finish-load', 'did-finish-load', 'did-fail-load', 'did-fail-provisional-load', 'did-stop-loading'
]
const PAGES = {
  '/': '<title>first</title><a id="link" href="/second">x</a><a id="hash" href="#here">x</a><a id="moved" href="/moved">x</a>',
  '/second': '<title>second</title>',
  '/framed': '<title>framed</title><iframe name="kid" src="/kid"></iframe>',
  '/kid': 'kid',
  '/other': 'other'
}

/** Serves PAGES; /moved leads to /second. */
function serve () {
  const asked = []
  const server = http.createServer((request, response) => {
    asked.push(request.url)
    if (request.url === '/moved') return response.writeHead(302, { location: '/second' }).end()
    const page = PAGES[request.url]
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' })
    response.end(page ?? '<title>none</title>')
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    resolve({ server, asked, base: `http://127.0.0.1:${server.address().port}` })
  }))
}

/** Writes down what happens: `[name, ...what the test wants of it]`. */
function record (contents) {
  const heard = []
  for (const name of NAMES) contents.on(name, (...args) => heard.push([name, ...args]))
  return {
    heard,
    take: () => heard.splice(0).map(([name]) => name).join(),
    find: (name) => heard.find((each) => each[0] === name)
  }
}

const LOADED = 'dom-ready,did-frame-finish-load,did-finish-load,did-stop-loading'
const COMMITTED = 'did-frame-navigate,did-navigate'
const BY_PAGE = 'did-start-loading,did-start-navigation,will-frame-navigate,will-navigate'

app.whenReady().then(async () => {
  const { server, asked, base } = await serve()
  const win = new BrowserWindow({ show: false })
  const { webContents: contents } = win
  const run = (code) => contents.executeJavaScript(`${code}; 0`)
  const { heard, take, find } = record(contents)
  const stopped = () => event(contents, 'did-stop-loading')

  let ended = stopped()
  await win.loadURL(base + '/')
  await ended
  const [, , url, status, text, isMain, processId, routingId] = find('did-frame-navigate')
  check('106: what did-frame-navigate says', url === base + '/' && status === 200 && text === 'OK' && isMain === true &&
    processId === contents.getProcessId() && routingId === contents.mainFrame.routingId)
  check('106: what did-navigate says', find('did-navigate').slice(2).join() === `${base}/,200,OK`)
  let order = take()
  check(`106: a load by the app: ${order}`, order === `did-start-loading,did-start-navigation,${COMMITTED},${LOADED}`)

  ended = stopped()
  await run('link.click()')
  await ended
  for (const name of ['did-start-navigation', 'will-frame-navigate', 'will-navigate']) {
    const [, details, ...args] = find(name)
    check(`106: the event of ${name}`, details.url === base + '/second' && details.isMainFrame === true &&
      details.isSameDocument === false && details.frame === contents.mainFrame && 'initiator' in details)
    check(`106: the arguments of ${name}`, args.join() ===
      [base + '/second', false, true, contents.getProcessId(), contents.mainFrame.routingId].join())
  }
  order = take()
  check(`106: a link in the page: ${order}`, order === `${BY_PAGE},${COMMITTED},${LOADED}`)

  ended = stopped()
  await run('location.href = "/moved"')
  await ended
  check('106: what will-redirect says', find('will-redirect')[1].url === base + '/second' && find('will-redirect')[4] === true)
  check('106: where a redirection leads', contents.getURL() === base + '/second' && find('did-navigate')[2] === base + '/second')
  order = take()
  check(`106: a redirection: ${order}`,
    order === `${BY_PAGE},will-redirect,did-redirect-navigation,${COMMITTED},${LOADED}`)

  ended = stopped()
  contents.reload()
  await ended
  order = take()
  check(`106: a reload: ${order}`, order === `did-start-loading,did-start-navigation,${COMMITTED},${LOADED}`)
  ended = stopped()
  await run('location.reload()')
  await ended
  order = take()
  check(`106: a reload by the page: ${order}`, order === `${BY_PAGE},${COMMITTED},${LOADED}`)

  await win.loadURL(base + '/missing')
  check('106: a page of an error is a page', find('did-navigate')[3] === 404 && find('did-navigate')[4] === 'Not Found')

  // Within the document.
  ended = stopped()
  await win.loadURL(base + '/')
  await ended
  take()
  for (const [what, code, there] of [
    ['a link to a fragment', 'hash.click()', '/#here'],
    ['a fragment', 'location.hash = "there"', '/#there'],
    ['pushState', 'history.pushState(null, "", "/pushed?a")', '/pushed?a'],
    ['replaceState', 'history.replaceState(null, "", "/replaced")', '/replaced']
  ]) {
    const within = event(contents, 'did-navigate-in-page')
    await run(code)
    const [, to, main, ...ids] = await within
    check(`106: ${what} says where: ${to}`, to === base + there && main === true &&
      ids.join() === `${contents.getProcessId()},${contents.mainFrame.routingId}`)
    check(`106: ${what} is in getURL and frame.url`, contents.getURL() === to && contents.mainFrame.url === to)
    check(`106: ${what} starts within the document`, find('did-start-navigation')[1].isSameDocument === true)
    order = take()
    check(`106: ${what}: ${order}`, order === 'did-start-navigation,did-navigate-in-page')
  }
  const back = event(contents, 'did-navigate-in-page')
  await run('history.back()')
  check('106: a step back within the document', (await back)[1] === base + '/#there')
  await win.loadURL(base + '/#asked')
  check('104: a load within the document resolves', contents.getURL() === base + '/#asked')
  check('104: and is told as one', take().includes('did-navigate-in-page'))

  // What listeners can do.
  ended = stopped()
  await win.loadURL(base + '/')
  await ended
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    ended = stopped()
    take()
    asked.length = 0
    contents.once(name, (details) => details.preventDefault())
    await run('location.href = "/moved"')
    await ended
    check(`106: ${name} prevents: ${contents.getURL()} ${asked}`, contents.getURL() === base + '/' && find('did-navigate') === undefined &&
      !asked.includes('/second') && asked.includes('/moved') === (name === 'will-redirect'))
    check(`106: ${name} prevents without an error`, find('did-fail-load') === undefined)
    if (name === 'will-frame-navigate') check('106: and nobody asks again', find('will-navigate') === undefined)
    check(`106: after ${name} the page lives`, await contents.executeJavaScript('document.title') === 'first')
  }
  take()

  // Frames.
  ended = stopped()
  await win.loadURL(base + '/framed')
  await ended
  const first = heard.find(([name, details]) => name === 'will-frame-navigate' && details.url === base + '/kid')
  check('106: the first load of a sub-frame is asked about', first?.[1].isMainFrame === false)
  check('106: but no navigation of the page', find('will-navigate') === undefined)
  const [kid] = contents.mainFrame.frames
  take()
  let there = event(contents, 'did-frame-navigate')
  await run('frames[0].location.href = "/other"')
  check('107: did-frame-navigate of a sub-frame', (await there)[1] === base + '/other' && (await there)[4] === false)
  check('106: will-frame-navigate names the frame', find('will-frame-navigate')[1].frame === kid &&
    find('will-frame-navigate')[1].isMainFrame === false && find('will-navigate') === undefined)
  const within = event(contents, 'did-navigate-in-page')
  await contents.mainFrame.frames[0].executeJavaScript('location.hash = "deep"')
  check('106: within a sub-frame', (await within)[1] === base + '/other#deep' && (await within)[2] === false &&
    contents.mainFrame.frames[0].url.endsWith('#deep'))
  contents.once('will-frame-navigate', (details) => details.preventDefault())
  const refused = event(contents, 'will-frame-navigate')
  asked.length = 0
  await run('frames[0].location.href = "/kid"')
  await refused
  there = event(contents, 'did-frame-navigate')
  await run('frames[0].location.href = "/other?"')
  await there
  check('106: a sub-frame is kept where it is', !asked.includes('/kid') && contents.mainFrame.frames[0].url === base + '/other?')

  // Another origin's frame sends the whole page somewhere.
  const local = base.replace('127.0.0.1', 'localhost')
  await run(`document.querySelector('iframe').src = '${local}/kid'`)
  await event(contents, 'did-frame-navigate')
  const asks = event(contents, 'will-navigate')
  contents.once('will-navigate', (details) => details.preventDefault())
  await contents.mainFrame.frames[0].executeJavaScript(`top.location.href = '${base}/second'; 0`).catch(() => {})
  check('106: will-navigate for what another origin begins', (await asks)[1] === base + '/second')
  await win.loadURL(base + '/')

  // Windows that the page opens.
  let details
  for (const [what, code, disposition] of [
    ['a link', 'link.target = "_blank"; link.click()', 'foreground-tab'],
    ['window.open', 'window.open("/second")', 'new-window']
  ]) {
    const asks = new Promise((resolve) => contents.setWindowOpenHandler((given) => {
      details = given
      setImmediate(resolve)
      return { action: 'deny' }
    }))
    await run(code)
    await asks
    check(`114: the handler is asked about ${what}`, details.url === base + '/second' && details.frameName === '' && details.disposition === disposition)
    check(`114: and denies ${what}`, BrowserWindow.getAllWindows().length === 1)
    contents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: { show: false, width: 321 } }))
    const made = event(contents, 'did-create-window')
    await run(code)
    const [child, created] = await made
    check(`115: did-create-window for ${what}`, created.url === base + '/second' && created.options.width === 321 && child.getSize()[0] === 321)
    await event(child.webContents, 'did-finish-load')
    check(`114: what ${what} opens is loaded`, child.webContents.getURL() === base + '/second')
    child.destroy()
  }
  const opener = new BrowserWindow({ show: false })
  await opener.loadURL(base + '/')
  const family = event(opener.webContents, 'did-create-window')
  opener.webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: { show: false } }))
  await opener.webContents.executeJavaScript('window.open("/second"); 0')
  const [kin] = await family
  opener.destroy()
  check('114: a window goes with its opener', kin.isDestroyed())

  // A window that closes when it is told.
  for (const name of ['did-start-navigation', 'will-frame-navigate', 'will-navigate', 'will-redirect', 'did-navigate']) {
    const other = new BrowserWindow({ show: false })
    await other.loadURL(base + '/')
    const closed = event(other, 'closed')
    other.webContents.once(name, () => other.destroy())
    other.webContents.executeJavaScript('location.href = "/moved"; 0').catch(() => {})
    await closed
    check(`121: a window may go away in ${name}`, other.isDestroyed())
  }
  win.destroy()
  server.close()
  finish()
})
