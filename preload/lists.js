// Lists that look nothing up on prototypes, which a page may have changed.
'use strict';

const { ReflectDefineProperty } = primordials;

/**
 * Adds an element at the end. Assigning or pushing would run setters of `Array.prototype`.
 * @template T
 * @param {T[]} array
 * @param {T} value
 */
function append(array, value) {
  ReflectDefineProperty(array, array.length, {
    __proto__: null,
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** Its arguments as an array: made whole, so that no element of it is ever absent. */
const listOf = (...values) => values;

/**
 * First in, first out.
 * @template T
 */
class Queue {
  /** @type {any} */
  #first = null;
  /** @type {any} */
  #last = null;

  get isEmpty() {
    return this.#first === null;
  }

  /** @param {T} value */
  push(value) {
    const node = { __proto__: null, value, next: null };
    if (this.#last === null) this.#first = node;
    else this.#last.next = node;
    this.#last = node;
  }

  /** @returns {T | undefined} */
  shift() {
    const node = this.#first;
    if (node === null) return undefined;
    this.#first = node.next;
    if (this.#first === null) this.#last = null;
    return node.value;
  }
}

module.exports = { __proto__: null, Queue, append, listOf };
