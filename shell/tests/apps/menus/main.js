// Menus, chosen from by the test's mouse and keyboard.
const { app, BrowserWindow, Menu } = require('electron')

app.whenReady().then(async () => {
  const win = new BrowserWindow({ x: 0, y: 0, width: 400, height: 300 })
  const say = (item, window, event) => {
    console.log(`chosen ${item.label} ${item.checked} ${window === win} ${event.triggeredByAccelerator}`)
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    { label: '&Things', submenu: [{ label: 'First', click: say }, { label: 'Mark', type: 'checkbox', click: say }] },
    { label: 'Hidden', visible: false, submenu: [{ label: 'By key', accelerator: 'Ctrl+J', click: say }] }
  ]))
  win.webContents.on('context-menu', (event, params) => {
    const { selectionText, isEditable, formControlType, editFlags, mediaType } = params
    console.log(`asked ${JSON.stringify([selectionText, isEditable, formControlType, editFlags.canCut, editFlags.canPaste, mediaType])}`)
    const menu = Menu.buildFromTemplate([{ label: 'Here', click: say }, { role: 'cut' }])
    menu.on('menu-will-close', () => console.log('gone'))
    menu.popup({ window: win })
    console.log('shown')
  })
  await win.loadFile('index.html')
  await win.webContents.executeJavaScript("document.querySelector('textarea').select()")
  console.log('ready')
})
