// util.MIMEType and MIMEParams.
'use strict';

const { codedError } = require('internal/errors');

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const NOT_QUOTED = /[^\t\u0020-~\u0080-\u00FF]/;
const SPACE_AT_ENDS = /^[\r\n\t ]+|[\r\n\t ]+$/g;

/** @param {string} part @param {string} text @param {number} [at] */
function invalid(part, text, at = -1) {
  const where = at === -1 ? '' : ` at ${at}`;
  return codedError(TypeError, 'ERR_INVALID_MIME_SYNTAX', `The MIME syntax for a ${part} in ${JSON.stringify(text)} is invalid${where}`);
}

/** @param {string} value */
const quote = (value) => (value === '' || NOT_TOKEN.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value);

class MIMEParams {
  /** @type {Map<string, string>} */
  #entries = new Map();

  /** @param {string} text what comes behind the type, from the first semicolon on */
  static _parse(text) {
    const params = new MIMEParams();
    const pattern = /;[\r\n\t ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\.)*)"?[^;]*|([^;]*)))?/gs;
    for (const [, rawName, quoted, plain] of text.matchAll(pattern)) {
      const name = rawName.toLowerCase();
      const value = quoted === undefined ? plain?.replace(/[\r\n\t ]+$/, '') : quoted.replace(/\\(.)/gs, '$1');
      if (value === undefined || name === '' || (quoted === undefined && value === '') || NOT_TOKEN.test(name) || NOT_QUOTED.test(value)) continue;
      if (!params.#entries.has(name)) params.#entries.set(name, value);
    }
    return params;
  }

  /** @param {string} name */
  delete(name) { this.#entries.delete(`${name}`); }
  /** @param {string} name */
  get(name) { return this.#entries.get(`${name}`) ?? null; }
  /** @param {string} name */
  has(name) { return this.#entries.has(`${name}`); }

  /** @param {string} name @param {string} value */
  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    const badName = name.search(NOT_TOKEN);
    if (name === '' || badName !== -1) throw invalid('parameter name', name, badName);
    const badValue = value.search(NOT_QUOTED);
    if (badValue !== -1) throw invalid('parameter value', value, badValue);
    this.#entries.set(name, value);
  }

  *entries() { yield* this.#entries.entries(); }
  *keys() { yield* this.#entries.keys(); }
  *values() { yield* this.#entries.values(); }
  [Symbol.iterator]() { return this.entries(); }
  toJSON() { return this.toString(); }
  toString() { return [...this.#entries].map(([name, value]) => `${name}=${quote(value)}`).join(';'); }
}
Object.defineProperty(MIMEParams, '_parse', { enumerable: false });

class MIMEType {
  #type;
  #subtype;
  #params;

  /** @param {string} input */
  constructor(input) {
    const text = `${input}`.replace(SPACE_AT_ENDS, '');
    const slash = text.indexOf('/');
    const type = slash === -1 ? text : text.slice(0, slash);
    if (slash <= 0 || NOT_TOKEN.test(type)) throw invalid('type', text, slash === -1 ? text.search(NOT_TOKEN) : type.search(NOT_TOKEN));
    const semicolon = text.indexOf(';', slash);
    const subtype = text.slice(slash + 1, semicolon === -1 ? undefined : semicolon).replace(/[\r\n\t ]+$/, '');
    const bad = subtype.search(NOT_TOKEN);
    if (subtype === '' || bad !== -1) throw invalid('subtype', text, bad === -1 ? -1 : slash + 1 + bad);
    this.#type = type.toLowerCase();
    this.#subtype = subtype.toLowerCase();
    this.#params = MIMEParams._parse(semicolon === -1 ? '' : text.slice(semicolon));
  }

  get type() { return this.#type; }
  set type(value) { this.#type = this.#token('type', value); }
  get subtype() { return this.#subtype; }
  set subtype(value) { this.#subtype = this.#token('subtype', value); }
  get essence() { return `${this.#type}/${this.#subtype}`; }
  get params() { return this.#params; }

  /** @param {string} part @param {any} value */
  #token(part, value) {
    value = `${value}`;
    const bad = value.search(NOT_TOKEN);
    if (value === '' || bad !== -1) throw invalid(part, value, bad);
    return value.toLowerCase();
  }

  toJSON() { return this.toString(); }
  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
}

module.exports = { MIMEType, MIMEParams };
