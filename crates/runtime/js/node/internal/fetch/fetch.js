// fetch: over http and https.
'use strict';

const { Headers } = require('internal/fetch/headers');
const { pieces } = require('internal/fetch/body');
const { Request } = require('internal/fetch/request');
const { Response, REDIRECTS } = require('internal/fetch/response');
const { FormData } = require('internal/fetch/form_data');

const MAX_REDIRECTS = 20;
/** Ports of other protocols that take a request for their own, by the Fetch standard. */
const BAD_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Connections that are kept for the next call. @type {Record<string, any>} */
const agents = {};

/** @param {string} protocol */
function agentFor(protocol) {
  const { Agent } = protocol === 'https:' ? require('https') : require('http');
  return agents[protocol] ??= new Agent({ keepAlive: true, timeout: 4000 });
}

/** @param {any} cause */
const failed = (cause) => new TypeError('fetch failed', { cause });

/** @param {string} message */
function socketError(message) {
  const error = Object.assign(new Error(message), { code: 'UND_ERR_SOCKET' });
  error.name = 'SocketError';
  return error;
}

/** @param {any} error */
function causeOf(error) {
  return error?.code === 'ECONNRESET' && error.syscall === undefined ? socketError('other side closed') : error;
}

/** @param {any} input @param {any} [init] */
async function fetch(input, init = undefined) {
  if (arguments.length === 0) throw new TypeError('fetch: 1 argument required, but only 0 found.');
  const request = new Request(input, init);
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  const url = Request._url(request);
  switch (url.protocol) {
    case 'http:': case 'https:': return follow(request, url);
    case 'data:': return fetchData(url);
    case 'about:': throw failed(new Error('about scheme is not supported'));
    case 'blob:': throw failed(new Error("blob URLs are not supported by Conch's embedded engine"));
    case 'file:': throw failed(new Error('not implemented... yet...'));
    default: throw failed(new Error('unknown scheme'));
  }
}

/** @param {URL} url */
function fetchData(url) {
  const found = /^data:([^,]*?)(;\s*base64)?\s*,(.*)$/is.exec(url.href.replace(/#.*$/, ''));
  if (found === null) throw failed(new Error('invalid URL'));
  let bytes = globalThis.Buffer.from(unescapeBytes(found[3]), 'latin1');
  if (found[2]) bytes = globalThis.Buffer.from(bytes.toString('latin1'), 'base64');
  const type = found[1].startsWith(';') ? `text/plain${found[1]}` : found[1] || 'text/plain;charset=US-ASCII';
  const body = { bytes, open: null, stream: null, used: false };
  return Response._received({
    status: 200, statusText: 'OK', headers: new Headers({ 'content-type': type }), body, url: url.href, redirected: false,
  });
}

/** @param {string} text */
const unescapeBytes = (text) => text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** @param {Request} request @param {URL} url */
async function follow(request, url) {
  let { method } = request;
  let body = Request._body(request);
  const headers = new Headers(request.headers);
  let redirected = false;
  for (let count = 0; ; count++) {
    const port = Number(url.port);
    if (BAD_PORTS.has(port)) throw failed(new Error('bad port'));
    if (body !== null) body.used = true;
    const response = await exchange(url, method, headers, body, request.signal);
    const { statusCode: status } = response;
    const location = response.headers.location;
    if (!REDIRECTS.has(status) || location === undefined || request.redirect === 'manual') {
      return receive(response, url, redirected, method, request.signal);
    }
    response.destroy();
    if (request.redirect === 'error') throw failed(new Error('unexpected redirect'));
    if (count >= MAX_REDIRECTS) throw failed(new Error('redirect count exceeded'));
    const next = redirectTarget(location, url);
    redirected = true;
    if (status !== 303 && body !== null && body.bytes === null) throw failed(new Error('Response body object should not be disturbed or locked'));
    if ((status === 303 && method !== 'GET' && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST')) {
      method = 'GET';
      body = null;
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) headers.delete(name);
    }
    if (next.origin !== url.origin) {
      // What was meant for one server is not told to another.
      for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) headers.delete(name);
    }
    url = next;
  }
}

/** @param {string} location @param {URL} base */
function redirectTarget(location, base) {
  let url;
  try {
    url = new URL(location, base);
  } catch (error) {
    throw failed(error);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw failed(new Error('URL scheme must be a HTTP(S) scheme'));
  if (url.username || url.password) throw failed(new Error('URL cannot contain credentials for request mode "cors"'));
  if (url.hash === '') url.hash = base.hash;
  return url;
}

/** Whether this build can read compressed bodies. */
const decompresses = () => require('internal/builtins').isPresent('zlib');

/** @param {URL} url @param {string} method @param {Headers} headers @param {import('./body').Body | null} body */
function requestHeaders(url, method, headers, body) {
  /** @type {Record<string, any>} */
  const list = { host: url.host, connection: 'keep-alive' };
  for (const [name, value] of Headers._raw(headers)) list[name] = value;
  const lower = new Set(Object.keys(list).map((name) => name.toLowerCase()));
  const add = (/** @type {string} */ name, /** @type {string} */ value) => {
    if (!lower.has(name)) list[name] = value;
  };
  add('accept', '*/*');
  add('accept-language', '*');
  add('sec-fetch-mode', 'cors');
  add('user-agent', 'node');
  if (decompresses()) add('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  if (body !== null && body.bytes !== null) list['content-length'] = String(body.bytes.length);
  else if (body === null && (method === 'POST' || method === 'PUT')) list['content-length'] = '0';
  return list;
}

/** One request and its response. @param {URL} url @param {string} method @param {Headers} headers
 * @param {import('./body').Body | null} body @param {AbortSignal} signal @returns {Promise<any>} */
function exchange(url, method, headers, body, signal, again = false) {
  const { request: open } = url.protocol === 'https:' ? require('https') : require('http');
  const { promise, resolve, reject } = Promise.withResolvers();
  const { urlToHttpOptions } = require('url');
  const options = urlToHttpOptions(/** @type {any} */ (url));
  let call;
  try {
    call = open({ ...options, method, headers: requestHeaders(url, method, headers, body), agent: agentFor(url.protocol) });
  } catch (error) {
    return Promise.reject(failed(error));
  }
  const abort = () => {
    reject(signal.reason);
    call.destroy(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  call.on('response', (/** @type {any} */ response) => {
    // From now on the body listens for it.
    signal.removeEventListener('abort', abort);
    resolve(response);
  });
  call.on('error', (/** @type {any} */ error) => {
    signal.removeEventListener('abort', abort);
    if (signal.aborted) return;
    // A kept connection may have been closed while the request was on its way.
    const bytes = body === null || body.bytes !== null;
    if (call.reusedSocket && error.code === 'ECONNRESET' && bytes && !again && method !== 'POST') {
      resolve(exchange(url, method, headers, body, signal, true));
    } else {
      reject(failed(causeOf(error)));
    }
  });
  if (body === null) call.end();
  else if (body.bytes !== null && body.stream === null) call.end(body.bytes);
  else send(call, body).catch((error) => {
    reject(failed(error));
    call.destroy(error);
  });
  return promise;
}

/** @param {any} call @param {import('./body').Body} body */
async function send(call, body) {
  for await (const piece of pieces(body)) {
    if (call.destroyed) return;
    if (!call.write(piece)) {
      await new Promise((resolve) => {
        call.once('drain', resolve);
        call.once('close', resolve);
      });
    }
  }
  call.end();
}

/** @param {any} response @param {URL} url @param {boolean} redirected @param {string} method @param {AbortSignal} signal */
function receive(response, url, redirected, method, signal) {
  const headers = new Headers();
  for (let i = 0; i < response.rawHeaders.length; i += 2) headers.append(response.rawHeaders[i], response.rawHeaders[i + 1]);
  const body = { bytes: null, open: () => bodyPieces(response, headers, method, signal), stream: null, used: false, signal };
  const empty = method === 'HEAD' || [101, 204, 205, 304].includes(response.statusCode);
  if (empty) response.resume();
  else watchAbort(response, signal);
  // Nobody may ever read it; then its failure is nobody's.
  response.on('error', () => {});
  return Response._received({
    status: response.statusCode, statusText: response.statusMessage, headers,
    body: method === 'HEAD' ? { ...body, bytes: new Uint8Array(), open: null } : body, url: url.href, redirected,
  });
}

/** @param {any} response @param {AbortSignal} signal */
function watchAbort(response, signal) {
  const abort = () => response.destroy(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  response.once('close', () => signal.removeEventListener('abort', abort));
}

/** @param {any} response @param {Headers} headers @param {string} method @param {AbortSignal} signal
 * @returns {AsyncGenerator<Uint8Array>} */
async function* bodyPieces(response, headers, method, signal) {
  const source = decoded(response, headers);
  try {
    for await (const chunk of source) yield chunk;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new TypeError('terminated', { cause: causeOf(error) });
  } finally {
    if (!response.readableEnded) response.destroy();
  }
}

/** @param {any} response @param {Headers} headers */
function decoded(response, headers) {
  const codings = (headers.get('content-encoding') ?? '').toLowerCase().split(',').map((one) => one.trim()).filter(Boolean);
  if (codings.length === 0 || !decompresses()) return response;
  const zlib = require('zlib');
  const { pipeline } = /** @type {any} */ (require('stream'));
  const steps = [];
  for (const coding of codings.reverse()) {
    if (coding === 'gzip' || coding === 'x-gzip') steps.push(zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }));
    else if (coding === 'deflate') steps.push(zlib.createInflate());
    else if (coding === 'br') steps.push(zlib.createBrotliDecompress());
    else return response;
  }
  return pipeline([response, ...steps], () => {});
}

module.exports = { fetch, Headers, Request, Response, FormData };
