// Numbers by chance that are the same for the same seed.

/** @param {number} seed */
export function chance(seed) {
  let state = seed >>> 0;
  /** A number below n. @param {number} n */
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}
