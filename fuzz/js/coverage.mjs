// What of the code under test an input runs, as V8 counts it.
import inspector from 'node:inspector';

export class Coverage {
  #session = new inspector.Session();
  #isMeant;
  #edges = new Set();

  /** @param {(url: string) => boolean} isMeant whether the script of that URL is under test */
  constructor(isMeant) {
    this.#isMeant = isMeant;
    this.#session.connect();
    this.#call('Profiler.enable');
    this.#call('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Blocks that were ever run, of those that were added. */
  get edges() {
    return this.#edges.size;
  }

  /** The blocks that ran since the last time and never before. @returns {string[]} */
  take() {
    const found = [];
    for (const { url, functions } of this.#call('Profiler.takePreciseCoverage').result) {
      if (!this.#isMeant(url)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          const edge = `${url} ${startOffset} ${endOffset}`;
          if (count > 0 && !this.#edges.has(edge)) found.push(edge);
        }
      }
    }
    return found;
  }

  /** @param {string[]} edges */
  add(edges) {
    for (const edge of edges) this.#edges.add(edge);
  }

  #call(method, parameters = {}) {
    let outcome;
    // Within one thread the answer comes before the call returns.
    this.#session.post(method, parameters, (error, result) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      outcome = result;
    });
    return outcome;
  }
}
