// Calls every function that an object has with everything that it should not be given.
'use strict'
const EventEmitter = require('events')

const UNSUPPORTED = Symbol.for('conch.unsupported')

/** What traps and getters of the test throw; whoever passes it on does right. */
const OWN = 'thrown by the test'
const raise = () => { throw new Error(OWN) }

function detached () {
  const bytes = new Uint8Array(8)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}

/** What is given, by name; made anew for each call. */
const bad = {
  undefined: () => undefined,
  null: () => null,
  'a boolean': () => true,
  NaN: () => NaN,
  Infinity: () => Infinity,
  'a negative number': () => -1,
  'a fraction': () => 0.5,
  'a number beyond 2^53': () => 2 ** 60,
  'a BigInt': () => 2n ** 70n,
  'no text': () => '',
  'a text': () => 'bad',
  'a long text': () => 'x'.repeat(1 << 20),
  'half a character': () => '\ud800',
  'a symbol': () => Symbol('bad'),
  'a function': () => () => {},
  'an object': () => ({}),
  'an object without prototype': () => Object.create(null),
  'an array': () => [null],
  'a promise': () => Promise.resolve(),
  'a detached buffer': detached,
  'a ring': () => {
    const ring = {}
    ring.ring = ring
    return ring
  },
  'wrong fields': () => ({
    width: 'bad', height: {}, x: NaN, y: 'bad', title: 5, label: 7, role: 9, type: {}, submenu: 5, accelerator: {}, click: 1,
    userAgent: 5, query: 5, search: {}, hash: 5, text: 5, html: {}, bookmark: 5, webPreferences: 5, parent: 5, id: {}, filePath: 5,
    window: 5, minWidth: 'bad', backgroundColor: 5, icon: 5, mode: 5, execPath: 5, args: 5
  }),
  'a throwing getter': () => Object.defineProperties({}, Object.fromEntries(
    ['width', 'x', 'title', 'label', 'name', 'length', 'preload', 'type', 'id', 'channel', 'filePath', 'url', 'webPreferences', 'toString', 'then']
      .map((key) => [key, { get: raise, enumerable: true }]))),
  'a throwing proxy': () => new Proxy({}, {
    get: raise, has: raise, ownKeys: raise, getOwnPropertyDescriptor: raise, getPrototypeOf: raise, set: raise, defineProperty: raise
  })
}

/** Texts that say what is wrong, as those of Electron and Node do. */
const GOOD = [
  /^Error processing argument( at index \d+)?, conversion failure from /, /^Insufficient number of arguments\.$/,
  / is not supported by Conch\b/, / can only be called before app is ready$/, /could not be cloned\.$/, /^Object has been destroyed$/,
  /\b(must|should) (be|have|pass) /i, /\b(R|r)equired\b/, /^Expected .* but found type '\w+'$/, /^(Invalid|Unknown) /, /^The value of "\w+" is out of range/,
  /^ERR_[A-Z_]+ \(-\d+\) loading '/, /^Port at index \d is /, /^transferables must be /,
  /^Cannot (register|unregister|bind an API) /, /^Failed to get '.*' path$/s, /was disposed before WebFrameMain could be accessed$/,
  /^The document went away before the script finished$/, /^contextBridge API can only be used when contextIsolation is enabled$/,
  /^Error invoking remote method '.*': Error: No handler registered for '/s,
  // What the script that is the argument says.
  /^Can't find variable: (bad|x+)$/, /^Invalid character '\\ufffd'$/
]

/** What is the language's or Node's, and not Electron's. */
const FOREIGN = new Set([null, Object.prototype, Function.prototype, EventEmitter, EventEmitter.prototype])

/** The properties of an object, own and inherited. */
function members (object) {
  const found = new Map()
  for (let at = object; !FOREIGN.has(at); at = Object.getPrototypeOf(at)) {
    for (const key of Object.getOwnPropertyNames(at)) {
      if (key === 'constructor' || key.startsWith('_') || found.has(key)) continue
      found.set(key, Object.getOwnPropertyDescriptor(at, key))
    }
  }
  return found
}

/** What is wrong with how a call ended: nothing, or a sentence. */
function complaint (error) {
  if (!(error instanceof Error)) return `what is thrown is no Error: ${String(error)}`
  if (error.message === OWN) return undefined
  if (error.message === '') return 'the error says nothing'
  if (!GOOD.some((text) => text.test(error.message))) return `${error.name}: ${error.message.slice(0, 120)}`
}

/** The names of what gives something although it is called without anything. */
async function returning (object) {
  const names = []
  for (const [key, { value, get }] of members(object)) {
    try {
      await (get === undefined && typeof value === 'function' ? object[key]() : object[key])
      names.push(key)
    } catch {}
  }
  return names.sort()
}

class Suite {
  calls = 0
  complaints = []
  /** Of promises that were given back. */
  pending = []

  /**
   * @param {(name: string) => string | undefined} skipped why a function is not called
   * @param {Record<string, () => any>} extra more that is given
   * @param {(name: string) => boolean} sparesTexts whether a function is given no texts
   */
  constructor (skipped, extra, sparesTexts = () => false) {
    this.skipped = skipped
    this.sparesTexts = sparesTexts
    this.values = { ...bad, ...extra }
  }

  /** Does something once, and looks at how it ends. */
  attempt (name, work, dispose) {
    this.calls++
    let result
    try {
      result = work()
    } catch (error) {
      this.complain(name, complaint(error))
      return
    }
    if (result instanceof Promise) {
      const ended = result.then(() => {}, (error) => this.complain(name, complaint(error)))
      this.pending.push([name, ended])
    }
    dispose?.(result)
  }

  complain (name, text) {
    if (text !== undefined) this.complaints.push(`${name}: ${text}`)
  }

  /** Calls a function in each wrong way; once, if it only stands there to say that Conch lacks it. */
  call (name, call, dispose, it) {
    this.attempt(`${name}()`, () => call(), dispose)
    if (Object.hasOwn(it, UNSUPPORTED)) return
    // By turns alone, and in every place.
    for (const [what, make] of Object.entries(this.values)) {
      if (this.sparesTexts(name) && typeof make() === 'string') continue
      if (this.calls % 2 === 0) this.attempt(`${name}(${what})`, () => call(make()), dispose)
      else this.attempt(`${name}(${what}, thrice)`, () => call(make(), make(), make()), dispose)
    }
  }

  /** Everything that an object has. @returns what ended badly */
  walk (owner, object) {
    for (const [key, { value, get, set }] of members(object)) {
      const name = `${owner}.${key}`
      if (this.skipped(name) !== undefined) continue
      if (set !== undefined) this.call(`${name} =`, (...values) => { object[key] = values[0] }, undefined, set)
      let it = value
      if (get !== undefined) this.attempt(name, () => { it = object[key] })
      if (typeof it !== 'function' || /^class\b/.test(Function.prototype.toString.call(it))) continue
      this.call(name, (...values) => it.apply(object, values), undefined, it)
    }
    return this.settle()
  }

  /** @returns what ended badly */
  construct (name, Class, dispose) {
    this.call(`new ${name}`, (...values) => new Class(...values), dispose, Class)
    return this.settle()
  }

  /** Waits for every promise that was given back. */
  async settle () {
    const waiting = new Set(this.pending)
    const all = Promise.all(this.pending.splice(0).map((each) => each[1].then(() => waiting.delete(each))))
    let timer
    const late = new Promise((resolve) => { timer = setTimeout(resolve, 60000) })
    await Promise.race([all, late])
    clearTimeout(timer)
    for (const [name] of waiting) this.complain(name, 'never ends')
    return this.complaints.splice(0)
  }
}

module.exports = { Suite, returning }
