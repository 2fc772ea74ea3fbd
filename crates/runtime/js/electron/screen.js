// screen: the displays and the mouse.
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const lifecycle = require('electron/app-lifecycle');
const { objectAt } = require('electron/arguments');
const { emitEvent } = require('electron/event');
const { refuseToClone } = require('electron/uncloneable');
const { declareEvents, installUnsupported } = require('electron/unsupported');

const binding = internalBinding('electron');

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Rectangle
 * @typedef {{ id: number, bounds: Rectangle, workArea: Rectangle, scaleFactor: number, rotation: number,
 *   [name: string]: any }} Display
 */

class Screen extends EventEmitter {
  /** @type {Display[]} the displays of which listeners know, once one listens */
  #known = [];

  constructor() {
    super();
    this.on('newListener', () => {
      if (this.#known.length === 0 && lifecycle.isReady()) this.#known = this.getAllDisplays();
    });
  }

  /** @returns {Display[]} */
  getAllDisplays() { return displays().all; }

  /** @returns {Display} */
  getPrimaryDisplay() {
    const { all, primary } = displays();
    return all.find((display) => display.id === primary) ?? all[0];
  }

  /** @returns {{ x: number, y: number }} */
  getCursorScreenPoint() {
    requireReady();
    const { x, y } = binding.ui({ cmd: 'cursorPoint' });
    return { x, y };
  }

  /** @param {any[]} args a point */
  getDisplayNearestPoint(...args) {
    const { x, y } = objectAt(args, 0);
    return nearest(this.getAllDisplays(), x, y);
  }

  /** @param {any[]} args a rectangle: the display that most of it is on */
  getDisplayMatching(...args) {
    const { x, y, width, height } = objectAt(args, 0);
    const all = this.getAllDisplays();
    const shared = all.map(({ bounds }) => {
      const across = Math.min(x + width, bounds.x + bounds.width) - Math.max(x, bounds.x);
      const down = Math.min(y + height, bounds.y + bounds.height) - Math.max(y, bounds.y);
      return Math.max(0, across) * Math.max(0, down);
    });
    const most = Math.max(...shared);
    return most > 0 ? all[shared.indexOf(most)] : nearest(all, x + width / 2, y + height / 2);
  }

  /** A display came, went or changed: tells which. */
  changed() {
    if (!lifecycle.isReady()) return;
    const before = this.#known;
    this.#known = this.getAllDisplays();
    for (const display of this.#known) {
      const old = before.find(({ id }) => id === display.id);
      if (old === undefined) {
        emitEvent(this, 'display-added', display);
        continue;
      }
      const metrics = ['bounds', 'workArea', 'scaleFactor', 'rotation']
        .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(display[name]));
      if (metrics.length > 0) emitEvent(this, 'display-metrics-changed', display, metrics);
    }
    for (const old of before) {
      if (!this.#known.some(({ id }) => id === old.id)) emitEvent(this, 'display-removed', old);
    }
  }
}

refuseToClone(Screen);
declareEvents(Screen.prototype, ['display-added', 'display-metrics-changed', 'display-removed']);
installUnsupported(Screen.prototype, 'screen', apiNames.screen);

/** @returns {{ all: Display[], primary: number }} */
function displays() {
  requireReady();
  const { primary, displays: all } = binding.ui({ cmd: 'displayInfo' });
  return { primary, all: all.map(described) };
}

function requireReady() {
  if (!lifecycle.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
}

/**
 * @param {any} display as the UI thread tells it
 * @returns {Display}
 */
function described({ id, label, bounds, workArea, scaleFactor, frequency }) {
  return {
    id,
    label,
    bounds,
    workArea,
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: workArea.width, height: workArea.height },
    scaleFactor,
    displayFrequency: frequency,
    // GDK gives places and sizes as they are after turning.
    rotation: 0,
    nativeOrigin: { x: bounds.x * scaleFactor, y: bounds.y * scaleFactor },
    colorDepth: 24,
    depthPerComponent: 8,
    colorSpace: '',
    monochrome: false,
    internal: false,
    detected: true,
    touchSupport: 'unknown',
    accelerometerSupport: 'unknown',
    maximumCursorSize: { width: 0, height: 0 },
  };
}

/**
 * @param {Display[]} all
 * @param {number} x
 * @param {number} y
 */
function nearest(all, x, y) {
  const distance = (/** @type {Display} */ { bounds }) => Math.hypot(
    Math.max(bounds.x - x, 0, x - (bounds.x + bounds.width - 1)),
    Math.max(bounds.y - y, 0, y - (bounds.y + bounds.height - 1)),
  );
  return all.reduce((best, display) => (distance(display) < distance(best) ? display : best));
}

const screen = new Screen();

module.exports = { screen };
