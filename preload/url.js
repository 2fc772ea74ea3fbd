'use strict';
// Node's `url`, over the URL of the page.

const { URL, decodeURIComponent, encodeURIComponent } = primordials;
const { URLSearchParams } = globalThis;

/** @param {string | URL} url */
function fileURLToPath(url) {
  const parsed = new URL(String(url));
  if (parsed.protocol !== 'file:') throw new TypeError('The URL must be of scheme file');
  if (/%2f/i.test(parsed.pathname)) {
    throw new TypeError('File URL path must not include encoded / characters');
  }
  return decodeURIComponent(parsed.pathname);
}

/** @param {string} path absolute: a web process has no folder of its own */
function pathToFileURL(path) {
  return new URL(`file://${path.split('/').map(encodeURIComponent).join('/')}`);
}

/**
 * @param {string | URL} url
 * @param {{auth?: boolean, fragment?: boolean, search?: boolean}} [options]
 */
function format(url, { auth = true, fragment = true, search = true } = {}) {
  const copy = new URL(String(url));
  if (!auth) copy.username = copy.password = '';
  if (!fragment) copy.hash = '';
  if (!search) copy.search = '';
  return copy.href;
}

function parse() {
  throw new Error('url.parse in a renderer is not supported by Conch: use new URL()');
}

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, format, parse };
