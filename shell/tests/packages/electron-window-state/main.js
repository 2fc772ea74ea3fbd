// electron-window-state: a window is where it was.
const { app, BrowserWindow, screen } = require('electron')
const windowState = require('electron-window-state')
const fs = require('fs')
const path = require('path')
const { check, event, finish } = require('../../apps/checks.js')

app.on('window-all-closed', () => {})

app.whenReady().then(async () => {
  const file = path.join(app.getPath('userData'), 'window-state.json')
  const first = windowState({ defaultWidth: 700, defaultHeight: 500 })
  check('the defaults', first.width === 700 && first.height === 500 && first.x === undefined)
  const win = new BrowserWindow({ width: first.width, height: first.height })
  first.manage(win)
  const moved = event(win, 'move')
  win.setBounds({ x: 110, y: 120, width: 640, height: 480 })
  await moved
  const closed = event(win, 'closed')
  win.close()
  await closed
  const saved = JSON.parse(fs.readFileSync(file, 'utf8'))
  check('saved', saved.x === 110 && saved.y === 120 && saved.width === 640 && saved.height === 480 && saved.isMaximized === false)
  check('with its display', saved.displayBounds.width === screen.getPrimaryDisplay().bounds.width)

  const second = windowState({ defaultWidth: 700, defaultHeight: 500 })
  check('read again', second.x === 110 && second.width === 640)
  const { x, y, width, height } = second
  const again = new BrowserWindow({ x, y, width, height })
  check('where it was', JSON.stringify(again.getBounds()) === '{"x":110,"y":120,"width":640,"height":480}')

  fs.writeFileSync(file, JSON.stringify({ ...saved, x: 90000 }))
  const lost = windowState({ defaultWidth: 700, defaultHeight: 500 })
  check('not where no display is', lost.x === 0 && lost.width === 700)
  finish()
})
