// electron-is-dev: an ES module that reads app.isPackaged.
import isDev from 'electron-is-dev'
import { app } from 'electron'
import checks from '../../apps/checks.js'

checks.check('not packaged, so in development', isDev === true && !app.isPackaged)
app.whenReady().then(checks.finish)
