// electron-context-menu: menus that the test's mouse opens and its keyboard chooses from.
import { app, BrowserWindow, clipboard, Menu } from 'electron'
import contextMenu from 'electron-context-menu'

contextMenu({
  showInspectElement: false,
  showSearchWithGoogle: false,
  prepend: (actions, params) => [{ label: 'Ours', click: () => console.log(`ours at ${params.mediaType} ${params.linkURL}`) }],
  onClose: () => console.log('closed')
})

// A page copies in its own time.
let copied = ''
setInterval(() => {
  const text = clipboard.readText()
  if (text !== copied) console.log(`copied ${copied = text}`)
}, 50)

Menu.setApplicationMenu(null)
app.whenReady().then(async () => {
  const win = new BrowserWindow({ x: 0, y: 0, width: 400, height: 300 })
  // The package's listener is the first: it has shown its menu by now.
  win.webContents.on('context-menu', () => console.log('on the screen'))
  await win.loadFile('index.html')
  await win.webContents.executeJavaScript("document.querySelector('textarea').select()")
  console.log('ready')
})
