// The values of the test, for both processes: the corpus that the codecs agree on, and what is large.
'use strict'
const corpus = require('../../../../crates/clone/golden/corpus.js')

const { describe, throwing } = corpus
const LARGE = (3 << 20) + 1

/**
 * What main's engine knows, whose version of Node this is.
 * @param {string} version
 */
function knownTo (version) {
  const isKnown = ({ node = 0 }) => node <= Number.parseInt(version, 10)
  /** By name: makes a value, and tells whether another is what arrives of it. */
  const values = new Map()
  for (const { name, make, clone } of corpus.values.filter(isKnown)) {
    const expected = describe((clone ?? make)())
    values.set(name, { make, isCopy: (value) => describe(value) === expected })
  }
  return { values, uncloneable: corpus.uncloneable.filter(isKnown) }
}

const bytes = (length) => new Uint8Array(length).fill(7).fill(9, length - 2)
const isBytes = (value, length) => value instanceof Uint8Array && Buffer.from(value).equals(bytes(length))
const text = (character) => character.repeat(LARGE)
/** A fact of its own: nothing and several MiB. */
const sizes = new Map([
  ['no bytes', { make: () => bytes(0), isCopy: (value) => isBytes(value, 0) }],
  ['no text', { make: () => '', isCopy: (value) => value === '' }],
  ['bytes', { make: () => bytes(LARGE), isCopy: (value) => isBytes(value, LARGE) }],
  ['text', { make: () => text('x'), isCopy: (value) => value === text('x') }],
  ['wide text', { make: () => text('\u20ac'), isCopy: (value) => value === text('\u20ac') }],
  ['nested', {
    make: () => ({ a: [{ b: bytes(LARGE) }, new Map([['c', text('\xe9')]])] }),
    isCopy: (value) => isBytes(value.a[0].b, LARGE) && value.a[1].get('c') === text('\xe9')
  }],
  ['numbers', {
    make: () => Array.from({ length: 300000 }, (_, i) => i / 2),
    isCopy: (value) => value.length === 300000 && value.every((n, i) => n === i / 2)
  }]
])

/** What a check of values of this name says, by its first word. */
function titleOf (name) {
  const kind = name.split('-')[0]
  if (kind === 'error') return '4: errors'
  if (/class|getter|symbol-keys|inherited|hidden-keys/.test(name)) return '5: classes, getters and hidden properties'
  return `3: ${kind}`
}

/** `Name: message` of what a promise rejects with. */
const rejection = (promise) => promise.then(() => 'nothing was thrown', (error) => `${error?.name}: ${error?.message ?? error}`)

module.exports = { knownTo, rejection, sizes, throwing, titleOf }
