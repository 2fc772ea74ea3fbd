// A Transform that becomes one when it is first used as one: most hashes never are, and a stream's
// state costs more than a hash.
'use strict';

const { Transform } = /** @type {any} */ (require('stream'));

/** @this {any} @param {any} [options] */
function LazyTransform(options) {
  this._options = options;
}
Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype);
Object.setPrototypeOf(LazyTransform, Transform);

for (const name of ['_readableState', '_writableState']) {
  Object.defineProperty(LazyTransform.prototype, name, {
    /** @this {any} */
    get() {
      // From here on both are properties of the object itself.
      for (const own of ['_readableState', '_writableState']) {
        Object.defineProperty(this, own, { value: undefined, writable: true, configurable: true, enumerable: true });
      }
      /** @type {any} */ (Transform).call(this, this._options);
      // Text goes to update() as it is, with its encoding.
      if (!this._options || !('decodeStrings' in this._options)) this._writableState.decodeStrings = false;
      return this[name];
    },
    /** @this {any} @param {any} value */
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
    configurable: true,
    enumerable: true,
  });
}

module.exports = { LazyTransform };
