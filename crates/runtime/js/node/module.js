// The module 'module': CommonJS's Module itself.
'use strict';

module.exports = require('internal/loader').Module;
