// `@electron/remote`, unmodified: what it promises, in a preload script and in a page, and that both
// sides let go of what the other no longer holds.
const { app, BrowserWindow, ipcMain } = require('electron')
const remote = require('@electron/remote/main')
const registry = require('@electron/remote/dist/src/main/objects-registry').default
const path = require('path')
const { check, event, finish } = require('../../apps/checks.js')
const shared = require('./shared')

const { requestGarbageCollectionForTesting } = process._linkedBinding('electron_common_v8_util')

app.on('window-all-closed', () => {})
remote.initialize()
global.aValue = [1, 'two', null]

const isolated = { sandbox: false, preload: path.join(__dirname, 'preload.js') }
const integrated = { nodeIntegration: true, contextIsolation: false }

async function open (webPreferences, page, enabled = true) {
  const win = new BrowserWindow({ show: false, webPreferences })
  if (enabled) remote.enable(win.webContents)
  await win.loadFile(page)
  return win
}

const eventually = async (holds) => {
  for (let round = 0; round < 400 && !holds(); round++) await new Promise((resolve) => setTimeout(resolve, 20))
  return holds()
}
const stored = () => Object.keys(registry.storage).length

app.whenReady().then(async () => {
  const refusing = await open(isolated, 'page.html', false)
  const refusal = event(ipcMain, 'refusal')
  refusing.webContents.send('refused')
  const [, text] = await refusal
  check(`not enabled: ${text}`, text === '@electron/remote is disabled for this WebContents. Call require("@electron/remote/main").enable(webContents) to enable it.')
  refusing.destroy()

  for (const [name, preferences, page] of [['a preload script', isolated, 'page.html'], ['a page', integrated, 'integrated.html']]) {
    const win = await open(preferences, page)
    const lines = event(ipcMain, 'lines')
    win.webContents.send('run', { window: win.id, contents: win.webContents.id })
    const [, results] = await lines
    check(`${name}: all checks ran`, results.length === 14)
    for (const line of results) check(`${name}: ${line.replace(/^(not )?ok /, '')}`, line.startsWith('ok '))
    win.destroy()
    check(`${name}: nothing is kept for a window that is gone: ${stored()}`, stored() === 0)
  }

  const win = await open(isolated, 'page.html')
  const { webContents } = win
  const hold = async () => {
    const held = event(ipcMain, 'held')
    webContents.send('hold')
    await held
  }
  await hold()
  check(`the page holds objects: ${stored()}`, stored() > 100)
  webContents.send('collect')
  webContents.send('release')
  const isReleased = await eventually(() => {
    webContents.send('collect')
    return stored() < 20
  })
  check(`what the page lets go is released: ${stored()}`, isReleased)

  await hold()
  await win.loadFile('page.html')
  await eventually(() => stored() === 0)
  check(`what the page before held is released: ${stored()}`, stored() === 0)

  await hold()
  const gone = event(webContents, 'render-process-gone')
  webContents.forcefullyCrashRenderer()
  await gone
  check(`what a page held that crashed is released: ${stored()}`, stored() === 0)
  await win.loadFile('page.html')

  const given = event(ipcMain, 'given')
  webContents.send('give')
  const [, contextId] = await given
  check(`the id of the context: ${contextId}`, contextId.startsWith(`${webContents.getOSProcessId()}-`))
  const called = event(ipcMain, 'called')
  shared.kept[0]('by main')
  check('a function of the page is called', (await called)[1] === 'by main')

  // The page forgets a function that main no longer holds.
  let released
  const { sendToFrame } = webContents
  webContents.sendToFrame = (frame, channel, ...args) => {
    if (channel === 'REMOTE_RENDERER_RELEASE_CALLBACK') released = args
    return sendToFrame.call(webContents, frame, channel, ...args)
  }
  shared.forget()
  await eventually(() => {
    requestGarbageCollectionForTesting()
    return released !== undefined
  })
  check(`a function that main forgets is released: ${released}`, released?.[0] === contextId)

  // A listener whose page is gone is taken off when it is next called.
  const again = event(ipcMain, 'given')
  webContents.send('give')
  await again
  webContents.on('late', shared.kept[0])
  await win.loadFile('page.html')
  const warned = new Promise((resolve) => {
    const { warn } = console
    console.warn = (text) => { console.warn = warn; resolve(text) }
  })
  webContents.emit('late', 1)
  const warning = await warned
  check(`a function of a page that is gone: ${warning}`, warning.startsWith('Attempting to call a function in a renderer window that has been closed or released.') && warning.includes('Remote event names: late'))
  check('is a listener no more', webContents.listenerCount('late') === 0)
  finish()
})
