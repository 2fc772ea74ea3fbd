// webContents' event 'context-menu': what the user asked for a menu at.
'use strict';

const { emit, Event } = require('electron/event');
const { PRELOAD_WORLD } = require('electron/web-contents-script');
const { mainDocumentOf } = require('electron/web-frame-main');

/** Runs in the world of the preload script: what is marked, and what can be done with it. */
const LOOK = `(() => {
  const field = document.activeElement;
  let text = '';
  try {
    if (typeof field?.value === 'string' && typeof field.selectionStart === 'number') {
      text = field.value.slice(field.selectionStart, field.selectionEnd);
    }
  } catch {}
  const enabled = (name) => { try { return document.queryCommandEnabled(name); } catch { return false; } };
  return {
    selectionText: text || String(getSelection() ?? ''),
    canUndo: enabled('undo'),
    canRedo: enabled('redo'),
    canEditRichly: Boolean(field?.isContentEditable),
    formControlType: kind(field),
    frameCharset: document.characterSet,
  };
  function kind(element) {
    const name = element?.localName;
    if (name === 'textarea') return 'text-area';
    if (name === 'input') return 'input-' + element.type;
    if (name === 'button') return 'button-' + element.type;
    if (name === 'select') return element.multiple ? 'select-multiple' : 'select-one';
    return 'none';
  }
})()`;

const NOTHING = {
  selectionText: '', canUndo: false, canRedo: false, canEditRichly: false, formControlType: 'none', frameCharset: 'UTF-8',
};

/**
 * The user asked for a menu. The page is asked for what WebKit does not tell, and then the app is
 * told; a page that is gone by then has nothing marked.
 * @param {import('electron/web-contents-state').ContentsState} state
 * @param {any} parameters what WebKit tells
 */
async function contextMenu(state, parameters) {
  const look = await state.scripts.run(mainDocumentOf(state.mainFrame), LOOK, PRELOAD_WORLD).catch(() => NOTHING);
  if (state.destroyed) return;
  const event = new Event();
  emit(state.webContents, 'context-menu', event, described(state, parameters, look ?? NOTHING));
}

/**
 * @param {import('electron/web-contents-state').ContentsState} state
 * @param {any} parameters
 * @param {typeof NOTHING} look
 */
function described(state, { isSelection: _, ...parameters }, look) {
  const { isEditable } = parameters;
  const { selectionText, canUndo, canRedo, canEditRichly, formControlType, frameCharset } = look;
  const marked = selectionText !== '';
  return {
    ...parameters,
    frame: state.mainFrame,
    frameURL: '',
    frameCharset,
    altText: '',
    suggestedFilename: '',
    selectionText,
    selectionStartOffset: 0,
    misspelledWord: '',
    dictionarySuggestions: [],
    spellcheckEnabled: false,
    formControlType,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin', url: '' },
    mediaFlags: {
      inError: false, isPaused: false, isMuted: false, hasAudio: false, isLooping: false, isControlsVisible: false,
      canToggleControls: false, canPrint: false, canSave: false, canShowPictureInPicture: false,
      isShowingPictureInPicture: false, canRotate: false, canLoop: false,
    },
    editFlags: {
      canUndo: isEditable && canUndo,
      canRedo: isEditable && canRedo,
      canCut: isEditable && marked,
      canCopy: marked,
      canPaste: isEditable,
      canDelete: isEditable && marked,
      canSelectAll: true,
      canEditRichly: isEditable && canEditRichly,
    },
  };
}

module.exports = { contextMenu };
