// Scripts for webContents.insertCSS: a document's adopted style sheets, which the page cannot forbid.
'use strict';

/**
 * A rule that nothing matches and that says whose sheet it is in. The objects of sheets are another
 * script's by the time that one is removed.
 * @param {string} key
 */
const mark = (key) => `@media not all { #${key} {} }`;

/**
 * @param {string} css
 * @param {string} key
 */
const addStyleSheet = (css, key) => `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(${JSON.stringify(css)});
  sheet.insertRule(${JSON.stringify(mark(key))}, sheet.cssRules.length);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()`;

/** @param {string} key */
const removeStyleSheet = (key) => `(() => {
  const isIt = ({ cssRules }) => {
    const last = cssRules[cssRules.length - 1];
    return last?.cssRules?.[0]?.selectorText === ${JSON.stringify(`#${key}`)};
  };
  document.adoptedStyleSheets = [...document.adoptedStyleSheets].filter((sheet) => !isIt(sheet));
})()`;

module.exports = { addStyleSheet, removeStyleSheet };
