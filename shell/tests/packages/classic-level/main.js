// classic-level: a database that is a native addon, with binaries in its package.
const { app } = require('electron')
const { ClassicLevel } = require('classic-level')
const path = require('path')
const { check, finish } = require('../../apps/checks.js')

app.whenReady().then(async () => {
  const db = new ClassicLevel(path.join(app.getPath('userData'), 'db'), { valueEncoding: 'json' })
  await db.put('a', { one: 1 })
  await db.batch([{ type: 'put', key: 'b', value: [2] }, { type: 'put', key: 'c', value: 3 }, { type: 'del', key: 'c' }])
  check('values', (await db.get('a')).one === 1 && (await db.get('b'))[0] === 2)
  const keys = []
  for await (const key of db.keys()) keys.push(key)
  check('keys in order', keys.join() === 'a,b')
  check('nothing there', (await db.get('c')) === undefined)
  await db.close()
  finish()
})
