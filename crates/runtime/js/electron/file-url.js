// The address of a file, for loadFile.
'use strict';

/**
 * @param {string} path absolute
 * @param {{ query?: Record<string, any>, search?: string, hash?: string }} options search goes before query
 */
function fileUrl(path, { query, search, hash }) {
  // encodeURI leaves the two characters that end a path in an address, and takes no half ones.
  const pathname = encodeURI(path.replace(/\p{Cs}/gu, '\ufffd')).replace(/[?#]/g, encodeURIComponent);
  return `file://${pathname}${prefixed('?', search || queryString(query))}${prefixed('#', hash)}`;
}

/** @param {Record<string, any> | undefined} query */
function queryString(query) {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => {
    return (Array.isArray(value) ? value : [value]).map((each) => [name, each]);
  });
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/**
 * @param {string} prefix
 * @param {string | undefined} text
 */
function prefixed(prefix, text) {
  if (!text) return '';
  return text.startsWith(prefix) ? text : prefix + text;
}

module.exports = { fileUrl };
