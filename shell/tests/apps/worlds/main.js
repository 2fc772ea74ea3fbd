// Script worlds of the app's own, and webFrame.
const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')
const { check, event, finish, thrown } = require('../checks.js')

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  await win.loadFile('index.html')
  const { webContents: contents } = win
  const inWorld = (id, ...codes) => contents.executeJavaScriptInIsolatedWorld(id, codes.map((code) => ({ code })))

  check('84: an api in a world of its own', await inWorld(1000, 'api.double(4)') === 8)
  check('84: its promises', await inWorld(1000, 'api.later([1, 2])') === 2)
  check('84: no other world has it', await inWorld(1001, 'typeof api') === 'undefined' && await contents.executeJavaScript('typeof api') === 'undefined')
  check('84: a world keeps what is its own', await inWorld(1001, 'var own = 1', 'own + 1') === 2 && await contents.executeJavaScript('typeof own') === 'undefined')
  check('84: all worlds share the document', await inWorld(1001, 'document.title') === 'Worlds')
  check('84: 0 is the page, 999 the preload', await inWorld(0, 'typeof page') === 'object' && await inWorld(999, 'mine') === 'preload')
  const error = await inWorld(1001, 'throw new RangeError("far")').catch((error) => error)
  check(`84: an error of such a world: ${error}`, error instanceof RangeError && error.message === 'far')
  for (const id of [-1, 1.5, 'x', null]) {
    const refused = await contents.executeJavaScriptInIsolatedWorld(id, []).catch((error) => error)
    check(`84: ${id} is no world`, /conversion failure/.test(refused.message))
  }
  check('84: scripts are a list', /index 1, conversion failure/.test(await contents.executeJavaScriptInIsolatedWorld(1, 'x').catch((error) => error.message)))
  check('71: symbols are keys over the bridge', await contents.executeJavaScript('page.symbolKey()[Symbol.for("key")]') === 5)
  check('82: a getter of a result', await contents.executeJavaScript('try { page.poisoned() } catch (error) { error.message }') === 'Uncaught Error: boom')
  check('70: what is exposed is enumerable', await contents.executeJavaScript('Object.keys(window).includes("page")'))

  check('81: elements are the same both ways', await contents.executeJavaScript('dom.body() === document.body && dom.isBody(document.body)'))
  check('81: Blobs are of the own realm, both ways', await contents.executeJavaScript(`(async () => {
    const blob = dom.blob()
    return blob instanceof Blob && blob.type === 'x/y' && await blob.text() === 'abcd' && dom.size(new Blob(['xyz'])) === 3
  })()`))

  const ran = event(ipcMain, 'ran')
  contents.send('run')
  const results = JSON.stringify((await ran)[1])
  const expected = JSON.stringify([
    'Worlds', 'undefined', 'true Error: bad', [2, null], 6, 'undefined', 'undefinedundefined',
    'true TypeError: Error processing argument at index 0, conversion failure from x',
    'rgb(1, 2, 3)', 'rgb(0, 0, 0)', 'typed'
  ])
  check(`webFrame: ${results}`, results === expected)

  // A new document has none of what the old one's worlds had.
  await inWorld(1002, 'var old = 1')
  await win.loadFile('index.html')
  check('84: a new document has new worlds', await inWorld(1002, 'typeof old') === 'undefined' && await inWorld(1000, 'api.double(1)') === 2)
  const open = new BrowserWindow({ show: false, webPreferences: { contextIsolation: false } })
  await open.loadFile('index.html')
  check('84: a page that is not isolated has other worlds too', await open.webContents.executeJavaScriptInIsolatedWorld(7, [{ code: 'typeof page' }]) === 'undefined')
  open.destroy()
  check('108: not when it is destroyed', /destroyed/.test(thrown(() => open.webContents.executeJavaScriptInIsolatedWorld(7, []))) ||
    /destroyed/.test(await open.webContents.executeJavaScriptInIsolatedWorld(7, []).catch(String)))
  finish()
  app.quit()
})
