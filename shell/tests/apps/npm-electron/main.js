// An app with `electron` in its node_modules, run by the `electron` command.
const { app, BrowserWindow } = require('electron')
const fs = require('fs')
const path = require('path')

console.log(`arguments: ${process.argv.slice(2).join()}`)
console.log(`installed: ${fs.existsSync(path.join(__dirname, 'node_modules/electron/package.json'))}`)
console.log(`version: v${process.versions.electron}`)
console.log(`nested: ${require('nested') === require('electron')}`)

app.on('before-quit', () => console.log('before-quit'))
app.whenReady().then(async () => {
  const win = new BrowserWindow()
  await win.loadURL('data:text/html,<title>A window</title>')
  console.log(`title: ${await win.webContents.executeJavaScript('document.title')}`)
  if (process.argv.includes('exit')) app.exit(7)
  if (process.argv.includes('die')) process.kill(process.pid, 'SIGKILL')
})
