// electron-store: settings in a file of the app's data.
const { app, BrowserWindow, ipcMain } = require('electron')
const Store = require('electron-store')
const fs = require('fs')
const path = require('path')
const { check, event, finish, thrown } = require('../../apps/checks.js')

app.whenReady().then(async () => {
  const schema = { volume: { type: 'number', maximum: 100, minimum: 1, default: 50 }, name: { type: 'string' } }
  const store = new Store({ schema })
  const file = path.join(app.getPath('userData'), 'config.json')
  check('the file', store.path === file)
  check('defaults of the schema', store.get('volume') === 50 && store.size === 1)
  const changes = []
  store.onDidChange('volume', (now, before) => changes.push([now, before]))
  store.set('volume', 70)
  check('set', store.get('volume') === 70 && JSON.stringify(changes) === '[[70,50]]')
  store.set({ name: 'Zoë', deep: { er: [1, 2] } })
  check('dotted names', store.get('deep.er')[1] === 2 && store.has('deep.er') && !store.has('deep.en'))
  check('the schema is checked', thrown(() => store.set('volume', 101)) === 'Error: Config schema violation: `volume` must be <= 100')
  check('on the disk', JSON.parse(fs.readFileSync(file, 'utf8')).name === 'Zoë')
  check('another one reads it', new Store({ schema }).get('deep.er').length === 2)
  store.delete('deep')
  check('delete', !new Store().has('deep'))
  store.reset('volume')
  check('reset', store.get('volume') === 50)

  const secret = new Store({ name: 'secret', encryptionKey: 'not so secret' })
  secret.set('word', 'tremendous')
  const text = fs.readFileSync(secret.path, 'latin1')
  check('encrypted', !text.includes('tremendous') && new Store({ name: 'secret', encryptionKey: 'not so secret' }).get('word') === 'tremendous')

  const migrated = new Store({ name: 'old', migrations: { '1.0.0': (old) => old.set('moved', true), '2.0.0': (old) => old.set('future', true) } })
  check('migrations up to the version of the app', migrated.get('moved') === true && !migrated.has('future'))

  ipcMain.handle('get', (e, key) => store.get(key))
  const asked = event(ipcMain, 'answer')
  const win = new BrowserWindow({ show: false, webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  win.loadURL('data:text/html,')
  check('from a page', (await asked)[1] === 'Zoë')
  Store.initRenderer()
  check('initRenderer', require('electron').ipcMain.listenerCount('electron-store-get-data') === 1)
  finish()
})
