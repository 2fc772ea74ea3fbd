'use strict';
// The part of the main process's `internal/stack` that the module loader asks for. A web process
// keeps its engine's stacks; error-stack.js knows the places, see node-modules.js.

/** @param {string} _file @param {number} _length */
function noteWrapped(_file, _length) {}

module.exports = { noteWrapped };
