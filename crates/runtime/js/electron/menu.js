// Menu: Conch has none, so that to have none is all an app can ask for.
'use strict';

const { unsupported, unsupportedModule } = require('electron/unsupported');

const Menu = unsupportedModule('electron.Menu', {
  /** @param {any} menu */
  setApplicationMenu(menu) {
    if (menu !== null) throw unsupported('electron.Menu');
  },
  getApplicationMenu: () => null,
});

module.exports = { Menu };
