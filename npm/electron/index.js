// What `require('electron')` gives outside of an app: the path of the program that runs apps.
'use strict';

const { findBinary } = require('./binary.js');

module.exports = findBinary();
