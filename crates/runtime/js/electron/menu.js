// Menu: a list of items, shown at the mouse or in the menu bar (semantics 143).
'use strict';

const { EventEmitter } = require('events');
const { objectAt } = require('electron/arguments');
const { BaseWindow } = require('electron/base-window');
const { emitEvent, reportUncaught } = require('electron/event');
const { setApplicationMenu, applicationMenu, menuChanged } = require('electron/menu-bar');
const { MenuItem, place, radioGroup } = require('electron/menu-item');
const { inOrder } = require('electron/menu-order');
const { refuseToClone } = require('electron/uncloneable');
const { declareEvents } = require('electron/unsupported');
const { live } = require('electron/window-state');

const binding = internalBinding('electron');

let lastMenu = 0;

/** Menus that are on the screen, by the number of their showing. @type {Map<number, Shown>} */
const open = new Map();

/** @typedef {{ menu: Menu, window: any, callback: (() => void) | undefined }} Shown */

class Menu extends EventEmitter {
  /** @type {MenuItem[]} */
  items = [];

  /** @param {any} item */
  append(item) {
    this.insert(this.items.length, item);
  }

  /**
   * @param {number} position
   * @param {any} item
   */
  insert(position, item) {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item');
    if (position < 0) throw new RangeError(`Position ${position} cannot be less than 0`);
    if (position > this.items.length) {
      throw new RangeError(`Position ${position} cannot be greater than the total MenuItem count`);
    }
    this.items.splice(position, 0, item);
    place(item, this, () => menuChanged());
    if (item.type === 'radio') markOne(item);
    menuChanged();
  }

  /**
   * @param {string} id
   * @returns {MenuItem | null}
   */
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  /** @param {any[]} args options: window, x, y, callback */
  popup(...args) {
    const options = args[0] === undefined || args[0] === null ? {} : objectAt(args, 0);
    const window = windowFor(options.window);
    const { x, y, callback } = options;
    lastMenu += 1;
    open.set(lastMenu, { menu: this, window, callback: typeof callback === 'function' ? callback : undefined });
    emitEvent(this, 'menu-will-show');
    try {
      binding.ui({
        cmd: 'popupMenu',
        menu: lastMenu,
        window: live(window).id,
        x: typeof x === 'number' ? Math.round(x) : undefined,
        y: typeof y === 'number' ? Math.round(y) : undefined,
        items: widgets(this),
      });
    } catch (error) {
      open.delete(lastMenu);
      throw error;
    }
  }

  closePopup() {
    for (const [number, shown] of open) {
      if (shown.menu === this) binding.ui({ cmd: 'closePopup', menu: number });
    }
  }

  /** @param {any} template */
  static buildFromTemplate(template) {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    for (const entry of template) {
      const known = entry !== null && typeof entry === 'object' &&
        ['label', 'role', 'type'].some((name) => Object.hasOwn(entry, name) || entry instanceof MenuItem);
      if (!known) throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    }
    const menu = new Menu();
    for (const entry of inOrder(template)) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return menu;
  }

  /** @param {any} menu */
  static setApplicationMenu(menu) {
    if (menu !== null && menu !== undefined && !(menu instanceof Menu)) throw new TypeError('Invalid menu');
    setApplicationMenu(menu ?? null);
  }

  /** @returns {any} */
  static getApplicationMenu() { return applicationMenu(); }

  /** Actions of other systems' menus; on Linux it does nothing in Electron either. */
  static sendActionToFirstResponder() {}
}

refuseToClone(Menu);
declareEvents(Menu.prototype, ['menu-will-close', 'menu-will-show']);

/**
 * What the UI thread needs to know of a menu's items.
 * @param {Menu} menu
 * @returns {any[]}
 */
function widgets(menu) {
  return menu.items.map((item) => ({
    id: item.commandId,
    type: item.type,
    label: String(item.label),
    toolTip: String(item.toolTip),
    accelerator: typeof item.accelerator === 'string' ? item.accelerator : undefined,
    registered: item.registerAccelerator !== false,
    enabled: item.enabled,
    visible: item.visible,
    checked: item.checked,
    submenu: item.type === 'submenu' ? widgets(item.submenu) : [],
  }));
}

/**
 * Of a group of radio items one is marked, the first unless another is.
 * @param {MenuItem} item the newest of the group
 */
function markOne(item) {
  const group = radioGroup(item);
  const marked = item.checked ? item : group.find((other) => other.checked) ?? group[0];
  for (const other of group) MenuItem.mark(other, other === marked);
}

/**
 * The window that a menu is shown in.
 * @param {any} given
 * @returns {any}
 */
function windowFor(given) {
  if (given !== undefined && given !== null && !(given instanceof BaseWindow)) {
    throw new TypeError('Invalid window');
  }
  const window = given ?? BaseWindow.getFocusedWindow() ?? BaseWindow.getAllWindows()[0];
  if (window === undefined) throw new Error('Cannot open Menu without a BaseWindow present');
  return window;
}

/**
 * @param {Menu} menu
 * @param {number} commandId
 * @returns {MenuItem | undefined}
 */
function findItem(menu, commandId) {
  for (const item of menu.items) {
    const found = item.commandId === commandId ? item : item.submenu && findItem(item.submenu, commandId);
    if (found) return found;
  }
  return undefined;
}

/**
 * The user chose an item, of a menu on the screen or of a menu bar.
 * @param {UiEvent} event
 */
function itemChosen({ menu: number, item: commandId, inWindow, modifiers }) {
  const shown = open.get(number);
  const window = shown?.window ?? BaseWindow.getAllWindows().find(({ id }) => id === inWindow);
  const menu = shown?.menu ?? require('electron/menu-bar').menuOf(window);
  const item = menu && findItem(menu, commandId);
  // It may have changed since it was shown.
  if (item?.enabled) guarded(() => item.click(modifiers, window));
}

/**
 * A menu is off the screen, and what was chosen from it is told.
 * @param {UiEvent} event
 */
function menuClosed({ menu: number }) {
  const shown = open.get(number);
  if (shown === undefined) return;
  open.delete(number);
  emitEvent(shown.menu, 'menu-will-close');
  if (shown.callback) guarded(shown.callback);
}

/** @param {() => void} call of the app's code, whose exceptions are uncaught ones */
function guarded(call) {
  try {
    call();
  } catch (error) {
    reportUncaught(error);
  }
}

module.exports = { Menu, itemChosen, menuClosed, widgets };
