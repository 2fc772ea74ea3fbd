// The module dns: names by the system's resolver. What asks name servers itself says that it is
// not there.
'use strict';

const binding = internalBinding('dns');
const {
  checkBoolean, checkFunction, checkString, codedError, invalidArgType, invalidArgValue, unsupported,
} = require('internal/errors');

const ADDRCONFIG = 32;
const ALL = 16;
const V4MAPPED = 8;

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder = 'verbatim';

/** @param {any} value @param {string} name @param {any[]} allowed */
function checkOneOf(value, name, allowed) {
  if (allowed.includes(value)) return;
  const list = allowed.map((one) => (typeof one === 'string' ? `'${one}'` : one)).join(', ');
  throw invalidArgValue(name, value, `must be one of: ${list}`);
}

/** libuv's words for the resolver's numbers; two of them mean the same to Node. */
const CODES = /** @type {Record<number, string>} */ ({
  [-3001]: 'EAI_AGAIN', [-3002]: 'EAI_BADFLAGS', [-3004]: 'EAI_FAIL', [-3005]: 'EAI_FAMILY', [-3006]: 'EAI_MEMORY',
  [-3007]: 'ENOTFOUND', [-3008]: 'ENOTFOUND', [-3010]: 'EAI_SERVICE', [-3011]: 'EAI_SOCKTYPE',
});

/** @param {number} errno @param {string} syscall @param {string} hostname */
function lookupError(errno, syscall, hostname) {
  const code = CODES[errno] ?? 'UNKNOWN';
  return Object.assign(new Error(`${syscall} ${code} ${hostname}`), { errno, code, syscall, hostname });
}

/** @param {any} options @returns {{ family: number, hints: number, all: boolean, order: string }} */
function lookupOptions(options) {
  const out = { family: 0, hints: 0, all: false, order: defaultOrder };
  if (typeof options === 'number') {
    checkOneOf(options, 'family', [0, 4, 6]);
    return { ...out, family: options };
  }
  if (options === undefined || options === null) return out;
  if (typeof options !== 'object') {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
      invalidArgType('options', 'object', options).message.replace('object.', 'object or integer.'));
  }
  const { family, hints, all, verbatim, order } = options;
  if (hints !== undefined && hints !== null) {
    if (typeof hints !== 'number') throw invalidArgType('options.hints', 'number', hints);
    if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw invalidArgValue('hints', hints);
    out.hints = hints;
  }
  if (family !== undefined && family !== null) {
    if (family === 'IPv4') out.family = 4;
    else if (family === 'IPv6') out.family = 6;
    else {
      checkOneOf(family, 'options.family', [0, 4, 6]);
      out.family = family;
    }
  }
  if (all !== undefined && all !== null) {
    checkBoolean(all, 'options.all');
    out.all = all;
  }
  if (verbatim !== undefined && verbatim !== null) {
    checkBoolean(verbatim, 'options.verbatim');
    out.order = verbatim ? 'verbatim' : 'ipv4first';
  }
  if (order !== undefined && order !== null) {
    checkOneOf(order, 'options.order', ORDERS);
    out.order = order;
  }
  return out;
}

/** @param {string} address */
const withFamily = (address) => ({ address, family: binding.isIp(address) });

/** @param {string[]} found @param {string} order */
function sorted(found, order) {
  const list = found.map(withFamily);
  if (order === 'verbatim') return list;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...list.filter(({ family }) => family === first), ...list.filter(({ family }) => family !== first)];
}

/** @param {any} hostname @param {any} options @param {any} [callback] */
function lookup(hostname, options, callback) {
  if (hostname) checkString(hostname, 'hostname');
  if (typeof options === 'function') [callback, options] = [options, undefined];
  else checkFunction(callback, 'callback');
  const { family, hints, all, order } = lookupOptions(options);
  if (callback === undefined) checkFunction(callback, 'callback');
  if (!hostname) {
    process.emitWarning(`The provided hostname "${hostname}" is not a valid hostname, and is supported in the dns module ` +
      'solely for compatibility.', 'DeprecationWarning', 'DEP0118');
    if (all) process.nextTick(callback, null, []);
    else process.nextTick(callback, null, null, family === 6 ? 6 : 4);
    return {};
  }
  const known = binding.isIp(hostname);
  if (known) {
    if (all) process.nextTick(callback, null, [{ address: hostname, family: known }]);
    else process.nextTick(callback, null, hostname, known);
    return {};
  }
  binding.lookup((/** @type {string[] | number} */ found) => {
    if (typeof found === 'number') {
      callback(lookupError(found, 'getaddrinfo', hostname));
      return;
    }
    const list = sorted(found, order);
    if (all) callback(null, list);
    else callback(null, list[0].address, list[0].family);
  }, hostname, family, hints);
  return {};
}

/** @param {any} port */
function checkPort(port) {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 65535) return number;
  const received = invalidArgType('port', 'number', port).message.replace(/.* Received /s, '');
  throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${received}.`);
}

/** @param {any} address @param {any} port @param {any} callback */
function lookupService(address, port, callback) {
  if (arguments.length !== 3) {
    throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "address", "port", and "callback" arguments must be specified');
  }
  if (!binding.isIp(address)) throw invalidArgValue('address', address);
  const number = checkPort(port);
  checkFunction(callback, 'callback');
  binding.lookupService((/** @type {string[] | number} */ found) => {
    if (typeof found === 'number') callback(lookupError(found, 'getnameinfo', address));
    else callback(null, found[0], found[1]);
  }, address, number);
}

const kArgs = Symbol.for('nodejs.util.promisify.args');
Object.defineProperty(lookup, kArgs, { value: ['address', 'family'] });
Object.defineProperty(lookupService, kArgs, { value: ['hostname', 'service'] });

/** @param {any} order */
function setDefaultResultOrder(order) {
  checkOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}
const getDefaultResultOrder = () => defaultOrder;

const promises = {
  /** @param {any} hostname @param {any} [options] */
  lookup(hostname, options) {
    const { all } = lookupOptions(options);
    return new Promise((resolve, reject) => {
      lookup(hostname, options ?? {}, (/** @type {any} */ error, /** @type {any} */ address, /** @type {any} */ family) => {
        if (error) reject(error);
        else resolve(all ? address : { address, family });
      });
    });
  },
  /** @param {any} address @param {any} port */
  lookupService(address, port) {
    return new Promise((resolve, reject) => {
      lookupService(address, port, (/** @type {any} */ error, /** @type {any} */ hostname, /** @type {any} */ service) => {
        if (error) reject(error);
        else resolve({ hostname, service });
      });
    });
  },
};

/** Names of errors, which Node has as properties without the E. @type {Record<string, string>} */
const errors = Object.fromEntries(['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY',
  'BADRESP', 'CONNREFUSED', 'TIMEOUT', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED',
  'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED'].map((name) => [name, `E${name}`]));
errors.EOF = 'EOF';

/** What is absent, for either form. @param {string} module */
function absent(module) {
  /** @type {any} */
  const out = {};
  for (const name of ['setServers', 'getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
    'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse']) {
    out[name] = { [name]() { throw unsupported(`${module}.${name}`); } }[name];
  }
  out.Resolver = class Resolver { constructor() { throw unsupported(`${module}.Resolver`); } };
  return out;
}

const shared = { getDefaultResultOrder, setDefaultResultOrder, ...errors };

module.exports = {
  lookup, lookupService, ...shared, ADDRCONFIG, ALL, V4MAPPED, ...absent('dns'),
  promises: { ...promises, ...shared, ...absent('dns.promises') },
};
