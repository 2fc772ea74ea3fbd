// The values that every codec of Conch must agree on: the Rust codec over QuickJS, the JavaScript
// codec of the web process, and Node's v8.Serializer, whose bytes are the golden files beside this
// one (golden.mjs writes them). Plain script without imports: it runs unchanged under Node,
// QuickJS and JavaScriptCore, as a CommonJS module or as a script whose completion value is the
// corpus.
'use strict';
(function () {
  /**
   * @typedef {object} Entry
   * @property {string} name       also the golden file's name, `<name>.bin`
   * @property {() => unknown} make  a fresh value to write
   * @property {() => unknown} [clone]  what arrives, when that differs from what was written
   * @property {string} [loose]    why V8's bytes cannot be demanded of another engine; such bytes
   *                               must be read, but a writer may choose others
   * @property {number} [node]     the first version of Node whose V8 has such a value: an older
   *                               one cannot be asked about it
   */

  /** @type {Entry[]} */
  const values = [];

  // For getters, which run when a test has broken what can be replaced.
  const { apply } = Reflect;
  const { set: mapSet, delete: mapDelete } = Map.prototype;
  const { add: setAdd, delete: setDelete } = Set.prototype;

  /**
   * @param {string} name
   * @param {() => unknown} make
   * @param {{clone?: () => unknown, loose?: string, node?: number}} [more]
   */
  function value(name, make, more) {
    values.push(Object.assign({ name, make }, more));
  }

  const elementsKind = 'V8 chooses the array form and number tags by its elements kind';
  const stackFirst = 'V8 writes the stack before the cause since version 12, and reads it in no other order';
  const tracking = 'a script cannot tell that a view follows the length of its buffer';

  // Primitives.
  value('undefined', () => undefined);
  value('null', () => null);
  value('true', () => true);
  value('false', () => false);
  // From texts: numbers of one array literal would all be doubles to V8.
  for (const text of (
    '0 1 -1 63 64 -64 -65 127 128 255 256 8191 8192 -8192 -8193 1048575 1048576 1073741823 ' +
    '1073741824 -1073741824 -1073741825 2147483647 -2147483648 2147483648 -2147483649 ' +
    '4294967295 4294967296 0.1 -0.5 1e+21 5e-324'
  ).split(' ')) {
    value('number-' + text, () => Number(text));
  }
  value('number-negative-zero', () => -0);
  value('number-nan', () => NaN);
  value('number-infinity', () => Infinity);
  value('number-negative-infinity', () => -Infinity);
  value('number-max-safe', () => Number.MAX_SAFE_INTEGER);
  value('number-max', () => Number.MAX_VALUE);
  value('number-epsilon', () => Number.EPSILON);

  value('bigint-0', () => 0n);
  value('bigint-1', () => 1n);
  value('bigint-minus-1', () => -1n);
  value('bigint-i64-max', () => 2n ** 63n - 1n);
  value('bigint-i64-min', () => -(2n ** 63n));
  value('bigint-2-63', () => 2n ** 63n);
  value('bigint-u64-max', () => 2n ** 64n - 1n);
  value('bigint-2-64', () => 2n ** 64n);
  value('bigint-minus-2-64', () => -(2n ** 64n));
  value('bigint-200-bits', () => 0x123456789abcdef0fedcba9876543210123456789abcdef011n);
  value('bigint-minus-200-bits', () => -0x123456789abcdef0fedcba9876543210123456789abcdef011n);
  value('bigint-safe', () => -9007199254740994000n);
  value('bigint-4096-bits', () => 2n ** 4096n + 12345n);

  // Strings.
  value('string-empty', () => '');
  value('string-ascii', () => 'hello, conch');
  value('string-nul', () => 'a\u0000b\u0000');
  value('string-latin1', () => '\u0080caf\u00e9 \u00ff');
  value('string-latin1-one', () => '\u00e9');
  value('string-two-byte', () => '\u20ac 100');
  value('string-two-byte-first', () => '\u0100');
  value('string-astral', () => '\u{1f41a} shell');
  value('string-lone-high', () => 'a\ud83d');
  value('string-lone-low', () => '\udc1ab');
  value('string-surrogates-swapped', () => '\udc1a\ud83d');
  value('string-127', () => 'x'.repeat(127));
  value('string-128', () => 'x'.repeat(128));
  value('string-latin1-300', () => '\u00e9x'.repeat(150));
  value('string-two-byte-63', () => '\u20ac'.repeat(63));
  value('string-two-byte-64', () => '\u20ac'.repeat(64));
  value('string-long', () => 'The quick brown fox. '.repeat(1000));
  value('string-two-byte-long', () => '\u0416\u0443\u043a \ud83d'.repeat(1000));
  value('string-rope', () => {
    let s = '';
    for (let i = 0; i < 2000; i++) s += 'part ' + i + ';';
    return s;
  });
  value('string-alignment', () => ['\u20ac', 'a', '\u20ac', 'ab', '\u20ac\u20ac', '', '\u20ac']);

  // Boxed primitives.
  value('boxed-true', () => Object(true));
  value('boxed-false', () => Object(false));
  value('boxed-number', () => Object(1.5));
  value('boxed-int', () => Object(7));
  value('boxed-negative-zero', () => Object(-0));
  value('boxed-nan', () => Object(NaN));
  value('boxed-string', () => Object('boxed'));
  value('boxed-string-two-byte', () => Object('\u20ac'));
  value('boxed-string-empty', () => Object(''));
  value('boxed-bigint', () => Object(5n));
  value('boxed-bigint-big', () => Object(-(2n ** 70n)));
  value('boxed-twice', () => {
    const b = Object('same');
    return [b, b];
  });
  value('boxed-extra-keys', () => Object.assign(Object(3), { lost: 1 }), { clone: () => Object(3) });

  // Date and RegExp.
  value('date-epoch', () => new Date(0));
  value('date', () => new Date(1234567890123));
  value('date-before-epoch', () => new Date(-1));
  value('date-invalid', () => new Date(NaN));
  value('date-min', () => new Date(-8.64e15));
  value('date-max', () => new Date(8.64e15));
  value('regexp', () => /ab+c/);
  value('regexp-flags', () => /^a.c$/gimsuy);
  value('regexp-indices', () => /(?<year>\d+)-x/d);
  value('regexp-empty', () => new RegExp(''));
  value('regexp-slash', () => new RegExp('a/b\\/[/]'));
  value('regexp-newline', () => new RegExp('a\nb'));
  value('regexp-two-byte', () => /\u20ac\u{1f41a}/u);
  value('regexp-two-byte-source', () => new RegExp('\u20ac+'));
  value('regexp-unicode-sets', () => new RegExp('[a-z]', 'v'), { node: 20 });
  value(
    'regexp-last-index',
    () => {
      const r = /a/g;
      r.lastIndex = 3;
      return r;
    },
    { clone: () => /a/g },
  );

  // Map and Set.
  value('map-empty', () => new Map());
  value('map', () => new Map([['a', 1], ['b', { c: [2] }]]));
  value('map-odd-keys', () => new Map().set(NaN, 1).set(0, 2).set(undefined, 3).set(null, undefined).set(1n, 4));
  value('map-object-keys', () => {
    const k = { id: 1 };
    return new Map([[k, k], [[], k]]);
  });
  value('map-cycle', () => {
    const m = new Map();
    m.set('self', m).set(m, 1);
    return m;
  });
  value('map-extra-keys', () => Object.assign(new Map([[1, 2]]), { lost: 1 }), {
    clone: () => new Map([[1, 2]]),
  });
  value(
    'map-changes',
    () => {
      const m = new Map();
      const key = {
        get a() {
          apply(mapSet, m, ['late', 1]);
          apply(mapDelete, m, ['second']);
          return 1;
        },
      };
      return m.set(key, 1).set('second', 2);
    },
    { clone: () => new Map([[{ a: 1 }, 1], ['second', 2]]) },
  );
  value('map-subclass', () => new (class Registry extends Map {})([['k', 'v']]), {
    clone: () => new Map([['k', 'v']]),
  });
  value('set-empty', () => new Set());
  value('set', () => new Set([1, 'two', { three: 3 }, NaN, undefined]));
  value('set-cycle', () => {
    const s = new Set();
    s.add(s);
    return s;
  });
  value(
    'set-changes',
    () => {
      const s = new Set();
      const first = {
        get a() {
          apply(setAdd, s, ['late']);
          apply(setDelete, s, ['second']);
          return 1;
        },
      };
      return s.add(first).add('second');
    },
    { clone: () => new Set([{ a: 1 }, 'second']) },
  );
  value('set-300', () => new Set(Array.from({ length: 300 }, (_, i) => i)));

  // Buffers and views.
  const bytes = (n) => {
    const b = new Uint8Array(n);
    for (let i = 0; i < n; i++) b[i] = (i * 7 + 1) & 255;
    return b.buffer;
  };
  value('buffer-empty', () => new ArrayBuffer(0));
  value('buffer', () => bytes(5));
  value('buffer-1000', () => bytes(1000));
  value('buffer-shared', () => {
    const b = bytes(4);
    return [b, b];
  });
  value('buffer-resizable', () => new ArrayBuffer(4, { maxByteLength: 16 }), { node: 20 });
  value('buffer-resizable-empty', () => new ArrayBuffer(0, { maxByteLength: 8 }), { node: 20 });
  const kinds = [
    'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array',
    'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'DataView',
  ];
  for (const kind of kinds) {
    const size = globalThis[kind].BYTES_PER_ELEMENT || 1;
    value('view-' + kind, () => new globalThis[kind](bytes(32)));
    value('view-' + kind + '-part', () => new globalThis[kind](bytes(32), 8, 16 / size));
    value('view-' + kind + '-empty', () => new globalThis[kind](new ArrayBuffer(0)));
  }
  value('view-float-values', () => new Float64Array([0, -0, NaN, Infinity, 0.1]));
  value('view-whole-and-part', () => {
    const b = bytes(16);
    return [new Uint8Array(b), new Int16Array(b, 2, 3), b, new DataView(b, 15)];
  });
  value('view-buffer-first', () => {
    const b = bytes(8);
    return { buffer: b, view: new Uint8Array(b, 1, 2) };
  });
  value('view-twice', () => {
    const v = new Uint8Array([1, 2, 3]);
    return [v, v];
  });
  value('view-extra-keys', () => Object.assign(new Uint8Array([1]), { lost: 1 }), {
    clone: () => new Uint8Array([1]),
  });
  value('view-of-resizable', () => new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 }), 2, 4), { node: 20 });
  value('view-length-tracking', () => new Uint16Array(new ArrayBuffer(8, { maxByteLength: 16 }), 2), { loose: tracking, node: 20 });
  value('view-length-tracking-data', () => new DataView(new ArrayBuffer(8, { maxByteLength: 16 })), { loose: tracking, node: 20 });
  value('view-map', () => new Map([['image', new Uint8Array([1, 2, 3]).subarray(1)]]));

  // Errors. The stack is set to a fixed text: each engine writes its own otherwise.
  const at = (e) => {
    e.stack = e.name + ': ' + e.message + '\n    at somewhere (app.js:1:2)';
    return e;
  };
  const errors = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
  for (const kind of errors) value('error-' + kind, () => at(new globalThis[kind]('broken')));
  value('error-no-message', () => at(new Error()));
  value('error-empty-message', () => at(new Error('')));
  value('error-two-byte', () => at(new TypeError('\u20ac \ud83d')));
  value('error-cause', () => at(new Error('outer', { cause: at(new RangeError('inner')) })), { loose: stackFirst });
  value('error-cause-value', () => at(new Error('outer', { cause: { code: 7 } })), { loose: stackFirst });
  value('error-cause-undefined', () => at(new Error('outer', { cause: undefined })), { loose: stackFirst });
  value('error-cause-shared', () => {
    const e = at(new Error('outer', { cause: { deep: [1] } }));
    return [e, e.cause, e];
  }, { loose: stackFirst });
  value('error-subclass', () => at(new (class AppError extends TypeError {})('mine')), {
    clone: () => at(new TypeError('mine')),
  });
  value(
    'error-custom-name',
    () => {
      const e = new RangeError('named');
      e.name = 'CustomError';
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new Error('named');
        e.stack = 'fixed';
        return e;
      },
    },
  );
  value(
    'error-name-of-builtin',
    () => {
      const e = new Error('named');
      e.name = 'TypeError';
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new TypeError('named');
        e.stack = 'fixed';
        return e;
      },
    },
  );
  value('error-extra-keys', () => Object.assign(at(new Error('x')), { code: 'ENOENT', errno: -2 }), {
    clone: () => at(new Error('x')),
  });
  value(
    'error-aggregate',
    () => {
      const e = new AggregateError([new Error('1')], 'many');
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new Error('many');
        e.stack = 'fixed';
        return e;
      },
    },
  );
  value(
    'error-message-number',
    () => {
      const e = new Error('x');
      e.message = 42;
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new Error('42');
        e.stack = 'fixed';
        return e;
      },
    },
  );
  value(
    'error-message-getter',
    () => {
      const e = new Error();
      Object.defineProperty(e, 'message', { get: () => 'not read' });
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new Error();
        e.stack = 'fixed';
        return e;
      },
    },
  );

  value(
    'error-message-object',
    () => {
      const e = new Error('x');
      e.message = { toString: () => 'asked' };
      e.stack = 'fixed';
      return e;
    },
    {
      clone: () => {
        const e = new Error('asked');
        e.stack = 'fixed';
        return e;
      },
    },
  );
  value(
    'error-stack-number',
    () => Object.defineProperty(new Error('x'), 'stack', { value: 5 }),
    { clone: () => Object.defineProperty(new Error('x'), 'stack', { value: undefined }) },
  );

  // Plain objects.
  value('object-like-array', () => ({ 0: 'a', 1: 'b', length: 2 }));
  value('object-prototype', () => Object.prototype, { clone: () => ({}) });
  value('object-math', () => Math, { clone: () => ({}) });
  value('object-map-prototype', () => Map.prototype, { clone: () => ({}) });
  value('object-empty', () => ({}));
  value('object', () => ({ id: 1, name: 'conch', ok: true, none: null, undef: undefined, f: 0.5 }));
  value('object-nested', () => ({ a: { b: { c: { d: [{ e: {} }] } } } }));
  value('object-integer-keys', () => ({ b: 1, 10: 'ten', 2: 'two', a: 2, 0: 'zero' }));
  value('object-large-integer-keys', () => ({
    2147483647: 1, 2147483648: 2, 4294967294: 3, 4294967295: 4, 4294967296: 5, 9007199254740991: 6,
  }));
  value('object-number-like-keys', () => ({ '-1': 1, '01': 2, '1.5': 3, '1e3': 4, ' 1': 5, '-0': 6 }));
  value('object-empty-key', () => ({ '': 1 }));
  value('object-proto-key', () => JSON.parse('{"__proto__":{"polluted":1},"a":2}'));
  value('object-builtin-names', () => ({ constructor: 1, toString: 2, length: 3, valueOf: 4, then: 5 }));
  value('object-odd-keys', () => ({ '\u00e9': 1, '\u20ac': 2, '\ud83d': 3, 'a b': 4, 'a\u0000': 5 }));
  value('object-long-key', () => ({ ['k'.repeat(300)]: 1 }));
  value('object-null-prototype', () => Object.assign(Object.create(null), { a: 1 }), {
    clone: () => ({ a: 1 }),
  });
  value('object-inherited', () => Object.assign(Object.create({ hidden: 1 }), { own: 2 }), {
    clone: () => ({ own: 2 }),
  });
  value(
    'object-class-instance',
    () =>
      new (class Point {
        x = 1;
        #secret = 3;
        get sum() {
          return this.x + this.#secret;
        }
        y = 2;
      })(),
    { clone: () => ({ x: 1, y: 2 }) },
  );
  value('object-symbol-keys', () => ({ a: 1, [Symbol('s')]: 2, [Symbol.iterator]: 3 }), {
    clone: () => ({ a: 1 }),
  });
  value(
    'object-hidden-keys',
    () => Object.defineProperty({ a: 1 }, 'hidden', { value: 2, enumerable: false }),
    { clone: () => ({ a: 1 }) },
  );
  value(
    'object-getter',
    () => {
      let reads = 0;
      return {
        get once() {
          return ++reads;
        },
        after: 'x',
      };
    },
    { clone: () => ({ once: 1, after: 'x' }) },
  );
  value(
    'object-getter-deletes',
    () => ({
      get first() {
        delete this.second;
        return 1;
      },
      second: 2,
      third: 3,
    }),
    { clone: () => ({ first: 1, third: 3 }) },
  );
  value(
    'object-getter-adds',
    () => ({
      get first() {
        this.added = 1;
        return 1;
      },
      second: 2,
    }),
    { clone: () => ({ first: 1, second: 2 }) },
  );
  value('object-frozen', () => Object.freeze({ a: 1 }), { clone: () => ({ a: 1 }) });
  value('object-to-json', () => JSON.parse('{"toJSON":1,"a":{}}'));
  value('object-to-string-tag', () => ({ a: 1, [Symbol.toStringTag]: 'Map' }), {
    clone: () => ({ a: 1 }),
  });
  value('object-200-keys', () => {
    const o = {};
    for (let i = 0; i < 200; i++) o['key' + i] = i;
    return o;
  });

  // Arrays.
  value('array-empty', () => []);
  value('array-ints', () => [1, 2, 3]);
  value('array-doubles', () => [1.5, -0.25, NaN]);
  value('array-mixed-numbers', () => [1.5, 2, -0, 3], { loose: elementsKind });
  value('array-strings', () => ['a', '\u20ac', '', '\u00e9']);
  value('array-mixed', () => [undefined, null, true, 1, 'x', 2n, {}, []]);
  value('array-nested', () => [[[[[]]]], [[]]]);
  value('array-300', () => Array.from({ length: 300 }, (_, i) => i), { loose: elementsKind });
  value('array-hole', () => [1, , 3]);
  value('array-hole-first', () => [, 1]);
  value('array-hole-last', () => [1, ,]);
  value('array-only-holes', () => new Array(5));
  value('array-undefined-is-no-hole', () => [undefined, undefined]);
  value('array-sparse', () => {
    const a = [];
    a[1000] = 'far';
    return a;
  });
  value('array-longest', () => {
    const a = [];
    a[4294967294] = 'end';
    a[2147483648] = 'mid';
    return a;
  });
  value('array-extra-keys', () => Object.assign([1, 2], { index: 5, input: 'text' }));
  value('array-extra-keys-holes', () => Object.assign([1, , 3], { name: 'n', '-1': 0 }));
  value('array-subclass', () => new (class List extends Array {})('a', 'b'), {
    clone: () => ['a', 'b'],
  });
  value('array-frozen', () => Object.freeze([1, 'a']), {
    clone: () => [1, 'a'],
    loose: elementsKind,
  });
  value('array-prototype', () => Array.prototype, { clone: () => [], loose: elementsKind });
  value(
    'array-getter',
    () => Object.defineProperty([1, 2, 3], 1, { enumerable: true, get: () => 'got' }),
    { clone: () => [1, 'got', 3], loose: elementsKind },
  );
  value(
    'array-null-prototype',
    () => Object.setPrototypeOf([1, 'a'], null),
    { clone: () => [1, 'a'], loose: elementsKind },
  );
  value('array-matched', () => /b(c)/.exec('abcd'), { loose: elementsKind });
  value(
    'array-shrinks',
    () => {
      const a = [
        {
          get g() {
            a.length = 2;
            return 1;
          },
        },
        2,
        3,
      ];
      return a;
    },
    { clone: () => [{ g: 1 }, 2, ,] },
  );

  // References.
  value('cycle-object', () => {
    const o = { name: 'o' };
    o.self = o;
    return o;
  });
  value('cycle-array', () => {
    const a = [1];
    a.push(a);
    return a;
  });
  value('cycle-two', () => {
    const a = { b: { c: [] } };
    a.b.a = a;
    a.b.c.push(a.b, a);
    return a;
  });
  value('shared', () => {
    const d = new Date(5);
    const o = { d };
    return [o, o, { o, d }, new Map([[o, d]]), new Set([o])];
  });
  value('shared-many', () => {
    const all = Array.from({ length: 200 }, (_, i) => ({ i }));
    return all.concat(all);
  }, { loose: elementsKind });

  // Depth and everyday payloads.
  value('deep-arrays', () => {
    let a = [];
    for (let i = 0; i < 500; i++) a = [a];
    return a;
  });
  value('deep-objects', () => {
    let o = {};
    for (let i = 0; i < 500; i++) o = { o };
    return o;
  });
  value('arguments-of-a-call', () => ['channel', { id: 12, path: '/home/x', flags: ['r', 'w'] }, 3, null]);
  value('records', () =>
    Array.from({ length: 20 }, (_, i) => ({
      id: i,
      name: 'item ' + i,
      price: i + 0.5,
      tags: ['a', 'b\u00e9', '\u20ac'],
      at: new Date(1e12 + i),
      none: null,
      open: i % 2 === 0,
    })), { loose: elementsKind });

  /**
   * What cannot be cloned, with the message of V8's error. `message` is null where V8 has no fixed
   * text of its own and only the tail is demanded.
   * @type {{name: string, make: () => unknown, message: string | null, node?: number}[]}
   */
  const uncloneable = [
    { name: 'arrow function', make: () => () => {}, message: '() => {} could not be cloned.' },
    {
      name: 'function',
      make: () => function add(a, b) { return a + b; },
      message: 'function add(a, b) { return a + b; } could not be cloned.',
    },
    {
      name: 'long function',
      make: () => function longer() { return 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; },
      message:
        "function longer() { return 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...<omitted>... } could not be cloned.",
    },
    { name: 'class', make: () => class A {}, message: 'class A {} could not be cloned.' },
    { name: 'symbol', make: () => Symbol('x'), message: 'Symbol(x) could not be cloned.' },
    { name: 'symbol without text', make: () => Symbol(), message: 'Symbol() could not be cloned.' },
    { name: 'boxed symbol', make: () => Object(Symbol('x')), message: null },
    { name: 'promise', make: () => Promise.resolve(1), message: '#<Promise> could not be cloned.' },
    { name: 'WeakMap', make: () => new WeakMap(), message: '#<WeakMap> could not be cloned.' },
    { name: 'WeakSet', make: () => new WeakSet(), message: '#<WeakSet> could not be cloned.' },
    { name: 'WeakRef', make: () => new WeakRef({}), message: '#<WeakRef> could not be cloned.' },
    { name: 'proxy', make: () => new Proxy({}, {}), message: '#<Object> could not be cloned.' },
    { name: 'proxy of an array', make: () => new Proxy([], {}), message: null },
    { name: 'generator', make: () => (function* () {})(), message: null },
    { name: 'async generator', make: () => (async function* () {})(), message: null },
    { name: 'array iterator', make: () => [].values(), message: null },
    { name: 'iterator of matches', make: () => 'a'.matchAll(/a/g), message: null },
    {
      name: 'FinalizationRegistry',
      make: () => new FinalizationRegistry(() => {}),
      message: '#<FinalizationRegistry> could not be cloned.',
    },
    { name: 'async function', make: () => async () => 1, message: 'async () => 1 could not be cloned.' },
    { name: 'method', make: () => ({ add(a) { return a; } }), message: 'add(a) { return a; } could not be cloned.' },
    { name: 'engine\'s function', make: () => Math.max, message: null },
    { name: 'bound function', make: () => Math.max.bind(null), message: null },
    { name: 'subclass of Promise', make: () => new (class Later extends Promise {})(() => {}), message: '#<Later> could not be cloned.' },
    { name: 'arguments', make: () => (function () { return arguments; })(1), message: '#<Object> could not be cloned.' },
    { name: 'proxy of a function', make: () => new Proxy(() => 4, {}), message: null },
    {
      name: 'view out of the bounds of its buffer',
      make: () => {
        const b = new ArrayBuffer(16, { maxByteLength: 16 });
        const v = new Uint8Array(b, 8);
        b.resize(4);
        return v;
      },
      message: null,
      node: 20,
    },
    {
      name: 'DataView out of the bounds of its buffer',
      make: () => {
        const b = new ArrayBuffer(16, { maxByteLength: 16 });
        const v = new DataView(b, 8);
        b.resize(4);
        return v;
      },
      message: null,
      node: 20,
    },
    { name: 'map iterator', make: () => new Map().entries(), message: null },
    { name: 'function in an object', make: () => ({ a: [() => 1] }), message: '() => 1 could not be cloned.' },
    { name: 'function in a map', make: () => new Map([['f', () => 2]]), message: '() => 2 could not be cloned.' },
    { name: 'symbol in a set', make: () => new Set([Symbol('in set')]), message: 'Symbol(in set) could not be cloned.' },
    { name: 'function as cause', make: () => new Error('x', { cause: () => 3 }), message: '() => 3 could not be cloned.' },
    { name: 'symbol behind a getter', make: () => ({ get s() { return Symbol('got'); } }), message: 'Symbol(got) could not be cloned.' },
  ];

  /**
   * Getters that throw: what they throw comes out of the call as it is.
   * @type {{name: string, make: () => unknown, thrown: string}[]}
   */
  const throwing = [
    { name: 'getter', make: () => ({ get a() { throw 'from the getter'; } }), thrown: 'from the getter' },
    {
      name: 'getter on an array index',
      make: () => Object.defineProperty([1, 2], 1, { enumerable: true, get() { throw 'from the index'; } }),
      thrown: 'from the index',
    },
    {
      name: 'error with a throwing name',
      make: () => Object.defineProperty(new Error('x'), 'name', { get() { throw 'from the name'; } }),
      thrown: 'from the name',
    },
    {
      name: 'error with a throwing stack',
      make: () => Object.defineProperty(new Error('x'), 'stack', { get() { throw 'from the stack'; } }),
      thrown: 'from the stack',
    },
    {
      name: 'error whose message throws',
      make: () => Object.assign(new Error('x'), { message: { toString() { throw 'from the message'; } } }),
      thrown: 'from the message',
    },
    {
      name: 'getter deep inside',
      make: () => [{ b: new Map([[1, { get c() { throw 'from the depth'; } }]]) }],
      thrown: 'from the depth',
    },
  ];

  /**
   * Well-formed input that no writer here makes: older versions and forms that V8 still reads.
   * `until` is the last version of Node that reads it.
   * @type {{name: string, hex: string, make: () => unknown, until?: number}[]}
   */
  const readable = [
    { name: 'version 13', hex: 'ff0d6f22016149027b01', make: () => ({ a: 1 }) },
    { name: 'version 14', hex: 'ff0e6f22016149027b01', make: () => ({ a: 1 }) },
    { name: 'view of version 13, no flags', hex: 'ff0d4203010203564200 03', make: () => new Uint8Array([1, 2, 3]) },
    { name: 'view of version 14, with flags', hex: 'ff0e420301020356420003 00', make: () => new Uint8Array([1, 2, 3]) },
    { name: 'UTF-8 string', hex: 'ff0f5306 68c3a9 e282ac', make: () => 'h\u00e9\u20ac' },
    { name: 'unsigned number', hex: 'ff0f55ffffffff0f', make: () => 4294967295 },
    { name: 'padding before a value', hex: 'ff0f000000 5f', make: () => undefined },
    { name: 'padding before a view', hex: 'ff0f4203010203 0000 56420003 00', make: () => new Uint8Array([1, 2, 3]) },
    { name: 'object count check', hex: 'ff0f3f01 6f7b00', make: () => ({}) },
    { name: 'hole in a dense array', hex: 'ff0f4103 4902 2d 4906 240003', make: () => [1, , 3] },
    { name: 'two-byte string of narrow characters', hex: 'ff0f6304 61006200', make: () => 'ab' },
    { name: 'string key of digits', hex: 'ff0f6f220231304902 7b01', make: () => ({ 10: 1 }) },
    { name: 'number key with a fraction', hex: 'ff0f6f4e000000000000f83f 4902 7b01', make: () => ({ '1.5': 1 }) },
    { name: 'short bigint digits', hex: 'ff0f5a08 01020304', make: () => 0x04030201n },
    { name: 'bigint with leading zeros', hex: 'ff0f5a20 05000000000000000000000000000000', make: () => 5n },
    { name: 'negative bigint', hex: 'ff0f5a11 0500000000000000', make: () => -5n },
    { name: 'unaligned two-byte string', hex: 'ff0f6302ac20', make: () => '\u20ac' },
    { name: 'varint longer than needed', hex: 'ff0f2281 00 61', make: () => 'a' },
    {
      name: 'error with its stack before its cause',
      hex: 'ff0f 726d220161 73220166 63 4902 2e',
      make: () => Object.defineProperty(new Error('a', { cause: 1 }), 'stack', { value: 'f' }),
    },
    {
      name: 'error with its cause before its stack',
      hex: 'ff0f 726d220161 63 4902 73220166 2e',
      make: () => Object.defineProperty(new Error('a', { cause: 1 }), 'stack', { value: 'f' }),
      until: 20,
    },
    { name: 'error with nothing', hex: 'ff0f722e', make: () => Object.defineProperty(new Error(), 'stack', { value: undefined }) },
    { name: 'sparse array without elements', hex: 'ff0f6105400005', make: () => new Array(5) },
  ];

  /**
   * Input that every reader must refuse by an error of its own: no crash, no large allocation.
   * @type {{name: string, hex: string}[]}
   */
  const malformed = [
    { name: 'nothing', hex: '' },
    { name: 'half a header', hex: 'ff' },
    { name: 'header only', hex: 'ff0f' },
    { name: 'version too new', hex: 'ff105f' },
    { name: 'version too old', hex: 'ff0c5f' },
    { name: 'no header', hex: '5f' },
    { name: 'unknown tag', hex: 'ff0f7e7f' },
    { name: 'unknown tag 1', hex: 'ff0f01' },
    { name: 'endless varint', hex: 'ff0f49ffffffffffffffffffff' },
    { name: 'cut varint', hex: 'ff0f4980' },
    { name: 'cut double', hex: 'ff0f4e000000' },
    { name: 'cut string', hex: 'ff0f220561' },
    { name: 'huge string', hex: 'ff0f22ffffffff0f61' },
    { name: 'odd two-byte length', hex: 'ff0f6303616263' },
    { name: 'bad UTF-8', hex: 'ff0f5302c328' },
    { name: 'cut bigint', hex: 'ff0f5a1001' },
    { name: 'huge bigint', hex: 'ff0f5affffffff0f' },
    { name: 'cut object', hex: 'ff0f6f220161' },
    { name: 'object without end', hex: 'ff0f6f2201614902' },
    { name: 'object count wrong', hex: 'ff0f6f22016149027b02' },
    { name: 'object key is an object', hex: 'ff0f6f6f7b00 4902 7b01' },
    { name: 'object key is null', hex: 'ff0f6f3049027b01' },
    { name: 'dense array of four billion', hex: 'ff0f41ffffffff0f' },
    { name: 'dense array longer than its bytes', hex: 'ff0f41056161' },
    { name: 'dense array length differs at its end', hex: 'ff0f4101 4902 240002' },
    { name: 'dense array count wrong', hex: 'ff0f4101 4902 240101' },
    { name: 'sparse array length differs at its end', hex: 'ff0f6105400006' },
    { name: 'sparse array count wrong', hex: 'ff0f6105400105' },
    { name: 'reference to nothing', hex: 'ff0f5e00' },
    { name: 'reference out of range', hex: 'ff0f6f2201615e057b01' },
    { name: 'huge buffer', hex: 'ff0f42ffffffff0f00' },
    { name: 'cut buffer', hex: 'ff0f420400' },
    { name: 'resizable buffer smaller than its length', hex: 'ff0f7e040200000000' },
    { name: 'huge maximum of a resizable buffer', hex: 'ff0f7e04ffffffff0f' },
    { name: 'view without a buffer', hex: 'ff0f5642000100' },
    { name: 'view past its buffer', hex: 'ff0f4203010203564200 0400' },
    { name: 'view offset past its buffer', hex: 'ff0f4203010203564204 0000' },
    { name: 'view not aligned', hex: 'ff0f420400000000565701 0200' },
    { name: 'view of a broken length', hex: 'ff0f420400000000565700 0300' },
    { name: 'unknown view kind', hex: 'ff0f420400000000567a000400' },
    { name: 'unknown view flags', hex: 'ff0f42040000000056420004ff01' },
    { name: 'map without end', hex: 'ff0f3b4902' },
    { name: 'map with an odd count', hex: 'ff0f3b49023a01' },
    { name: 'map count wrong', hex: 'ff0f3b490249043a04' },
    { name: 'set count wrong', hex: 'ff0f2749022c02' },
    { name: 'regexp that does not compile', hex: 'ff0f52220128 00' },
    { name: 'regexp with unknown flags', hex: 'ff0f5222016180 80 04' },
    { name: 'regexp source is a number', hex: 'ff0f52490200' },
    { name: 'boxed string of a number', hex: 'ff0f734902' },
    { name: 'error with an unknown part', hex: 'ff0f727a2e' },
    { name: 'error without end', hex: 'ff0f726d220161' },
    { name: 'error message is a number', hex: 'ff0f726d49022e' },
    { name: 'host object', hex: 'ff0f5c00' },
    { name: 'transferred buffer', hex: 'ff0f7400' },
    { name: 'shared buffer', hex: 'ff0f7500' },
    { name: 'wasm module', hex: 'ff0f7700' },
  ];

  /**
   * One text for one value graph: equal texts mean values that a script cannot tell apart, but for
   * function identity. Used to compare a value here with what another process read.
   * @param {unknown} root
   * @returns {string}
   */
  function describe(root) {
    const seen = new Map();
    const out = [];
    const tagOf = Object.prototype.toString;
    const text = (s) => {
      let t = '"';
      for (let i = 0; i < s.length; i++) {
        const c = s.charCodeAt(i);
        t += c >= 32 && c < 127 && c !== 34 && c !== 92 ? s[i] : '\\u' + c.toString(16).padStart(4, '0');
      }
      return t + '"';
    };
    const number = (n) => (Object.is(n, -0) ? '-0' : String(n));
    const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
    const proto = (o, expected) => (Object.getPrototypeOf(o) === expected ? '' : ' of a foreign prototype');
    const props = (o) => {
      const keys = Reflect.ownKeys(o);
      out.push('{');
      for (const k of keys) {
        if (k === 'length' && Array.isArray(o)) continue;
        const d = Object.getOwnPropertyDescriptor(o, k);
        out.push(typeof k === 'symbol' ? '@@symbol' : text(k));
        if (!d.writable || !d.enumerable || !d.configurable) out.push(' (not plain)');
        out.push(':');
        visit(d.value);
        out.push(',');
      }
      out.push('}');
    };
    function visit(v) {
      switch (typeof v) {
        case 'undefined': out.push('undefined'); return;
        case 'boolean': out.push(String(v)); return;
        case 'number': out.push(number(v)); return;
        case 'bigint': out.push(v + 'n'); return;
        case 'string': out.push(text(v)); return;
        case 'symbol': out.push('symbol'); return;
        case 'function': out.push('function'); return;
      }
      if (v === null) { out.push('null'); return; }
      if (seen.has(v)) { out.push('#' + seen.get(v)); return; }
      seen.set(v, seen.size);
      if (Array.isArray(v)) {
        out.push('array(' + v.length + ')' + proto(v, Array.prototype));
        props(v);
        return;
      }
      if (v instanceof Error) {
        const own = Object.getOwnPropertyNames(v).filter((k) => !/^(stack|message|cause|line|column|sourceURL|fileName|lineNumber|columnNumber)$/.test(k));
        const builtin = errors.find((k) => Object.getPrototypeOf(v) === globalThis[k].prototype);
        out.push('error ' + (builtin || 'foreign') + ' name=' + v.name);
        const m = Object.getOwnPropertyDescriptor(v, 'message');
        if (m) out.push(' message=' + text(String(m.value)) + (m.enumerable ? ' (enumerable)' : ''));
        out.push(' stack=' + (typeof v.stack === 'string' ? text(v.stack) : 'none'));
        const c = Object.getOwnPropertyDescriptor(v, 'cause');
        if (c) { out.push((c.enumerable ? ' (enumerable)' : '') + ' cause='); visit(c.value); }
        if (own.length) out.push(' extra ' + own.join());
        return;
      }
      const tag = tagOf.call(v).slice(8, -1);
      switch (tag) {
        case 'Boolean': case 'Number': case 'String': case 'BigInt':
          out.push('boxed' + proto(v, globalThis[tag].prototype) + ' ');
          visit(v.valueOf());
          return;
        case 'Date': out.push('date ' + number(v.getTime()) + proto(v, Date.prototype)); return;
        case 'RegExp': out.push('regexp ' + text(v.source) + v.flags + ' at ' + v.lastIndex + proto(v, RegExp.prototype)); return;
        case 'Map':
          out.push('map' + proto(v, Map.prototype) + '[');
          v.forEach((item, key) => { visit(key); out.push('=>'); visit(item); out.push(','); });
          out.push(']');
          return;
        case 'Set':
          out.push('set' + proto(v, Set.prototype) + '[');
          v.forEach((item) => { visit(item); out.push(','); });
          out.push(']');
          return;
        case 'ArrayBuffer':
          out.push('buffer ' + hex(v) + (v.resizable ? ' max ' + v.maxByteLength : ''));
          return;
      }
      if (ArrayBuffer.isView(v)) {
        out.push('view ' + tag + proto(v, globalThis[tag].prototype) + ' ' + v.byteOffset + '+' + v.byteLength);
        if (Reflect.ownKeys(v).some((k) => typeof k === 'symbol' || isNaN(Number(k)))) out.push(' extra');
        out.push(' of ');
        visit(v.buffer);
        return;
      }
      out.push('object' + proto(v, Object.prototype));
      props(v);
    }
    visit(root);
    return out.join('');
  }

  /** @param {string} hex */
  function fromHex(hex) {
    const digits = hex.replace(/ /g, '');
    const out = new Uint8Array(digits.length / 2);
    for (let i = 0; i < out.length; i++) out[i] = parseInt(digits.slice(i * 2, i * 2 + 2), 16);
    return out;
  }

  const corpus = { values, uncloneable, throwing, readable, malformed, describe, fromHex };
  if (typeof module === 'object' && module) module.exports = corpus;
  return corpus;
})();
