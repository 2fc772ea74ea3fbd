// Loads the host's modules as the loader of the shell's file does, with others in the place of some.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const nodeRequire = createRequire(import.meta.url);

/**
 * @param {string} name such as `host/ports`
 * @param {Record<string, object>} stand modules that stand in for others
 */
export function load(name, stand = {}) {
  const loaded = new Map(Object.entries(stand).map(([each, exports]) => [each, { exports }]));
  const require = (id) => {
    if (!id.startsWith('host/') && !loaded.has(id)) return nodeRequire(id);
    if (!loaded.has(id)) {
      const module = { exports: {} };
      loaded.set(id, module);
      const source = readFileSync(new URL(`../${id.slice(5)}.js`, import.meta.url), 'utf8');
      new Function('exports', 'require', 'module', `${source}\n//# sourceURL=${id}.js`)(module.exports, require, module);
    }
    return loaded.get(id).exports;
  };
  return require(name);
}
