// util.parseArgs: what a program was called with, by a table of its options.
'use strict';

const { checkBoolean, checkObject, checkString, codedError, invalidArgType, invalidArgValue } = require('internal/errors');

/** @typedef {{ type: 'string' | 'boolean', short?: string, multiple?: boolean, default?: any }} Option */
/** @typedef {{ kind: string, index: number, name?: string, rawName?: string, value?: any, inlineValue?: any }} Token */

/** @param {any} value @param {string} name @param {string} type */
function checkType(value, name, type) {
  if (type === 'string') checkString(value, name);
  else checkBoolean(value, name);
}

/** @param {any} options */
function checkOptions(options) {
  checkObject(options, 'options');
  for (const [name, option] of Object.entries(options)) {
    checkObject(option, `options.${name}`);
    const where = `options.${name}`;
    if (option.type !== 'string' && option.type !== 'boolean') {
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', unionText(`${where}.type`, option.type));
    }
    if (Object.hasOwn(option, 'short')) {
      checkString(option.short, `${where}.short`);
      if (option.short.length !== 1) throw invalidArgValue(`${where}.short`, option.short, 'must be a single character');
    }
    if (Object.hasOwn(option, 'multiple')) checkBoolean(option.multiple, `${where}.multiple`);
    if (option.default === undefined) continue;
    if (!option.multiple) {
      checkType(option.default, `${where}.default`, option.type);
    } else {
      if (!Array.isArray(option.default)) throw invalidArgType(`${where}.default`, 'Array', option.default);
      option.default.forEach((/** @type {any} */ one, /** @type {number} */ at) => checkType(one, `${where}.default[${at}]`, option.type));
    }
  }
}

/** @param {string} name @param {any} value */
function unionText(name, value) {
  const { message } = invalidArgType(name, ['string'], value);
  return message.replace('must be of type string', "must be ('string|boolean')");
}

/** Cuts the arguments into tokens. @param {string[]} args @param {Record<string, Option>} options @returns {Token[]} */
function tokenize(args, options) {
  const byShort = new Map(Object.entries(options).map(([name, { short }]) => [short, name]));
  const nameOf = (/** @type {string} */ short) => byShort.get(short) ?? short;
  const takesValue = (/** @type {string} */ name) => Object.hasOwn(options, name) && options[name].type === 'string';
  /** @type {Token[]} */
  const tokens = [];
  // A group of short options is taken apart, each as if it stood alone.
  const waiting = args.map((text, index) => ({ text, index, ofGroup: false }));
  while (waiting.length > 0) {
    const { text, index, ofGroup } = /** @type {{ text: string, index: number, ofGroup: boolean }} */ (waiting.shift());
    const withValue = (/** @type {string} */ name, /** @type {string} */ rawName) => {
      const next = waiting[0];
      const has = takesValue(name) && next !== undefined && !next.ofGroup;
      if (has) waiting.shift();
      tokens.push({ kind: 'option', name, rawName, index, value: has ? next.text : undefined, inlineValue: has ? false : undefined });
    };
    if (text === '--' && !ofGroup) {
      tokens.push({ kind: 'option-terminator', index });
      for (const rest of waiting.splice(0)) tokens.push({ kind: 'positional', index: rest.index, value: rest.text });
    } else if (/^-[^-]$/.test(text)) {
      withValue(nameOf(text[1]), text);
    } else if (/^-[^-]./.test(text)) {
      const name = nameOf(text[1]);
      if (takesValue(name)) {
        tokens.push({ kind: 'option', name, rawName: text.slice(0, 2), index, value: text.slice(2), inlineValue: true });
        continue;
      }
      const group = [];
      for (let at = 1; at < text.length; at++) {
        const last = at === text.length - 1;
        if (last || !takesValue(nameOf(text[at]))) {
          group.push(`-${text[at]}`);
        } else {
          group.push(`-${text.slice(at)}`);
          break;
        }
      }
      waiting.unshift(...group.map((one) => ({ text: one, index, ofGroup: true })));
    } else if (/^--.+=/.test(text) && text.indexOf('=') > 2) {
      const at = text.indexOf('=');
      tokens.push({ kind: 'option', name: text.slice(2, at), rawName: text.slice(0, at), index, value: text.slice(at + 1), inlineValue: true });
    } else if (/^--./.test(text)) {
      withValue(text.slice(2), text);
    } else {
      tokens.push({ kind: 'positional', index, value: text });
    }
  }
  return tokens;
}

/** @param {any} token @param {any} config */
function checkToken(token, { strict, options, allowPositionals }) {
  if (!strict) return;
  if (!Object.hasOwn(options, token.name)) {
    throw codedError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${token.rawName}'${
      allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${token.rawName}"` : ''}`);
  }
  const { short, type } = options[token.name];
  const both = `${short ? `-${short}, ` : ''}--${token.name}`;
  if (type === 'string' && typeof token.value !== 'string') {
    throw codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${both} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value !== undefined && token.value !== null) {
    throw codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${both}' does not take an argument`);
  }
  if (token.inlineValue === false && token.value.length > 1 && token.value.startsWith('-')) {
    const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
    throw codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
      `Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${token.rawName}'?\n` +
      `To specify an option argument starting with a dash use ${example}.`);
  }
}

/** @param {Record<string, any>} values @param {Record<string, Option>} options @param {string} name @param {any} value */
function store(values, options, name, value) {
  if (name === '__proto__') return;
  if (!options[name]?.multiple || !Object.hasOwn(options, name)) values[name] = value;
  else if (values[name]) values[name].push(value);
  else values[name] = [value];
}

/** @param {any} [config] */
function parseArgs(config = {}) {
  checkObject(config, 'config');
  const strict = config.strict ?? true;
  const allowPositionals = config.allowPositionals ?? !strict;
  const returnTokens = config.tokens ?? false;
  const allowNegative = config.allowNegative ?? false;
  const args = config.args ?? process.argv.slice(2);
  const options = config.options ?? {};
  if (!Array.isArray(args)) throw invalidArgType('args', 'Array', args);
  checkBoolean(strict, 'strict');
  checkBoolean(allowPositionals, 'allowPositionals');
  checkBoolean(returnTokens, 'tokens');
  checkBoolean(allowNegative, 'allowNegative');
  checkOptions(options);

  const tokens = tokenize(args, options);
  /** @type {Record<string, any>} */
  const values = Object.create(null);
  /** @type {string[]} */
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      let name = /** @type {string} */ (token.name);
      let { value = true } = token;
      const negated = name.replace(/^no-/, '');
      if (allowNegative && negated !== name && !Object.hasOwn(options, name) && options[negated]?.type === 'boolean' && token.value === undefined) {
        name = token.name = negated;
        value = false;
      }
      checkToken(token, { strict, options, allowPositionals });
      store(values, options, name, value);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw codedError(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${token.value}'. This command does not take positional arguments`);
      }
      positionals.push(token.value);
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  return returnTokens ? { values, positionals, tokens } : { values, positionals };
}

module.exports = { parseArgs };
