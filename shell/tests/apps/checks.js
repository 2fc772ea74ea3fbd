// What the test apps share: each check prints a line, the last line says whether all held.
const failed = []

function check (name, holds) {
  if (!holds) failed.push(name)
  console.log(`${holds ? 'ok' : 'not ok'} ${name}`)
}

/** Calls `work` and gives `Name: message` of what it throws. */
function thrown (work) {
  try { work() } catch (error) { return `${error.name}: ${error.message}` }
  return 'nothing was thrown'
}

/** The arguments of the next event of this name. */
function event (emitter, name) {
  return new Promise((resolve) => emitter.once(name, (...args) => resolve(args)))
}

/** Waits until something holds, half a minute at most, and says whether it does. */
async function until (holds) {
  for (let n = 0; n < 1500 && !holds(); n++) await new Promise((resolve) => setTimeout(resolve, 20))
  return holds()
}

function finish () {
  console.log(failed.length === 0 ? 'done' : `FAILED ${failed.join('; ')}`)
}

// A promise that nobody waited for must not look like a test that hangs.
process.on('unhandledRejection', (error) => console.log(`FAILED ${error && (error.stack || error)}`))

module.exports = { check, event, finish, thrown, until }
