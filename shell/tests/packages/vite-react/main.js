// A page that Vite built, with React in it, from files and under a content security policy.
const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('path')
const { check, finish } = require('../../apps/checks.js')

app.whenReady().then(async () => {
  ipcMain.handle('next', (event, count) => count + 1)
  const win = new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'preload.js') } })
  win.webContents.on('console-message', ({ level, message }) => { if (level === 'error') check(`no error: ${message}`, false) })
  await win.loadFile('dist/index.html')
  const page = (code) => win.webContents.executeJavaScript(code)
  const holds = async (code) => {
    while (!(await page(code))) await new Promise((resolve) => setTimeout(resolve, 20))
    return true
  }
  check('rendered', await holds("document.querySelector('button')?.textContent === 'count 0'"))
  await page("document.querySelector('button').click()")
  check('a click, by way of main', await holds("document.querySelector('button').textContent === 'count 1'"))
  for (const tick of [1, 2, 3]) win.webContents.send('tick', tick)
  check('events of main', await holds("[...document.querySelectorAll('li')].map((li) => li.textContent).join() === '1,2,3'"))
  check('a chunk of its own', await holds("document.querySelector('#later') !== null"))
  check('styles', (await page("getComputedStyle(document.querySelector('button')).color")) === 'rgb(1, 2, 3)')
  finish()
})
