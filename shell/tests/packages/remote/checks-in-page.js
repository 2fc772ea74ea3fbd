// What `@electron/remote` promises, checked where it is used: in a preload script, or in a page.
const assert = require('assert')
const path = require('path')

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs every check and gives a line for each. */
module.exports = async function run (remote, ids) {
  const shared = remote.require('./shared')
  const lines = []
  const check = async (name, body) => {
    try {
      await body()
      lines.push(`ok ${name}`)
    } catch (error) {
      lines.push(`not ok ${name}: ${error} ${error && error.stack}`)
    }
  }

  await check('the window and its contents', () => {
    assert.strictEqual(remote.getCurrentWindow().id, ids.window)
    assert.strictEqual(remote.getCurrentWebContents().id, ids.contents)
    assert.strictEqual(remote.getCurrentWindow(), remote.getCurrentWindow())
    assert.strictEqual(remote.getCurrentWindow().webContents, remote.getCurrentWebContents())
    remote.getCurrentWindow().setTitle('by remote')
    assert.strictEqual(remote.BrowserWindow.fromId(ids.window).getTitle(), 'by remote')
  })
  await check('modules of electron', () => {
    assert.strictEqual(remote.app.getName(), 'remote')
    assert.strictEqual(remote.app.getAppPath(), path.dirname(__filename))
    assert.ok(remote.BrowserWindow.getAllWindows().includes(remote.getCurrentWindow()))
    assert.strictEqual(remote.process.type, 'browser')
  })
  await check('globals of main', () => {
    assert.deepStrictEqual(remote.getGlobal('aValue'), [1, 'two', null])
    assert.strictEqual(remote.getGlobal('notThere'), undefined)
  })
  await check('modules of main', () => {
    assert.strictEqual(shared.id, 1127)
    assert.strictEqual(remote.require('path').join('a', 'b'), 'a/b')
    assert.throws(() => remote.require('./nowhere'), /Cannot find module '.\/nowhere'/)
  })
  await check('properties', () => {
    const counter = new shared.Counter(5)
    assert.strictEqual(counter.count, 5)
    counter.count = 7
    assert.strictEqual(counter.double, 14)
    assert.strictEqual(shared.withProperty.property, 'of a function')
    shared.withProperty.property = 'another'
    assert.strictEqual(shared.propertyInMain(), 'another')
    shared.withProperty.property = 'of a function'
    assert.ok(Object.keys(shared).includes('Counter'))
  })
  await check('methods, also inherited ones', () => {
    assert.strictEqual(new shared.Counter(7).increment(3), 10)
    const special = new shared.Special(3)
    assert.deepStrictEqual([special.increment(), special.decrement(), special.count], [4, 3, 3])
    assert.strictEqual(special.constructor.name, 'Special')
    assert.deepStrictEqual(shared.echo(special)[0], special)
  })
  await check('values both ways', () => {
    const date = new Date(5)
    assert.deepStrictEqual(shared.echo(1, 'a', true, null, undefined, [1, [2]], date), [1, 'a', true, null, undefined, [1, [2]], date])
    assert.strictEqual(shared.date.getTime(), 1000)
    assert.deepStrictEqual(shared.echo({ a: { b: 1 } })[0].a.b, 1)
    const cycle = { name: 'cycle' }
    cycle.self = cycle
    assert.strictEqual(shared.echo(cycle)[0].self, null)
    assert.strictEqual(shared.typeOf(new (class Mine {})()), 'Mine')
  })
  await check('buffers', () => {
    assert.ok(shared.buffer instanceof Buffer)
    assert.strictEqual(shared.buffer.toString(), 'böse')
    assert.strictEqual(shared.typeOf(Buffer.from([1, 2])), 'Buffer')
    assert.strictEqual(shared.bytes(Buffer.from([1, 255])), '01ff')
  })
  await check('errors', () => {
    assert.throws(() => shared.fail(), (error) => error.message.startsWith("Could not call remote method 'fail'. Check that the method signature is correct. Underlying error: RangeError: out of it") &&
      error.cause.code === 'E_OUT' && error.cause.details.at === 3)
    const { fail } = shared
    assert.throws(() => fail.call(null), /Underlying error: RangeError: out of it/)
  })
  await check('callbacks', async () => {
    const got = []
    shared.call((...args) => got.push(args), 1, 'a', { b: 2 })
    while (got.length === 0) await pause(1)
    assert.deepStrictEqual([got[0][0], got[0][1], got[0][2].b], [1, 'a', 2])
    const later = await new Promise((resolve) => shared.callLater((...args) => resolve(args), 3))
    assert.deepStrictEqual(later, [3])
    assert.strictEqual(shared.evaluate(remote.createFunctionWithReturnValue('known')), 'known')
    const callback = () => {}
    shared.keep(callback)
    shared.keep(callback)
    assert.strictEqual(shared.kept[0], shared.kept[1])
    shared.forget()
  })
  await check('promises both ways', async () => {
    assert.strictEqual(await shared.resolved(4), 4)
    await assert.rejects(shared.rejected('no'), (error) => error.name === 'TypeError' && error.message === 'no')
    assert.strictEqual(await shared.twice(Promise.resolve(21)), 42)
  })
  await check('events', async () => {
    const seen = []
    const listener = (...args) => seen.push(args)
    shared.emitter.on('thing', listener)
    assert.strictEqual(shared.emitter.listenerCount('thing'), 1)
    shared.emitter.emit('thing', 1)
    shared.emitter.emit('thing', 2)
    while (seen.length < 2) await pause(1)
    assert.deepStrictEqual(seen, [[1], [2]])
    shared.emitter.removeListener('thing', listener)
    assert.strictEqual(shared.emitter.listenerCount('thing'), 0)
    const title = new Promise((resolve) => remote.getCurrentWindow().once('page-title-updated', (event, title) => resolve(title)))
    document.title = 'a title'
    assert.strictEqual(await title, 'a title')
  })
  await check('a window of the page', async () => {
    const win = new remote.BrowserWindow({ show: false })
    const closed = new Promise((resolve) => win.once('closed', resolve))
    await win.loadURL('data:text/html,<title>made</title>')
    assert.strictEqual(await win.webContents.executeJavaScript('document.title'), 'made')
    win.destroy()
    await closed
    assert.ok(win.isDestroyed())
  })
  await check('what Conch lacks says so', () => {
    assert.throws(() => remote.getCurrentWindow().setShape([]), /BrowserWindow\.setShape is not supported by Conch/)
  })
  return lines
}
