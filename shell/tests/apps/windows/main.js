// BrowserWindow's surface, in real windows.
const { app, BrowserWindow } = require('electron')
const { check, finish, event } = require('../checks.js')

app.on('window-all-closed', () => {})

app.whenReady().then(async () => {
  const win = new BrowserWindow({
    x: 50, y: 60, width: 640, height: 480, minWidth: 200, minHeight: 150, title: 'First', backgroundColor: '#336699'
  })
  check('shown at once', win.isVisible())
  check('title', win.getTitle() === 'First')
  await win.loadFile('page.html')
  check('the page sets the title', win.getTitle() === 'A page')
  win.setTitle('Mine')
  check('setTitle', win.getTitle() === 'Mine')
  check('getBounds', JSON.stringify(win.getBounds()) === '{"x":50,"y":60,"width":640,"height":480}')
  check('getSize', win.getSize().join() === '640,480')

  const resized = event(win, 'resize')
  win.setSize(700, 500)
  await resized
  check('setSize', win.getSize().join() === '700,500')
  const moved = event(win, 'move')
  win.setBounds({ x: 90 })
  await moved
  check('setBounds merges', JSON.stringify(win.getBounds()) === '{"x":90,"y":60,"width":700,"height":500}')

  const hidden = event(win, 'hide')
  win.hide()
  await hidden
  check('hide', !win.isVisible())
  const shown = event(win, 'show')
  win.show()
  await shown
  check('show', win.isVisible())

  const focused = event(win, 'focus')
  win.focus()
  await focused
  check('focus', win.isFocused() && BrowserWindow.getFocusedWindow() === win)

  const maximized = event(win, 'maximize')
  win.maximize()
  await maximized
  check('maximize', win.isMaximized())
  const unmaximized = event(win, 'unmaximize')
  win.unmaximize()
  await unmaximized
  check('unmaximize', !win.isMaximized())
  const full = event(win, 'enter-full-screen')
  win.setFullScreen(true)
  await full
  check('setFullScreen', win.isFullScreen())
  const left = event(win, 'leave-full-screen')
  win.setFullScreen(false)
  await left
  check('leaving full screen', !win.isFullScreen())
  const minimized = event(win, 'minimize')
  win.minimize()
  await minimized
  check('minimize', win.isMinimized())
  const restored = event(win, 'restore')
  win.restore()
  await restored
  check('restore', !win.isMinimized())

  check('fromId', BrowserWindow.fromId(win.id) === win && BrowserWindow.fromId(99) === null)
  check('fromWebContents', BrowserWindow.fromWebContents(win.webContents) === win)
  const second = new BrowserWindow({ show: false })
  check('hidden', !second.isVisible())
  check('getAllWindows', BrowserWindow.getAllWindows().length === 2)
  const ready = event(second, 'ready-to-show')
  second.loadFile('page.html')
  await ready
  second.once('page-title-updated', (e) => e.preventDefault())
  const title = second.getTitle()
  await second.webContents.executeJavaScript('document.title = "Another"; new Promise((r) => setTimeout(r, 100))')
  check('page-title-updated can be prevented', second.getTitle() === title)

  win.once('close', (e) => e.preventDefault())
  win.close()
  check('close can be prevented', !win.isDestroyed())
  const closed = event(win, 'closed')
  win.close()
  await closed
  check('close', win.isDestroyed() && BrowserWindow.getAllWindows().length === 1)
  let text
  try { win.getTitle() } catch (error) { text = `${error.name}: ${error.message}` }
  check('a destroyed window says so', text === 'TypeError: Object has been destroyed')

  let started = false
  second.on('close', () => { started = true })
  const gone = event(second, 'closed')
  second.destroy()
  await gone
  check('destroy asks nobody', !started)

  const hiddenWorker = new BrowserWindow({ show: false })
  await hiddenWorker.loadFile('page.html')
  const ticks = await hiddenWorker.webContents.executeJavaScript(`new Promise((resolve) => {
    let ticks = 0
    const timer = setInterval(() => { if (++ticks === 60) { clearInterval(timer); resolve(performance.now() - begin) } }, 10)
    const begin = performance.now()
  })`)
  // Throttled, sixty ticks would take a minute.
  check(`timers of hidden pages are not throttled (${ticks} ms)`, ticks < 20000)
  finish()
})
