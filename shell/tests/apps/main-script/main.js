// An ES module as the main script: what it gets of Electron's module, of process, and of values.
import electron, { app, BrowserWindow, ipcMain } from 'electron/main'
import * as common from 'electron/common'
import { app as again } from 'electron'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

const require = createRequire(import.meta.url)
const { check, event, finish, thrown } = require('../checks.js')
const folder = path.dirname(fileURLToPath(import.meta.url))

let ready = false
app.on('ready', () => { ready = true })
await new Promise((resolve) => { setTimeout(resolve, 200) })
check('ready waits for top-level await', !ready && !app.isReady())

const required = require('./common.cjs')
check('every name is the one module', required.every((each) => each === electron))
check('imported names are its own', app === again && app === electron.app && common.default === electron)
check('what it lacks is undefined', electron.ipcRenderer === undefined)

check('process.type', process.type === 'browser')
check('process.versions', process.versions.electron === '45.0.0' && /^\d+\.\d+\.\d+$/.test(process.versions.conch))
check('process.versions.node is a version', /^\d+\.\d+\.\d+/.test(process.versions.node))
check('process.defaultApp', process.defaultApp === true)
check('process.resourcesPath', path.isAbsolute(process.resourcesPath))
check('process.argv', process.argv[0] === process.execPath && path.resolve(process.argv[1]) === folder)
check('process.execPath is what app says', app.getPath('exe') === process.execPath)
check('process.execArgv is empty', process.execArgv.length === 0)
check('process.parentPort is nothing', process.parentPort === undefined)
check('app has the names of package.json', app.getName() === 'Main Script' && app.getVersion() === '3.2.1')
check('app.getAppPath()', app.getAppPath() === folder)

// A listener takes what nobody else does, and no dialog is shown.
process.on('uncaughtException', (error, origin) => console.log('taken:', error.message, origin))
setTimeout(() => { throw new Error('for the listener') })
await new Promise((resolve) => { setTimeout(resolve, 50) })

app.whenReady().then(async () => {
  const { app: dynamic } = await import('electron')
  check('import() gives the same', dynamic === app)
  check('process.versions.webkit', /^2\./.test(process.versions.webkit))

  const win = new BrowserWindow({
    show: false, webPreferences: { preload: path.join(folder, 'preload.cjs') }
  })
  check('what answers at once does so', win.getBounds().width === 800 && win.isVisible() === false)
  await win.loadURL('about:blank')
  const own = Buffer.from('own bytes')
  const looked = event(ipcMain, 'looked')
  win.webContents.send('values', own, { nested: [Buffer.from('x')], big: 2n ** 70n })
  const [, kind, plain, length, back, rest] = await looked
  check('a Buffer arrives as a Uint8Array', kind === '[object Uint8Array]' && plain)
  check('with its own bytes and no more', length === own.length && rest.nested[0].buffer.byteLength === 1)
  check('and comes back as one', Object.getPrototypeOf(back) === Uint8Array.prototype && Buffer.from(back).equals(own))
  check('other values are whole', rest.big === 2n ** 70n)
  check("objects of Electron's are not sent", thrown(() => win.webContents.postMessage('x', win)) ===
    'Error: An object could not be cloned.')
  finish()
})
