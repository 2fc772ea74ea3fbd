// console-message: what a page, its frames and its preload script write and throw (semantics 119).
const { app, BrowserWindow } = require('electron')
const path = require('path')
const { check, finish } = require('../checks.js')

const preload = path.join(__dirname, 'preload.js')

app.whenReady().then(async () => {
  const win = new BrowserWindow({ show: false, webPreferences: { preload } })
  const lines = []
  let heard = () => {}
  win.webContents.on('console-message', (event, ...args) => {
    lines.push({ event, args })
    heard()
  })
  const line = async (text) => {
    for (;;) {
      const found = lines.find(({ event }) => event.message === text)
      if (found !== undefined) return found
      await new Promise((resolve) => { heard = resolve })
    }
  }
  const isIn = ({ event }, file, number, level) =>
    event.sourceId === `file://${path.join(__dirname, file)}` && event.lineNumber === number && event.level === level

  await win.loadFile('page.html')
  check('119: all arguments, with a space between', isIn(await line('one 2 3n 0 true null undefined Symbol(s)'), 'page.js', 5, 'info'))
  check('119: objects by their kind, arrays by their elements, and no format', isIn(
    await line('%s is not replaced text [object Object] 1,2,,x, 1, [object Named]'), 'page.js', 6, 'info'))
  check('119: errors, expressions, functions and boxed values by their text', isIn(
    await line('Error: told /a/g 5 boxed [object Map] [object Proxy] () => 1'), 'page.js', 7, 'info'))
  check('119: what cannot be shown is left out', isIn(await line(' after'), 'page.js', 8, 'info'))
  const levels = ['debug', 'info', 'warning', 'error']
  for (const [i, text] of ['d 1', 'i 2', 'w 3', 'e 4'].entries()) {
    check(`119: the level ${levels[i]}`, isIn(await line(text), 'page.js', 9 + i, levels[i]))
  }
  check('119: an assertion that failed', isIn(await line('asserted 5'), 'page.js', 14, 'error') &&
    !lines.some(({ event }) => event.message.includes('not told')))
  const inner = await line('in a function line 20')
  check('119: the place is that of the call, whatever the page did to arrays and functions', isIn(inner, 'page.js', 18, 'info'))
  check('119: the older arguments', inner.args.join('|') ===
    `1|in a function line 20|18|${inner.event.sourceId}` && inner.event.frame === win.webContents.mainFrame)
  const framed = await line('of a frame')
  check('119: a line of a sub-frame', isIn(framed, 'frame.html', 3, 'info') &&
    framed.event.frame === win.webContents.mainFrame.frames[0])
  check('119: an exception of the page', isIn(await line('Uncaught Error: of the page'), 'page.js', 21, 'error'))
  check('119: an exception that is no error', isIn(await line('Uncaught #<Object>'), 'page.js', 22, 'error'))

  check('119: a line of the preload script', isIn(await line('preload 1 done'), 'preload.js', 7, 'info'))
  check("119: an exception of a preload script's listener",
    isIn(await line('Uncaught TypeError: of a listener'), 'preload.js', 3, 'error'))
  check("119: an exception of a preload script's timer",
    isIn(await line('Uncaught Error: of a timer'), 'preload.js', 4, 'error'))
  check("119: a rejection in a preload script",
    (await line('Uncaught (in promise) Error: of a promise')).event.level === 'error')
  win.webContents.send('throw')
  check("119: an exception of a preload script's ipcRenderer listener",
    isIn(await line('Uncaught RangeError: of a message'), 'preload.js', 6, 'error'))
  finish()
})
