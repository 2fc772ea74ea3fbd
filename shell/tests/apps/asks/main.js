// A page asks: `confirm` and `alert` are message boxes of the app (semantics 99). A person answers.
const { app, BrowserWindow } = require('electron')

app.whenReady().then(async () => {
  const win = new BrowserWindow({ title: 'Asking' })
  await win.loadURL('data:text/html,<title>Asking</title>')
  for (const question of ["confirm('Yes?')", "confirm('No?')", "alert('Told')"]) {
    console.log(`${question}: ${await win.webContents.executeJavaScript(question)}`)
  }
})
