const cycle = [1]
cycle.push(cycle)
class Named { get [Symbol.toStringTag] () { return 'Named' } }

console.log('one', 2, 3n, -0, true, null, undefined, Symbol('s'))
console.log('%s is not replaced', 'text', { a: 1 }, [1, [2, null, 'x'], undefined], cycle, new Named())
console.log(new Error('told'), /a/g, Object(5), Object('boxed'), new Map(), new Proxy({}, {}), () => 1)
console.log({ get [Symbol.toStringTag] () { throw new Error('never seen') } }, 'after')
console.debug('d', 1)
console.info('i', 2)
console.warn('w', 3)
console.error('e', 4)
console.assert(true, 'not told')
console.assert(false, 'asserted', 5)
console.log()
Array.prototype[Symbol.iterator] = Function.prototype.apply = undefined
function inner () {
  console.log('in a function', 'line 20')
}
inner()
setTimeout(() => { throw new Error('of the page') })
setTimeout(() => { throw { a: 1 } })
