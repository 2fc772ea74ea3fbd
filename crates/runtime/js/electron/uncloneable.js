// What no message may carry (semantics 6, 12): in Electron the objects behind these classes are
// native, and a structured clone refuses them. Here they are JavaScript, and would arrive as plain
// objects with whatever fields they happen to have.
'use strict';

const { uncloneable } = internalBinding('electron');

/**
 * Makes the instances of a class, and of classes derived from it, refuse to be cloned.
 *
 * The mark is a property of the prototype and the engine's codec looks for it. To search each
 * message here, before the engine does it again, would cost as much as sending it; and a mark on
 * the instances would be printed with them.
 * @param {{ prototype: object }} hostClass
 */
function refuseToClone({ prototype }) {
  Object.defineProperty(prototype, uncloneable, { value: true });
}

module.exports = { refuseToClone };
