// clipboard: the desktop's clipboard and X11's selection, in the synchronous form that published
// apps use (semantics 144).
'use strict';

const apiNames = require('electron/api-names');
const { conversionFailure, objectAt, requireCount, stringAt } = require('electron/arguments');
const { installUnsupported } = require('electron/unsupported');

const binding = internalBinding('electron');

/** Electron's names of what a clipboard holds, with the MIME types. */
const FORMATS = { text: 'text/plain', html: 'text/html', rtf: 'text/rtf', bookmark: 'text/x-moz-url' };

/** @param {any} type */
const kindOf = (type) => (type === 'selection' ? 'selection' : 'clipboard');

/**
 * @param {string} format a MIME type
 * @param {any} type
 * @returns {string}
 */
function read(format, type) {
  return binding.ui({ cmd: 'readClipboard', kind: kindOf(type), format }) ?? '';
}

/**
 * @param {Record<string, string>} data
 * @param {any} type
 */
function write(data, type) {
  binding.ui({ cmd: 'writeClipboard', kind: kindOf(type), data });
}

/**
 * An address with its title, as Mozilla's programs write it.
 * @param {string} title
 * @param {string} url
 */
const bookmark = (title, url) => `${url}\n${title}`;

const clipboard = {
  /** @param {any} [type] */
  readText: (type) => read(FORMATS.text, type),
  /** @param {any[]} args the text, and which clipboard */
  writeText: (...args) => write({ [FORMATS.text]: stringAt(args, 0) }, args[1]),
  /** @param {any} [type] */
  readHTML: (type) => read(FORMATS.html, type),
  /** @param {any[]} args */
  writeHTML: (...args) => write({ [FORMATS.html]: stringAt(args, 0) }, args[1]),
  /** @param {any} [type] */
  readRTF: (type) => read(FORMATS.rtf, type),
  /** @param {any[]} args */
  writeRTF: (...args) => write({ [FORMATS.rtf]: stringAt(args, 0) }, args[1]),

  readBookmark() {
    const [url = '', title = ''] = read(FORMATS.bookmark, undefined).split('\n');
    return { title, url };
  },

  /** @param {any[]} args title, url, and which clipboard */
  writeBookmark(...args) {
    write({ [FORMATS.bookmark]: bookmark(stringAt(args, 0), stringAt(args, 1)) }, args[2]);
  },

  /** @param {any[]} args a format */
  read: (...args) => read(stringAt(args, 0), undefined),

  /** @param {any[]} args texts by their kinds, and which clipboard */
  write(...args) {
    const given = objectAt(args, 0);
    /** @type {Record<string, string>} */
    const data = {};
    for (const [kind, value] of Object.entries(given)) {
      if (value === undefined) continue;
      if (kind === 'image') throw new Error('clipboard.write with an image is not supported by Conch');
      if (!Object.hasOwn(FORMATS, kind)) continue;
      if (typeof value !== 'string') throw conversionFailure(0, given);
      // A bookmark's own text is its title; its address is the text beside it.
      const text = kind === 'bookmark' ? bookmark(value, given.text ?? '') : value;
      data[/** @type {any} */ (FORMATS)[kind]] = text;
    }
    write(data, args[1]);
  },

  /** @param {any} [type] */
  clear: (type) => void binding.ui({ cmd: 'clearClipboard', kind: kindOf(type) }),

  /**
   * @param {any} [type]
   * @returns {string[]}
   */
  availableFormats: (type) => binding.ui({ cmd: 'clipboardFormats', kind: kindOf(type) }),

  /** @param {any[]} args a format, and which clipboard */
  has(...args) {
    requireCount(args, 1);
    return clipboard.availableFormats(args[1]).includes(stringAt(args, 0));
  },
};
installUnsupported(clipboard, 'clipboard', apiNames.clipboard);

module.exports = { clipboard };
