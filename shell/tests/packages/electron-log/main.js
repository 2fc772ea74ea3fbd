// electron-log: lines of main and of pages in one file. It registers a preload script with the
// session, once the app is ready.
const { app, BrowserWindow } = require('electron')
const log = require('electron-log/main')
const fs = require('fs')
const path = require('path')
const { check, finish } = require('../../apps/checks.js')

log.initialize()
log.transports.console.level = false

app.whenReady().then(async () => {
  const file = path.join(app.getPath('userData'), 'logs', 'main.log')
  check('the file', log.transports.file.getFile().path === file)
  log.info('from main', { a: [1, 'two'] })
  log.scope('part').warn('scoped %s', 'line')
  log.silly('nobody reads this')
  const lines = () => fs.readFileSync(file, 'utf8')
  check('lines', /\[info\]\s+from main \{ a: \[ 1, 'two' \] \}/.test(lines()))
  check('scopes', /\[warn\]\s+\(part\)\s+scoped line/.test(lines()))

  log.errorHandler.startCatching({ showDialog: false })
  setTimeout(() => { throw new Error('nobody caught me') })
  const holds = async (test) => {
    while (!test()) await new Promise((resolve) => setTimeout(resolve, 20))
    return true
  }
  check('uncaught errors', await holds(() => lines().includes('nobody caught me')))
  log.errorHandler.stopCatching()

  const win = new BrowserWindow({ show: false })
  await win.loadURL('data:text/html,')
  await win.webContents.executeJavaScript("__electronLog.info('from the page', { b: 2 })")
  check('lines of pages', await holds(() => /\[info\]\s+from the page \{ b: 2 \}/.test(lines())))
  finish()
})
