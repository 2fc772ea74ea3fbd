// Messages from renderers: who of frame.ipc, webContents.ipc and ipcMain gets them, and what goes
// back (semantics 33-39).
'use strict';

const { IpcMainEvent, Reply, addReply, addReturnValue } = require('electron/ipc-event');
const { handlerOf, ipcMain } = require('electron/ipc-main');
const { received } = require('electron/message-channel');
const { table } = require('electron/web-contents-state');

const binding = internalBinding('electron');

/**
 * @typedef {import('electron/web-contents-state').ContentsState} ContentsState
 * @typedef {import('electron/web-frame-main').WebFrameMain} WebFrameMain
 */

/** A frame that was gone before its message was read. */
const NO_FRAME = { routingId: -1, frameTreeNodeId: -1 };

/**
 * @param {ContentsState} state
 * @param {number} document
 * @param {WebFrameMain | undefined} frame of that document
 * @returns {any}
 */
const eventFrom = (state, document, frame) => new IpcMainEvent(state, document, frame ?? NO_FRAME);

/**
 * ipcRenderer.send. A listener that throws ends the dispatch, and is an uncaught exception.
 * @param {number} contents
 * @param {number} document
 * @param {number} frameId
 * @param {string} channel
 * @param {any[]} args
 */
function send(contents, document, frameId, channel, args) {
  const state = table.get(contents);
  if (state === undefined) return;
  const { webContents } = state;
  const frame = state.frames.get(frameId);
  const event = eventFrom(state, document, frame);
  addReply(event, contents, document);
  webContents.emit('ipc-message', event, channel, ...args);
  frame?.ipc.emit(channel, event, ...args);
  webContents.ipc.emit(channel, event, ...args);
  ipcMain.emit(channel, event, ...args);
}

/**
 * ipcRenderer.sendSync: the page is blocked until a listener sets `returnValue`.
 * @param {number} contents
 * @param {number} document
 * @param {number} frameId
 * @param {number} call
 * @param {string} channel
 * @param {any[]} args
 */
function sendSync(contents, document, frameId, call, channel, args) {
  const state = table.get(contents);
  if (state === undefined) return;
  const { webContents } = state;
  const frame = state.frames.get(frameId);
  const emitters = [frame?.ipc, webContents.ipc, ipcMain];
  const heard = webContents.listenerCount('ipc-message-sync') > 0 ||
    emitters.some((emitter) => emitter !== undefined && emitter.listenerCount(channel) > 0);
  if (!heard) {
    const text = `called ipcRenderer.sendSync() with '${channel}' channel without listeners.`;
    console.warn(`WebContents #${contents} ${text}`);
    // Nobody can answer, so the page need not wait for the event to be collected (semantics 21).
    binding.replySync(contents, document, call, false, { error: 'reply was never sent' });
    return;
  }
  const event = eventFrom(state, document, frame);
  const reply = new Reply(state, document, call, true);
  addReturnValue(event, reply);
  addReply(event, contents, document);
  try {
    webContents.emit('ipc-message-sync', event, channel, ...args);
    for (const emitter of emitters) emitter?.emit(channel, event, ...args);
  } catch (error) {
    // The page need not wait for the event to be collected.
    reply.abandon();
    throw error;
  }
  reply.wait();
}

/**
 * ipcRenderer.invoke: the most particular emitter with a handler answers.
 * @param {number} contents
 * @param {number} document
 * @param {number} frameId
 * @param {number} call
 * @param {string} channel
 * @param {any[]} args
 */
function invoke(contents, document, frameId, call, channel, args) {
  const state = table.get(contents);
  if (state === undefined) return;
  const frame = state.frames.get(frameId);
  const handler = (frame && handlerOf(frame.ipc, channel)) ??
    handlerOf(state.webContents.ipc, channel) ?? handlerOf(ipcMain, channel);
  answer(eventFrom(state, document, frame), new Reply(state, document, call, false), handler, channel, args);
}

/**
 * The event must hold the reply: as long as the app keeps either the event or the promise, an
 * answer may still come (semantics 19).
 * @type {WeakMap<object, Reply>}
 */
const owed = new WeakMap();

/**
 * @param {object} event
 * @param {Reply} reply
 * @param {((event: any, ...args: any[]) => any) | undefined} handler
 * @param {string} channel
 * @param {any[]} args
 */
async function answer(event, reply, handler, channel, args) {
  owed.set(event, reply);
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    reply.send(await handler(event, ...args));
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    reply.fail(textOf(error));
  }
}

/** @param {any} error */
function textOf(error) {
  try {
    return String(error);
  } catch {
    // An object without a text; even so the caller must not wait for ever.
    return 'Error';
  }
}

/**
 * ipcRenderer.postMessage.
 * @param {number} contents
 * @param {number} document
 * @param {number} frameId
 * @param {string} channel
 * @param {any} message
 * @param {number[]} handles
 */
function message(contents, document, frameId, channel, message, handles) {
  // Made even if nobody gets them: collected unused, they close.
  const ports = received(handles);
  const state = table.get(contents);
  if (state === undefined) return;
  const frame = state.frames.get(frameId);
  const event = eventFrom(state, document, frame);
  event.ports = ports;
  frame?.ipc.emit(channel, event, message);
  state.webContents.ipc.emit(channel, event, message);
  ipcMain.emit(channel, event, message);
}

module.exports = { invoke, message, send, sendSync };
