// The order of the app's events, from start to end (semantics 132 to 137).
const { app, BrowserWindow, screen, session } = require('electron')
const { check, thrown } = require('../checks.js')

const order = []
for (const name of ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed']) {
  app.on(name, () => order.push(name))
}
app.on('web-contents-created', (e, contents) => order.push(`web-contents-created ${contents.id}`))
app.on('browser-window-created', (e, win) => order.push(`browser-window-created ${win.id}`))

check('not ready yet', !app.isReady())
check('126, 134: no window before ready', thrown(() => new BrowserWindow()) === 'Error: Cannot create BrowserWindow before app is ready')
check('name', app.name === 'Life Cycle' && app.getName() === 'Life Cycle')
check('version', app.getVersion() === '3.2.1')
check('app path', app.getAppPath() === __dirname)
check('134: no screen and no session before ready', /can't be used before/.test(thrown(() => screen.getPrimaryDisplay())) && /when app is ready/.test(thrown(() => session.defaultSession)))
app.disableHardwareAcceleration()
check('134: what must come before ready does', !app.isHardwareAccelerationEnabled())
check('not packaged', app.isPackaged === false)
app.setName('Other')
check('setName', app.name === 'Other')
app.commandLine.appendSwitch('some-switch', 'value')
check('switches', app.commandLine.hasSwitch('some-switch') && app.commandLine.getSwitchValue('some-switch') === 'value')
check('temp', app.getPath('temp').startsWith('/'))
check('an unknown path', thrown(() => app.getPath('nowhere')) === "Error: Failed to get 'nowhere' path")
check('process', process.type === 'browser' && process.versions.electron.startsWith('45.') && typeof process.versions.conch === 'string' && /^2\.\d+\.\d+$/.test(process.versions.webkit))

app.whenReady().then(async () => {
  order.push('whenReady')
  check('ready', app.isReady())
  check('134: and throws after it', thrown(() => app.disableHardwareAcceleration()) === 'Error: app.disableHardwareAcceleration() can only be called before app is ready')
  await new Promise((resolve) => app.once('ready', resolve))
  const win = new BrowserWindow({ show: false })
  win.on('close', () => order.push('close'))
  win.on('closed', () => order.push('closed'))
  let prevent = true
  app.on('before-quit', (e) => { if (prevent) e.preventDefault() })
  app.quit()
  prevent = false
  win.once('close', (e) => { order.push('prevented'); e.preventDefault() })
  app.quit()
  await new Promise((resolve) => setTimeout(resolve, 100))
  check('a prevented close cancels the quit', !win.isDestroyed())
  app.quit()
})

app.on('quit', (e, code) => {
  const expected = [
    'will-finish-launching', 'whenReady', 'ready', 'web-contents-created 1', 'browser-window-created 1',
    'before-quit', 'before-quit', 'close', 'prevented', 'before-quit', 'close', 'closed', 'will-quit', 'quit'
  ]
  check(`order: ${order.join(', ')}`, order.join() === expected.join())
  check('quit has the exit code', code === 0)
  require('../checks.js').finish()
})
