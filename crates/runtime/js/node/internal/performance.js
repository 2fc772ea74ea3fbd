// performance: now, timeOrigin, marks and measures. Also the module perf_hooks.
'use strict';

const binding = internalBinding('process');
const { checkString, unsupported } = require('internal/errors');

class PerformanceEntry {
  /** @param {string} name @param {string} entryType @param {number} startTime @param {number} duration @param {any} detail */
  constructor(name, entryType, startTime, duration, detail) {
    this.name = name;
    this.entryType = entryType;
    this.startTime = startTime;
    this.duration = duration;
    this.detail = detail;
  }

  toJSON() { return { ...this }; }
}

class PerformanceMark extends PerformanceEntry {
  /** @param {string} name @param {any} [options] */
  constructor(name, options) {
    super(`${name}`, 'mark', options?.startTime ?? now(), 0, options?.detail ?? null);
  }
}

class PerformanceMeasure extends PerformanceEntry {}

/** @returns {number} milliseconds since the process started */
const now = () => binding.uptime();

/** @type {PerformanceEntry[]} */
let entries = [];

/** @param {any} mark */
function timeOf(mark) {
  if (typeof mark === 'number') return mark;
  checkString(mark, 'mark');
  const found = entries.findLast((entry) => entry.entryType === 'mark' && entry.name === mark);
  if (found === undefined) {
    throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  }
  return found.startTime;
}

/** @param {string} type @param {string} [name] */
function clear(type, name) {
  entries = entries.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== name));
}

class Performance {
  get timeOrigin() { return binding.timeOrigin; }
  now() { return now(); }

  /** @param {string} name @param {any} [options] */
  mark(name, options) {
    const mark = new PerformanceMark(name, options);
    entries.push(mark);
    return mark;
  }

  /** @param {string} name @param {any} [startOrOptions] @param {any} [endMark] */
  measure(name, startOrOptions, endMark) {
    checkString(name, 'name');
    const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions :
      { start: startOrOptions, end: endMark };
    const { duration } = options;
    const given = options.start === undefined ? undefined : timeOf(options.start);
    let end = now();
    if (options.end !== undefined) end = timeOf(options.end);
    else if (duration !== undefined && given !== undefined) end = given + duration;
    const start = given ?? (duration === undefined ? 0 : end - duration);
    const measure = new PerformanceMeasure(name, 'measure', start, end - start, options.detail ?? null);
    entries.push(measure);
    return measure;
  }

  /** @param {string} [name] */
  clearMarks(name) { clear('mark', name); }
  /** @param {string} [name] */
  clearMeasures(name) { clear('measure', name); }
  getEntries() { return entries.slice().sort((a, b) => a.startTime - b.startTime); }
  /** @param {string} name @param {string} [type] */
  getEntriesByName(name, type) {
    return this.getEntries().filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }

  /** @param {string} type */
  getEntriesByType(type) { return this.getEntries().filter((entry) => entry.entryType === type); }

  /** @param {Function} callback */
  timerify(callback) { return callback; }
  eventLoopUtilization() { return { idle: 0, active: now(), utilization: 1 }; }
  toJSON() { return { timeOrigin: this.timeOrigin }; }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

class PerformanceObserver {
  constructor() { throw unsupported('perf_hooks.PerformanceObserver'); }
}

module.exports = {
  performance: new Performance(), Performance, PerformanceEntry, PerformanceMark,
  PerformanceMeasure, PerformanceObserver, constants: {},
  monitorEventLoopDelay() { throw unsupported('perf_hooks.monitorEventLoopDelay'); },
  createHistogram() { throw unsupported('perf_hooks.createHistogram'); },
};
