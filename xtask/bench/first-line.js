// What a start costs up to the first line of the main script, which this is: the time, by the clock
// that the benchmark started it by, and the memory of the main process.
const [seconds, nanoseconds] = process.hrtime()
const rollup = require('fs').readFileSync('/proc/self/smaps_rollup', 'utf8')
const megabytes = (name) => Number(rollup.match(new RegExp(`^${name}: +(\\d+) kB`, 'm'))[1]) / 1024
console.log(`BENCH ${JSON.stringify({
  at: seconds * 1e3 + nanoseconds / 1e6,
  pss: megabytes('Pss'),
  uss: megabytes('Private_Clean') + megabytes('Private_Dirty')
})}`)
process.exit(0)
