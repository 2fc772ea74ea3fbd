// electron-unhandled: errors that nobody caught are logged, and shown in a dialog that the test's
// keyboard answers with "Copy error".
import { app, BrowserWindow, clipboard } from 'electron'
import unhandled, { logError } from 'electron-unhandled'
import checks from '../../apps/checks.js'

const { check, finish } = checks
process.removeAllListeners('unhandledRejection')

const logged = []
unhandled({ logger: (error) => { logged.push(error); console.log(`logged ${error.message}`) }, showDialog: true })

app.whenReady().then(async () => {
  const win = new BrowserWindow()
  await win.loadURL('data:text/html,<title>Behind</title>')
  setTimeout(() => {
    // The dialog is open until the test answers it.
    setTimeout(() => {
      check('logged', logged.length === 1 && logged[0].message === 'nobody caught this')
      check('copied', clipboard.readText().startsWith('Unhandled Error\nError: nobody caught this\n'))
      console.log('answered')
      Promise.reject(new TypeError('nor this'))
      setTimeout(() => {
        check('rejections', logged.length === 2 && logged[1] instanceof TypeError)
        console.log('answered again')
        logError(new Error('by hand'), { title: 'By hand' })
        check('by hand', logged.length === 3)
        finish()
      })
    })
    throw new Error('nobody caught this')
  })
})
