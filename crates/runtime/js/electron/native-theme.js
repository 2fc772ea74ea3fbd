// nativeTheme: light or dark, by the desktop's choice or the app's (semantics 147).
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const { describe } = require('electron/arguments');
const { emit } = require('electron/event');
const { refuseToClone } = require('electron/uncloneable');
const { declareEvents, installUnsupported } = require('electron/unsupported');

const binding = internalBinding('electron');

const SOURCES = ['system', 'light', 'dark'];

class NativeTheme extends EventEmitter {
  #source = 'system';

  get shouldUseDarkColors() { return Boolean(binding.ui({ cmd: 'theme' }).dark); }

  get shouldUseHighContrastColors() { return Boolean(binding.ui({ cmd: 'theme' }).highContrast); }

  get themeSource() { return this.#source; }

  set themeSource(source) {
    if (!SOURCES.includes(source)) throw new TypeError(`Error processing argument, conversion failure from ${describe(source)}`);
    this.#source = source;
    binding.ui({ cmd: 'setThemeSource', source });
  }

  /** It changed between light and dark. */
  changed() {
    emit(this, 'updated');
  }
}

refuseToClone(NativeTheme);
declareEvents(NativeTheme.prototype, ['updated']);
installUnsupported(NativeTheme.prototype, 'nativeTheme', apiNames.nativeTheme);

const nativeTheme = new NativeTheme();

module.exports = { nativeTheme };
