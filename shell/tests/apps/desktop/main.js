// What the desktop around an app does for it: clipboard, displays, other programs, light and dark.
// $HOME is a folder of the test's own, with a program for addresses of the scheme `conch-test`.
const { app, BrowserWindow, clipboard, ipcMain, Menu, nativeTheme, screen, session, shell } = require('electron')
const fs = require('fs')
const path = require('path')
const { check, event, finish, thrown } = require('../checks.js')

const home = process.env.HOME
const rejected = (promise) => promise.then(() => 'nothing was thrown', (error) => `${error.name}: ${error.message}`)
const appears = async (file) => {
  while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20))
  return fs.readFileSync(file, 'utf8')
}

check('screen before ready', thrown(() => screen.getAllDisplays()) === "Error: The 'screen' module can't be used before the app 'ready' event")
app.on('ready', () => {
  session.defaultSession.registerPreloadScript({ type: 'frame', filePath: path.join(__dirname, 'session-preload.js') })
})

app.whenReady().then(async () => {
  const ran = event(ipcMain, 'preload')
  const win = new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  win.loadURL('data:text/html,<title>Page</title>')
  check("the session's preload script runs before the window's", (await ran)[1].join() === 'session,window')

  clipboard.writeText('text of ü')
  check('clipboard text', clipboard.readText() === 'text of ü' && clipboard.has('text/plain'))
  clipboard.write({ text: 'https://a.test/', html: '<i>a</i>', bookmark: 'A' })
  check('clipboard formats', clipboard.readHTML() === '<i>a</i>' && clipboard.readBookmark().title === 'A')
  clipboard.writeText('marked', 'selection')
  check('two clipboards', clipboard.readText('selection') === 'marked' && clipboard.readText() === 'https://a.test/')
  clipboard.clear()
  check('an empty clipboard', clipboard.readText() === '' && clipboard.availableFormats().length === 0)

  const display = screen.getPrimaryDisplay()
  check('the display', display.size.width === display.bounds.width && display.size.width > 0 && display.scaleFactor === 1)
  check('the display of a window', screen.getDisplayMatching(win.getBounds()).id === display.id)
  screen.getCursorScreenPoint()

  await shell.openExternal('conch-test:some/thing?a=b')
  check('openExternal', (await appears(path.join(home, 'opened'))).trim() === 'conch-test:some/thing?a=b')
  check('openExternal without a program', /^Error: /.test(await rejected(shell.openExternal('no-such-scheme:x'))))
  check('openPath of nothing', (await shell.openPath('/no/such/file')) === 'Failed to open path')
  const rubbish = path.join(home, 'rubbish')
  fs.writeFileSync(rubbish, 'x')
  await shell.trashItem(rubbish)
  check('trashItem', !fs.existsSync(rubbish) && fs.existsSync(path.join(home, '.local/share/Trash/files/rubbish')))
  check('trashItem of nothing', /^Error: /.test(await rejected(shell.trashItem(rubbish))))

  check('light at first', nativeTheme.shouldUseDarkColors === false)
  const updated = event(nativeTheme, 'updated')
  nativeTheme.themeSource = 'dark'
  await updated
  check('dark', nativeTheme.shouldUseDarkColors)
  const dark = await win.webContents.executeJavaScript("matchMedia('(prefers-color-scheme: dark)').matches")
  check('dark pages', dark)

  check('a menu bar from the start', Menu.getApplicationMenu().items.length === 4 && win.isMenuBarVisible())
  win.webContents.zoomLevel = 1
  check('zoom', Math.abs(win.webContents.zoomFactor - 1.2) < 1e-9)
  app.setAppLogsPath()
  check('logs', fs.existsSync(path.join(home, '.config/desktop/logs')) && app.getPath('logs').endsWith('/desktop/logs'))
  finish()
})
