module.exports = ['electron', 'electron/main', 'electron/common', 'electron/renderer'].map((name) => require(name))
