// One instance at a time; `again` starts the app anew once.
const { app } = require('electron')

if (process.argv.includes('again')) {
  app.relaunch({ args: [app.getAppPath(), 'anew'] })
  app.quit()
} else if (app.requestSingleInstanceLock({ from: process.argv.slice(2) })) {
  const engine = process.versions.v8 === undefined ? 'embedded' : 'node'
  console.log(`the first on ${engine}, ${app.hasSingleInstanceLock()}, ${app.requestSingleInstanceLock()}: ${process.argv.slice(2)}`)
  if (process.argv.includes('anew')) app.quit()
  app.on('second-instance', (event, argv, folder, data) => {
    console.log(`heard of ${argv.slice(2)} in ${folder} with ${JSON.stringify(data)}`)
  })
} else {
  console.log(`not the first, ${app.hasSingleInstanceLock()}`)
  app.quit()
}
