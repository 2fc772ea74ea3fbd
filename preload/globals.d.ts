// What the extension hands to every internal module besides `exports`, `require` and `module`.
// For `tsc --checkJs` only; nothing loads this file.

/** Functions of the web process, see the modules that use them. */
declare const native: any;

/** The table made by primordials.js. */
declare const primordials: Record<string, any>;
