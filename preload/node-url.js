'use strict';
// The part of Node's `url` that main has from native code (`internal/url`), over the URL of the
// page; the rest of the module is the same file in both processes.

const { invalidArgType, invalidArgValue } = require('internal/errors');

const { URL, decodeURIComponent, encodeURIComponent } = primordials;
const { URLSearchParams } = globalThis;

/** @param {string | URL} url */
function fileURLToPath(url) {
  const { protocol, hostname, pathname } = new URL(String(url));
  if (protocol !== 'file:') throw new TypeError('The URL must be of scheme file');
  if (hostname !== '') {
    throw new TypeError('File URL host must be "localhost" or empty on linux');
  }
  if (/%2f/i.test(pathname)) {
    throw new TypeError('File URL path must not include encoded / characters');
  }
  return decodeURIComponent(pathname);
}

/** @param {string} path absolute: a web process has no folder of its own */
function pathToFileURL(path) {
  return new URL(`file://${path.split('/').map(encodeURIComponent).join('/')}`);
}

/**
 * A path argument of fs: a string, a Buffer or a file URL.
 * @param {any} value
 * @param {string} [name]
 */
function toPath(value, name = 'path') {
  let path = value;
  if (value instanceof URL) path = fileURLToPath(value);
  else if (ArrayBuffer.isView(value)) path = new TextDecoder().decode(value);
  else if (typeof value !== 'string') throw invalidArgType(name, ['string', 'Buffer', 'URL'], value);
  if (!path.includes('\0')) return path;
  throw invalidArgValue(name, path, 'must be a string, Uint8Array, or URL without null bytes');
}

/** A host name as the URL standard writes it; empty for what is none. @param {string} domain */
function domainToASCII(domain) {
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return '';
  }
}

/** @param {URL} url */
function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href, port } = url;
  const options = { protocol, hostname, hash, search, pathname, path: pathname + search, href };
  return port === '' ? options : { ...options, port: Number(port) };
}

module.exports = {
  URL,
  URLSearchParams,
  domainToASCII,
  /** The page's engine has no way back from the ASCII form. */
  domainToUnicode: domainToASCII,
  fileURLToPath,
  pathToFileURL,
  toPath,
  urlToHttpOptions,
};
