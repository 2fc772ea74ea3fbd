// What of the list in docs/surface.json an object has at run time, and what it lacks in silence.
//
// An entry of the list is `method()`, `property` or `'event'`, with a `.` in front for a static one.
// What only stands there to say that Conch lacks it carries a mark, and counts as absent; so do
// events of which nobody declared that they are emitted.
'use strict'

const UNSUPPORTED = Symbol.for('conch.unsupported')
const EVENTS = Symbol.for('conch.events')

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function'
const isMarked = (value) => isObject(value) && Object.hasOwn(value, UNSUPPORTED)

/** The descriptor of a property, own or inherited; of a stand-in whatever it gives. */
function describe (object, name) {
  if (isMarked(object)) {
    try {
      return { value: object[name] }
    } catch {
      return undefined
    }
  }
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name)
    if (descriptor !== undefined) return descriptor
  }
  return undefined
}

function hasProperty (object, name) {
  const { value, get, set } = describe(object, name) ?? {}
  if ([value, get, set].some(isMarked)) return false
  return isMarked(object) ? value !== undefined : describe(object, name) !== undefined
}

/** A method may be the value of a getter, as in modules that are loaded when they are first used. */
function hasMethod (object, name) {
  if (!hasProperty(object, name)) return false
  const { value = object[name] } = describe(object, name)
  return typeof value === 'function' && !isMarked(value)
}

function hasEvent (object, name) {
  if (isMarked(object)) return false
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, EVENTS) && at[EVENTS].includes(name)) return true
  }
  return false
}

function has (object, entry) {
  if (!isObject(object)) return false
  if (entry.endsWith('()')) return hasMethod(object, entry.slice(0, -2))
  return entry.startsWith("'") ? hasEvent(object, entry.slice(1, -1)) : hasProperty(object, entry)
}

/** What `work` throws, as text. */
function thrown (work) {
  try { work() } catch (error) { return String(error?.message) }
  return ''
}

/** The warnings on the console meanwhile. */
function warnings (work) {
  const { warn } = console
  const lines = []
  console.warn = (...line) => lines.push(line.join(' '))
  try { work() } finally { console.warn = warn }
  return lines
}

/** Whether an object says that it lacks this: by an error when it is used, by a warning when somebody listens. */
function saysThatItLacks (object, entry) {
  if (isMarked(object)) return true
  if (entry.startsWith("'")) {
    if (typeof object.on !== 'function') return false
    const listener = () => {}
    const lines = warnings(() => object.on(entry.slice(1, -1), listener))
    object.removeListener(entry.slice(1, -1), listener)
    return lines.some((line) => line.includes(`event ${entry} is not supported by Conch`))
  }
  const said = thrown(() => {
    const value = object[entry.replace('()', '')]
    if (isMarked(value)) value.call(object)
  })
  return said.endsWith('is not supported by Conch')
}

/** What `make` gives; undefined where it throws, because what it takes is not there. */
function attempt (make) {
  try {
    return make()
  } catch {
    return undefined
  }
}

/**
 * The names of what is there: `owner` and `owner entry`; and of what is not there and does not say so.
 * @param {Record<string, any>} list docs/surface.json
 * @param {string} where the process whose part of the list it is
 * @param {(name: string) => any} exported what `require('electron')` gives by that name
 * @param {Record<string, () => any>} instances makes an object of a class, or of what a module has
 */
function walk (list, where, exported, instances) {
  const [present, silent] = [[], []]
  for (const [owner, { about, ...tiers }] of Object.entries(list)) {
    if (about.in !== where) continue
    const itself = attempt(() => exported(owner))
    const made = instances[owner]
    // Instances of a class have what its prototype has, even where none can be made here.
    const instance = made ? attempt(made) : about.kind === 'class' ? attempt(() => itself.prototype) : itself
    const whole = about.kind === 'module' ? itself : instance
    if (isObject(whole) && !isMarked(whole)) present.push(owner)
    for (const entry of Object.values(tiers).join(' ').split(' ').filter(Boolean)) {
      const isStatic = entry.startsWith('.')
      const [object, name] = isStatic ? [itself, entry.slice(1)] : [instance, entry]
      if (has(object, name)) present.push(`${owner} ${entry}`)
      // What cannot be had has nothing to say; of events' objects some have what others lack.
      else if (isObject(object) && about.kind !== 'object' && !saysThatItLacks(object, name)) silent.push(`${owner} ${entry}`)
    }
  }
  return { present, silent }
}

module.exports = { walk }
