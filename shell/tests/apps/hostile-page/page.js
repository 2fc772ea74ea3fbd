// A page that wants out of its world. Everything that it can get hold of must be its own.
// Not by the name of the exposed property, which cannot be declared again.
const bridge = window.api
const report = bridge.report
const own = Function

const results = []
function check (name, holds) {
  results.push(holds ? null : name)
  report(holds ? `ok ${name}` : `FAILED ${name}`)
}

/** Whether a value, and all that hangs on it, belongs to this world. */
function isOurs (value, seen = new Set()) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return true
  seen.add(value)
  let constructor
  try { constructor = value.constructor } catch { return true }
  // The function constructor of another world would compile code in that world.
  if (typeof constructor === 'function' && constructor.constructor !== own) return false
  if (typeof value === 'function' && Object.getPrototypeOf(value) !== own.prototype &&
      Object.getPrototypeOf(Object.getPrototypeOf(value)) !== own.prototype) return false
  return Reflect.ownKeys(value).every((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key)
    return isOurs(property.value, seen) && isOurs(property.get, seen) && isOurs(property.set, seen)
  })
}

async function caught (work) {
  try { await work() } catch (error) { return error }
}

async function run () {
  check('no globals of the preload', typeof secret === 'undefined' && document.secret === undefined)
  check('no require, process, ipcRenderer or module', [typeof require, typeof process, typeof ipcRenderer, typeof module].every((t) => t === 'undefined'))
  check('no webkit message handler', !window.webkit?.messageHandlers || Object.keys(window.webkit.messageHandlers).length === 0)
  check('no wry ipc', typeof window.ipc === 'undefined')
  const names = Object.getOwnPropertyNames(window).filter((n) => /conch|native|electron|primordial|__/i.test(n) && !n.startsWith('__define') && !n.startsWith('__lookup') && n !== '__proto__')
  check(`no tell-tale names (${names})`, names.length === 0)

  check('the api belongs to the page', isOurs(bridge))
  check('ipcRenderer passes as an empty object', Object.keys(bridge.ipcRenderer).length === 0 && bridge.ipcRenderer.send === undefined)
  check('the api is frozen', Object.isFrozen(bridge) && Object.isFrozen(bridge.nested) && Object.isFrozen(bridge.nested.list))
  const property = Object.getOwnPropertyDescriptor(window, 'api')
  check('the api cannot be replaced', property.writable === false && property.configurable === false)

  const promise = bridge.double(21)
  check('promises belong to the page', promise instanceof Promise && isOurs(promise))
  check('and resolve', await promise === 42)
  check('late values belong to the page', isOurs(await bridge.later()))

  const thrown = await caught(() => bridge.fails())
  check('errors belong to the page', thrown instanceof Error && isOurs(thrown) && thrown.message === 'from the preload')
  const rejected = await caught(() => bridge.rejects())
  check('rejections belong to the page', rejected instanceof Error && isOurs(rejected) && rejected.message === 'late')
  const overflow = await caught(() => bridge.deep(1e7))
  check('a stack overflow on the other side belongs to the page', overflow !== undefined && isOurs(overflow))
  let atTheEdge
  const recurse = () => {
    try { recurse() } catch (error) {
      if (atTheEdge === undefined) { try { bridge.nested.list.length; bridge.call(() => 1) } catch (e) { atTheEdge = e } }
      throw error
    }
  }
  try { recurse() } catch {}
  check('an overflow at the edge belongs to the page', isOurs(atTheEdge))
  const cloned = await caught(() => bridge.call(window))
  check('a refused argument is refused with an error of the page', cloned instanceof Error && isOurs(cloned))

  let received
  bridge.call((...args) => { received = args }, { a: [1] }, new Date(1))
  check('arguments of callbacks belong to the page', isOurs(received) && received[0].a[0] === 1)
  let caller
  bridge.call(function () { try { caller = arguments.callee.caller } catch {} })
  check('no caller to climb to', caller === null || caller === undefined || isOurs(caller))
  const getter = await caught(() => bridge.call(() => {}, { get x () { throw new Error('mine') } }))
  check('a throwing getter is passed on', getter instanceof Error && isOurs(getter))

  // Now the page breaks every tool that the bridge could use, and looks at what comes by.
  const restore = tamper()
  let worked
  try {
    worked = bridge.call((n) => n + 1, 41) === 42 && bridge.nested.list[1].two === 2
  } catch {
    worked = false
  }
  const seen = restore()
  check('broken intrinsics do not break the bridge', worked)
  check('broken intrinsics see nothing of the other world', seen.every((value) => isOurs(value)))

  report(results.every((name) => name === null) ? 'done' : `FAILED ${results.filter((n) => n !== null).join('; ')}`)
}

/**
 * Replaces what a careless bridge would use by spies. Undoes it when the result is called, which
 * gives what the spies saw. Its own tools are taken before.
 */
function tamper () {
  const { apply, defineProperty, ownKeys } = Reflect
  const seen = []
  let count = 0
  const see = (value) => defineProperty(seen, count++, { __proto__: null, value, writable: true, enumerable: true, configurable: true })
  const undo = []
  let undone = 0
  const replace = (object, key, property) => {
    const before = Object.getOwnPropertyDescriptor(object, key)
    if (!defineProperty(object, key, property)) return
    defineProperty(undo, undone++, {
      __proto__: null, value: () => before ? defineProperty(object, key, before) : delete object[key]
    })
  }
  const spyOn = (original) => function (...args) {
    see(this)
    for (let i = 0; i < args.length; i++) see(args[i])
    return new.target ? Reflect.construct(original, args, new.target) : apply(original, this, args)
  }
  const targets = [
    [Function.prototype, ['apply', 'call', 'bind', 'toString']],
    [Array.prototype, ['push', 'map', 'forEach', 'slice', 'concat', 'includes', 'indexOf', 'join', Symbol.iterator]],
    [Object, ['keys', 'entries', 'defineProperty', 'freeze', 'isFrozen', 'create', 'assign', 'getOwnPropertyDescriptor', 'getPrototypeOf']],
    [Object.prototype, ['hasOwnProperty', 'toString']],
    [Promise, ['resolve', 'reject', 'all']], [Promise.prototype, ['then', 'catch', 'finally']],
    [WeakMap.prototype, ['get', 'set', 'has']], [Map.prototype, ['get', 'set', 'has', 'forEach']],
    [JSON, ['stringify', 'parse']], [String.prototype, ['indexOf', 'slice', 'startsWith']],
    [window, ['structuredClone', 'Error', 'TypeError', 'Promise', 'Proxy', 'postMessage']]
  ]
  const setters = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable', '0', '1', 'args', 'then', 'message', 'name']
  for (const [object, keys] of targets) {
    for (const key of keys) {
      replace(object, key, { __proto__: null, value: spyOn(object[key]), writable: true, configurable: true })
    }
  }
  for (let i = 0; i < setters.length; i++) {
    replace(Object.prototype, setters[i], { __proto__: null, get () { see(this) }, set (value) { see(this); see(value) }, configurable: true })
  }
  count = 0
  return () => {
    const total = count
    for (let i = undone - 1; i >= 0; i--) undo[i]()
    seen.length = total
    return seen
  }
}

run().catch((error) => report(`FAILED ${error.stack || error}`))
