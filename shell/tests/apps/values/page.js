// Sends every value to main in every way, and looks at what comes back.
'use strict'
const { ipcRenderer } = require('electron')
const { platform } = require('./platform.js')
const { knownTo, rejection, sizes, throwing } = require('./values.js')

/** What comes next on this channel. */
const next = (channel) => new Promise((resolve) => ipcRenderer.once(channel, (event, ...args) => resolve(args[0])))

const { port1: port, port2 } = new MessageChannel()

/** Each takes a value to main and brings one of the same name back. */
const ways = {
  async send (name, value) {
    ipcRenderer.send('send', name, value)
    return next('send')
  },
  invoke: async (name, value) => ipcRenderer.invoke('invoke', name, value),
  sendSync: async (name, value) => ipcRenderer.sendSync('sendSync', name, value),
  async postMessage (name, value) {
    ipcRenderer.postMessage('postMessage', [name, value])
    return next('postMessage')
  },
  async port (name, value) {
    port.postMessage([name, value])
    return new Promise((resolve) => { port.onmessage = ({ data }) => resolve(data) })
  }
}

/**
 * A port of a page is the DOM's, and what is posted on it is cloned by WebKit first, which differs
 * from V8: causes of errors become texts, as do their stacks; Dates lose their identity; Map and Set
 * are read while they change; `Math` and prototypes are refused; every hole of four billion is
 * looked at.
 */
const notByPort = new Set([
  'array-longest', 'error-cause', 'error-cause-shared', 'error-cause-undefined', 'error-cause-value', 'error-stack-number',
  'map-changes', 'object-map-prototype', 'object-math', 'object-prototype', 'set-changes', 'shared',
  'function as cause', 'error with a throwing stack', 'descends from an object of the document'
])
const isLeftOut = (way, name) => way === 'port' && notByPort.has(name)

/** The names of those that do not come back as they should. */
async function roundTrips (way, all) {
  const wrong = []
  for (const [name, { make, isCopy }] of all) {
    if (isLeftOut(way, name)) continue
    const back = await ways[way](name, make()).catch((error) => error)
    if (!isCopy(back)) wrong.push(name)
  }
  return wrong
}

/** What each way says to what it must refuse, where it is not what was expected. */
async function refusals (all, isRight) {
  const wrong = []
  for (const [way, go] of Object.entries(ways)) {
    for (const entry of all) {
      if (isLeftOut(way, entry.name)) continue
      const said = await rejection((async () => go('refused', entry.later ? await entry.later() : entry.make()))())
      if (!isRight(entry, said, way)) wrong.push(`${entry.name} by ${way}: ${said}`)
    }
  }
  return wrong
}

// A page's own port refuses in WebKit's words.
const isRefusal = ({ message }, said, way) => way === 'port' ? said.startsWith('DataCloneError: ')
  : message ? said === `Error: ${message}` : /^Error: .*could not be cloned\.$/s.test(said)

const run = {
  async values ({ values }) {
    const wrong = {}
    for (const way of Object.keys(ways)) wrong[way] = await roundTrips(way, values)
    return wrong
  },
  async sizes () {
    const wrong = {}
    for (const way of Object.keys(ways)) wrong[way] = await roundTrips(way, sizes)
    return wrong
  },
  // An arguments object is a plain object to everything that a script could ask it.
  uncloneable: ({ uncloneable }) => refusals(uncloneable.filter(({ name }) => name !== 'arguments'), isRefusal),
  throwing: () => refusals(throwing, ({ thrown }, said) => said === `undefined: ${thrown}`),
  platform: () => refusals(platform, ({ name }, said, way) => way === 'port' ? said !== 'nothing was thrown'
    : name === 'window' ? said.endsWith(' could not be cloned.') : said === 'Error: An object could not be cloned.')
}

Object.assign(window, {
  ipc: ipcRenderer,
  rejection,
  sendAndChange () {
    const value = { id: 5, list: [1, 2], bytes: Buffer.from('of the page') }
    ipcRenderer.send('copied', value)
    value.id = value.list.length = 0
    value.bytes.fill(0)
  },
  async isBytes (channel) {
    const bytes = await ipcRenderer.invoke(channel)
    return Object.getPrototypeOf(bytes) === Uint8Array.prototype && Buffer.from(bytes).toString() === 'bytes'
  }
})

ipcRenderer.on('run', async (event, part, version) => ipcRenderer.send('ran', await run[part](knownTo(version))))
ipcRenderer.postMessage('port', null, [port2])
