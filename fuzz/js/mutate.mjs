// Making new inputs out of those that led somewhere.

const LONGEST = 4096;
const INTERESTING = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 254, 255];

/**
 * @param {(n: number) => number} random
 * @param {Uint8Array[]} corpus not empty
 * @param {Uint8Array[]} words pieces that the format has a meaning for
 * @returns {Uint8Array} a new one
 */
export function mutate(random, corpus, words) {
  let bytes = [...corpus[random(corpus.length)]];
  for (let times = 1 + random(4); times > 0; times--) bytes = change(random, corpus, words, bytes);
  return Uint8Array.from(bytes.slice(0, LONGEST));
}

function change(random, corpus, words, bytes) {
  const at = random(bytes.length + 1);
  const length = Math.min(1 + random(random(2) ? 4 : 64), bytes.length - at);
  const insert = (piece, cut = 0) => [...bytes.slice(0, at), ...piece, ...bytes.slice(at + cut)];
  switch (random(9)) {
    case 0: return insert([random(256)]);
    case 1: return insert([INTERESTING[random(INTERESTING.length)]], 1);
    case 2: return insert([(bytes[at] ?? 0) ^ (1 << random(8))], 1);
    case 3: return insert([], length);
    case 4: return insert(bytes.slice(at, at + length));
    case 5: return words.length > 0 ? insert(words[random(words.length)], random(2) * length) : insert([0], 1);
    case 6: return insert([(bytes[at] ?? 0) + random(9) - 4], 1);
    case 7: {
      const from = random(bytes.length + 1);
      return insert(bytes.slice(from, from + 1 + random(16)), random(2) * length);
    }
    default: {
      const other = corpus[random(corpus.length)];
      const from = random(other.length + 1);
      return random(2)
        ? insert(other.slice(from, from + 1 + random(64)), random(2) * length)
        : [...bytes.slice(0, at), ...other.slice(from)];
    }
  }
}
