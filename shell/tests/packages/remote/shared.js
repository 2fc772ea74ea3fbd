// What the page uses of main, by remote.require('./shared').
const { EventEmitter } = require('events')

class Counter {
  constructor (start) { this.count = start }
  get double () { return this.count * 2 }
  increment (by = 1) { this.count += by; return this.count }
}

class Special extends Counter {
  decrement () { return --this.count }
}

exports.id = 1127
exports.Counter = Counter
exports.Special = Special
exports.emitter = new EventEmitter()
exports.echo = (...args) => args
exports.typeOf = (value) => value === null ? 'null' : Buffer.isBuffer(value) ? 'Buffer' : value.constructor.name
exports.bytes = (buffer) => buffer.toString('hex')
exports.buffer = Buffer.from('böse')
exports.date = new Date(1000)
exports.withProperty = Object.assign(() => 'called', { property: 'of a function' })
exports.propertyInMain = () => exports.withProperty.property
exports.call = (callback, ...args) => callback(...args)
exports.callLater = (callback, ...args) => { setTimeout(() => callback(...args), 1) }
exports.evaluate = (callback) => callback()
exports.resolved = (value) => Promise.resolve(value)
exports.rejected = (message) => Promise.reject(new TypeError(message))
exports.twice = async (promise) => 2 * await promise
exports.fail = () => { throw Object.assign(new RangeError('out of it'), { code: 'E_OUT', details: { at: 3 } }) }
exports.kept = []
exports.keep = (callback) => { exports.kept.push(callback) }
exports.forget = () => { exports.kept.length = 0 }
exports.manyObjects = (count) => Array.from({ length: count }, (_, index) => ({ index, method () {} }))
