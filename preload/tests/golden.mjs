// The corpus that all codecs share, and its golden bytes.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import v8 from 'node:v8';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../crates/clone/golden');

const version = Number.parseInt(process.versions.node, 10);

/** The corpus as far as this Node has its values. */
const known = (all) => {
  const isKnown = ({ node = 0 }) => node <= version;
  return { ...all, values: all.values.filter(isKnown), uncloneable: all.uncloneable.filter(isKnown) };
};

export const corpus = known(createRequire(import.meta.url)(path.join(folder, 'corpus.js')));
const corpusSource = readFileSync(path.join(folder, 'corpus.js'), 'utf8');

/** The corpus made of a realm's own objects. @param {(code: string) => any} evaluate */
export const corpusOf = (evaluate) => known(evaluate(corpusSource));

/** What V8 writes for a value of the corpus. @param {string} name */
export const golden = (name) => new Uint8Array(readFileSync(path.join(folder, `${name}.bin`)));

/** Refused by V8, but nothing that a script could tell. */
export const undetectable = ['proxy', 'proxy of an array', 'arguments'];

/** @param {any} value @returns {Uint8Array} */
export function v8Write(value) {
  const serializer = new v8.Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return new Uint8Array(serializer.releaseBuffer());
}

/** @param {Uint8Array} bytes */
export function v8Read(bytes) {
  const deserializer = new v8.Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}

/** Where messages start in the tests: an even place, as V8's own are. */
export const START = 24;

/** @param {any} codec @param {any} value @param {number} start */
export function bytesOf(codec, value, start = START) {
  const end = codec.write(value, start);
  return new Uint8Array(codec.writer.bytes).slice(start, end);
}

/** @param {any} codec @param {Uint8Array} bytes */
export function valueOf(codec, bytes) {
  const own = new Uint8Array(bytes.length);
  own.set(bytes);
  return codec.read(own, 0, own.length);
}
