'use strict';
// Runs our functions as the page's own tasks run.
//
// A function that native code calls straight is no task for WebKit: promises settled in it wait
// until the engine happens to come by, after any number of further messages, and what it throws
// is lost. As the listener of a DOM event it is one: when it returns its microtasks run, and what
// it throws is reported like any uncaught error (`window.onerror`, the console). Costs 0.5 us.

const {
  Event,
  EventTarget,
  EventTargetPrototypeAddEventListener,
  EventTargetPrototypeDispatchEvent,
} = primordials;

/**
 * Makes a function that runs `task` as a task of the page.
 * @param {(first?: any, second?: any) => void} task
 * @returns {(first?: any, second?: any) => void}
 */
module.exports = function asTurn(task) {
  const target = new EventTarget();
  const reused = new Event('turn');
  let isRunning = false;
  let isDue = false;
  let first, second;

  EventTargetPrototypeAddEventListener(target, 'turn', () => {
    // Scripts can get at the event as `window.event` and dispatch it themselves.
    if (!isDue) return;
    isDue = false;
    const one = first;
    const two = second;
    first = second = undefined;
    task(one, two);
  });

  return (one, two) => {
    first = one;
    second = two;
    isDue = true;
    if (isRunning) {
      // Nested, by a main loop inside a task. An event cannot be dispatched within itself.
      EventTargetPrototypeDispatchEvent(target, new Event('turn'));
      return;
    }
    isRunning = true;
    EventTargetPrototypeDispatchEvent(target, reused);
    isRunning = false;
  };
};
