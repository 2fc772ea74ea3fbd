// Exceptions and rejections that nothing in the app took: told to its listeners, else printed as
// Node prints them, with file, line and stack.
'use strict';

const binding = internalBinding('process');
const stdio = internalBinding('stdio');
const { codedError } = require('internal/errors');
const { whereThrown } = require('internal/stack');

/** @param {any} exception @param {string} origin */
function onUncaughtException(exception, origin) {
  if (process.listenerCount('uncaughtExceptionMonitor') > 0) {
    process.emit('uncaughtExceptionMonitor', exception, origin);
  }
  if (process.hasUncaughtExceptionCaptureCallback()) {
    require('internal/process').captureCallback()?.(exception);
    return;
  }
  if (process.listenerCount('uncaughtException') > 0) {
    try {
      process.emit('uncaughtException', exception, origin);
      return;
    } catch (second) {
      exception = second;
    }
  }
  if (isLostOutput(exception)) return;
  const text = print(exception);
  const frames = stackOf(exception);
  stdio.write(2, `${excerpt(frames)}${text}\n\n`);
  binding.reportUncaught(firstLine(exception, text), isError(exception) ? text : text + frames, origin);
}

/** Whoever read the output is gone: no fault of the app's, and nothing for a person to read.
 * @param {any} exception */
const isLostOutput = (exception) => ['stdout', 'stderr'].some((name) => {
  // Without making the stream, which is made when an app first uses it.
  const stream = Object.getOwnPropertyDescriptor(process, name)?.value;
  return isError(exception) && stream?.errored === exception;
});

/** @param {any} exception */
const isError = (exception) => exception instanceof Error || internalBinding('types').isError(exception);

/** @param {any} exception */
function stackOf(exception) {
  try {
    return isError(exception) ? String(exception.stack) : whereThrown(exception).toWellFormed();
  } catch {
    return '';
  }
}

/** @param {any} exception */
function print(exception) {
  try {
    const { inspect } = require('internal/inspect');
    const text = inspect(exception).toWellFormed();
    return isError(exception) ? text : `Uncaught:\n${text}`;
  } catch {
    return String(exception?.stack ?? exception);
  }
}

/** @param {any} exception @param {string} text */
function firstLine(exception, text) {
  try {
    if (exception instanceof Error) return `${exception.name}: ${exception.message}`.toWellFormed();
  } catch {
    // An error whose name throws: the text has to do.
  }
  return text;
}

/** Where it happened: `file:line`, the line itself and a mark under the column.
 * @param {string} stack */
function excerpt(stack) {
  try {
    const found = /^ {4}at (?:.*\()?(?:file:\/\/)?(\/[^\n]*?):(\d+):(\d+)\)?$/m.exec(stack);
    if (!found) return '';
    const [, file, line, column] = found;
    const text = internalBinding('modules').readText(file).split('\n')[Number(line) - 1];
    if (text === undefined || text.length > 500) return `${file}:${line}\n`;
    const before = text.slice(0, Number(column) - 1).replace(/[^\t]/g, ' ');
    return `${file}:${line}\n${text}\n${before}^\n\n`;
  } catch {
    return '';
  }
}

let warnedHow = false;

/** @param {Promise<any>} promise @param {any} reason
 * @param {Error} [place] made where the promise was rejected, when the reason is no error */
function onUnhandledRejection(promise, reason, place) {
  if (process.listenerCount('unhandledRejection') > 0) {
    process.emit('unhandledRejection', reason, promise);
    return;
  }
  // Electron's main process only warns (semantics 138).
  let text;
  if (isError(reason)) {
    text = print(reason);
  } else {
    const error = codedError(Error, 'ERR_UNHANDLED_REJECTION',
      'This error originated either by throwing inside of an async function without a catch block, ' +
      'or by rejecting a promise which was not handled with .catch(). The promise rejected with the ' +
      `reason "${require('internal/inspect').inspect(reason)}".`);
    const frames = whereThrown(reason) || (place?.stack ?? '').replace(/^.*/, '');
    text = `${error.name} [${error.code}]: ${error.message}${frames}`;
  }
  let line = `(${process.title}:${process.pid}) UnhandledPromiseRejectionWarning: ${text}\n`;
  if (!warnedHow) {
    warnedHow = true;
    line += `(${process.title}:${process.pid}) UnhandledPromiseRejectionWarning: Unhandled promise ` +
      'rejection. This error originated either by throwing inside of an async function without a ' +
      'catch block, or by rejecting a promise which was not handled with .catch().\n';
  }
  stdio.write(2, line.toWellFormed());
}

/** @param {Promise<any>} promise */
function onRejectionHandled(promise) {
  process.emit('rejectionHandled', promise);
}

module.exports = { onUncaughtException, onUnhandledRejection, onRejectionHandled };
