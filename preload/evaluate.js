'use strict';
// `executeJavaScript`: runs a script of the main process in a document and answers with what it
// gives, awaited (semantics 102).

const { MAIN_WORLD, PRELOAD_WORLD } = require('./bridges.js');
const { scriptUrl } = require('./error-stack.js');

const {
  document, DOMExceptionPrototypeGetMessage, DOMExceptionPrototypeGetName, Error,
} = primordials;

/**
 * Awaits a value in the realm that it comes from. A page's thenable is called with functions of
 * the page's own realm this way: through one of ours it could reach everything in the preload's
 * world. `done` is ours and must not throw.
 */
const AWAIT = `(async (value, done) => {
  'use strict';
  let result;
  try {
    result = await value;
  } catch (error) {
    done(true, error);
    return;
  }
  done(false, result);
})`;

/**
 * @param {any} native
 * @param {(world: number) => any} worldSide what world-side.js exports in a world of the app's own
 * @param {(call: number, isRejected: boolean, value: any) => void} answer throws if the value
 *   cannot be cloned
 */
module.exports = function createEvaluate(native, worldSide, answer) {
  const { evaluate, evaluateIn, evaluateMain } = native;
  // Made at document start, before the page could change anything.
  const awaitHere = evaluate(AWAIT, 'conch:preload/evaluate.js');
  const awaitInPage = evaluateMain(AWAIT, 'conch:preload/evaluate.js');

  /** Never throws: an error of this realm must not reach the page's. */
  function finish(call, isRejected, value) {
    try {
      answer(call, isRejected, value);
    } catch {
      try {
        const error = isRejected ? errorOf(value) : undefined;
        answer(call, true, error ?? new Error('An object could not be cloned.'));
      } catch (error) {
        native.log('error', `the result of a script was lost: ${String(error)}`);
      }
    }
  }

  /**
   * Runs a script.
   * @param {number} call
   * @param {string} code
   * @param {number} world
   */
  return function run(call, code, world) {
    let settle;
    let value;
    try {
      const url = scriptUrl(document);
      if (world === MAIN_WORLD) {
        settle = awaitInPage;
        value = evaluateMain(code, url);
      } else if (world === PRELOAD_WORLD) {
        settle = awaitHere;
        value = evaluate(code, url);
      } else {
        ({ settle } = worldSide(world));
        value = evaluateIn(world, code, url);
      }
    } catch (error) {
      finish(call, true, error);
      return;
    }
    settle(value, (isRejected, result) => finish(call, isRejected, result));
  };
};

/**
 * What the document itself throws is no error of the language and cannot be cloned, but says what
 * is wrong.
 * @param {any} value
 * @returns {Error | undefined} undefined for anything else
 */
function errorOf(value) {
  try {
    const message = DOMExceptionPrototypeGetMessage(value);
    const error = new Error(message);
    error.name = DOMExceptionPrototypeGetName(value);
    error.stack = value.stack;
    return error;
  } catch {
    return undefined;
  }
}
