// MenuItem: one entry of a menu.
'use strict';

const { objectAt } = require('electron/arguments');
const { perform, roleOf } = require('electron/menu-roles');
const { refuseToClone } = require('electron/uncloneable');
const { warnOnce, warnOption } = require('electron/warnings');

const TYPES = ['normal', 'separator', 'submenu', 'checkbox', 'radio'];

/** Options that are known, and have no meaning or no effect here. */
const WITHOUT_EFFECT = [
  'sublabel', 'icon', 'acceleratorWorksWhenHidden', 'accessibilityLabel', 'badge', 'sharingItem',
];
const OPTIONS = new Set([
  'click', 'role', 'type', 'label', 'toolTip', 'accelerator', 'enabled', 'visible', 'checked', 'registerAccelerator',
  'submenu', 'id', 'before', 'after', 'beforeGroupContaining', 'afterGroupContaining',
]);

let lastCommandId = 0;

/** @type {WeakMap<MenuItem, { menu: any, changed: (item: MenuItem) => void }>} */
const places = new WeakMap();

class MenuItem {
  #enabled = true;
  #visible = true;
  #checked = false;

  /** @param {any[]} args options */
  constructor(...args) {
    const options = objectAt(args, 0);
    const role = options.role === undefined ? undefined : roleOf(options.role);
    if (options.role !== undefined && role === undefined) {
      warnOnce(`The menu role '${options.role}' is not supported by Conch: the item does nothing`);
    }
    for (const name of WITHOUT_EFFECT) {
      if (options[name] !== undefined) warnOption('MenuItem', name);
    }
    // Apps put data of their own on items, under names of their own.
    for (const [name, value] of Object.entries(options)) {
      if (!(name in MenuItem.prototype) && !OPTIONS.has(name)) /** @type {any} */ (this)[name] = value;
    }
    /** @type {any} a Menu */
    this.submenu = submenuOf(options.submenu ?? role?.submenu);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    if (!TYPES.includes(this.type)) throw new Error(`Unknown menu item type: ${this.type}`);
    if (this.type === 'submenu' && !this.submenu) throw new Error('Invalid submenu');
    this.role = options.role === undefined ? undefined : String(options.role);
    this.label = options.label ?? role?.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.id = options.id;
    this.icon = options.icon ?? null;
    this.accelerator = options.accelerator ?? role?.accelerator;
    this.registerAccelerator = options.registerAccelerator ?? role?.registerAccelerator ?? true;
    this.commandId = lastCommandId += 1;
    this.#enabled = Boolean(options.enabled ?? true);
    this.#visible = Boolean(options.visible ?? true);
    this.#checked = Boolean(options.checked ?? false);

    const { click } = options;
    /** @type {(event?: any, window?: any) => void} */
    this.click = (event = {}, window = undefined) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      else if (this.type === 'radio') this.checked = true;
      if (role !== undefined && perform(role, window)) return;
      if (typeof click === 'function') click(this, window, event);
    };
  }

  get enabled() { return this.#enabled; }

  set enabled(enabled) {
    this.#enabled = Boolean(enabled);
    this.#changed();
  }

  get visible() { return this.#visible; }

  set visible(visible) {
    this.#visible = Boolean(visible);
    this.#changed();
  }

  get checked() { return this.#checked; }

  /** A radio item that is marked takes the mark from its neighbours. */
  set checked(checked) {
    this.#checked = Boolean(checked);
    if (this.type === 'radio' && this.#checked) {
      for (const other of radioGroup(this)) other.#checked = other === this;
    }
    this.#changed();
  }

  /** The menu it was put into. */
  get menu() { return places.get(this)?.menu; }

  get userAccelerator() { return this.accelerator ?? null; }

  #changed() {
    places.get(this)?.changed(this);
  }

  /**
   * Marks an item of a new group, of which nobody has heard.
   * @param {MenuItem} item
   * @param {boolean} checked
   */
  static mark(item, checked) {
    item.#checked = checked;
  }
}

refuseToClone(MenuItem);

/** @param {any} submenu a Menu or a template */
function submenuOf(submenu) {
  // The two classes need each other.
  const { Menu } = require('electron/menu');
  return Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
}

/**
 * The radio items without another kind between them.
 * @param {MenuItem} item
 * @returns {MenuItem[]}
 */
function radioGroup(item) {
  /** @type {MenuItem[]} */
  const items = item.menu?.items ?? [item];
  let from = items.indexOf(item);
  let to = from;
  while (items[from - 1]?.type === 'radio') from -= 1;
  while (items[to + 1]?.type === 'radio') to += 1;
  return items.slice(from, to + 1);
}

/**
 * An item became part of a menu.
 * @param {MenuItem} item
 * @param {any} menu
 * @param {(item: MenuItem) => void} changed told when the item looks different
 */
function place(item, menu, changed) {
  places.set(item, { menu, changed });
}

module.exports = { MenuItem, place, radioGroup };
