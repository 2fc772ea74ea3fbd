// The module vm: scripts in the one context that there is. Other contexts say that they are not
// there.
'use strict';

const binding = internalBinding('scripts');
const { checkInteger, checkObject, checkString, invalidArgType, unsupported } = require('internal/errors');

/** @param {any} given */
function scriptOptions(given) {
  const options = typeof given === 'string' ? { filename: given } : given ?? {};
  checkObject(options, 'options');
  const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0 } = options;
  checkString(filename, 'options.filename');
  checkInteger(lineOffset, 'options.lineOffset', -(2 ** 31), 2 ** 31 - 1);
  checkInteger(columnOffset, 'options.columnOffset', -(2 ** 31), 2 ** 31 - 1);
  for (const name of ['cachedData', 'produceCachedData', 'importModuleDynamically', 'parsingContext']) {
    if (options[name]) throw unsupported(`vm: the option '${name}'`);
  }
  if (lineOffset < 0 || columnOffset < 0) throw unsupported('vm: a negative offset');
  // What stands in front moves lines and columns to where they are to be.
  return { filename, front: '\n'.repeat(lineOffset) + ' '.repeat(columnOffset) };
}

/** @param {any} options */
function checkRunOptions(options) {
  if (options === undefined || options === null) return;
  checkObject(options, 'options');
  for (const name of ['timeout', 'breakOnSigint']) {
    if (options[name]) throw unsupported(`vm: the option '${name}'`);
  }
}

class Script {
  #run;

  /** @param {any} code @param {any} [given] */
  constructor(code, given) {
    const { filename, front } = scriptOptions(given);
    this.#run = binding.compile(front + `${code}`, filename);
    this.sourceMapURL = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(code)?.[1];
  }

  /** @param {any} [options] */
  runInThisContext(options) {
    checkRunOptions(options);
    return this.#run();
  }

  runInContext() { throw unsupported('vm.Script.runInContext'); }
  runInNewContext() { throw unsupported('vm.Script.runInNewContext'); }
  createCachedData() { throw unsupported('vm.Script.createCachedData'); }
}

/** @param {any} code @param {any} [options] */
function runInThisContext(code, options) {
  const script = new Script(code, options);
  return script.runInThisContext(typeof options === 'string' ? undefined : options);
}

/** @param {any} code @param {any} [params] @param {any} [given] */
function compileFunction(code, params = [], given = {}) {
  checkString(code, 'code');
  if (!Array.isArray(params)) throw invalidArgType('params', 'Array', params);
  params.forEach((one, at) => checkString(one, `params[${at}]`));
  const { filename, front } = scriptOptions({ filename: '', ...given });
  if (given.contextExtensions?.length > 0) throw unsupported("vm: the option 'contextExtensions'");
  return binding.compile(`(function (${params.join(', ')}) {${front}${code}\n})`, filename)();
}

/** @param {any} object */
function isContext(object) {
  checkObject(object, 'object');
  return false;
}

/** @type {any} */
const vm = {
  Script, compileFunction, isContext, runInThisContext,
  createScript: (/** @type {any} */ code, /** @type {any} */ options) => new Script(code, options),
  constants: Object.freeze({ __proto__: null }),
};
for (const name of ['createContext', 'measureMemory', 'runInContext', 'runInNewContext']) {
  vm[name] = { [name]() { throw unsupported(`vm.${name}`); } }[name];
}

module.exports = vm;
