// Objects of the document's, none of which goes to main.
'use strict'

const input = document.createElement('input')
input.type = 'file'
const canvas = document.createElement('canvas')
canvas.width = canvas.height = 1

const platform = [
  { name: 'window', make: () => window },
  { name: 'location', make: () => location },
  { name: 'document', make: () => document },
  { name: 'Element', make: () => document.body },
  { name: 'document.all', make: () => document.all },
  { name: 'NodeList', make: () => document.childNodes },
  { name: 'Blob', make: () => new Blob(['a']) },
  { name: 'File', make: () => new File(['a'], 'a.txt') },
  { name: 'FileList', make: () => input.files },
  { name: 'ImageData', make: () => new ImageData(1, 1) },
  { name: 'ImageBitmap', later: () => createImageBitmap(canvas) },
  { name: 'DOMException', make: () => new DOMException('a', 'AbortError') },
  { name: 'DOMRect', make: () => new DOMRect(1, 2, 3, 4) },
  { name: 'DOMPoint', make: () => new DOMPoint(1, 2) },
  { name: 'DOMQuad', make: () => new DOMQuad() },
  { name: 'DOMMatrix', make: () => new DOMMatrix() },
  { name: 'CryptoKey', later: () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']) },
  { name: 'MessagePort', make: () => new MessageChannel().port1 },
  { name: 'Event', make: () => new Event('a') },
  { name: 'EventTarget', make: () => new EventTarget() },
  { name: 'AbortSignal', make: () => new AbortController().signal },
  { name: 'URL', make: () => new URL('https://a.test/') },
  { name: 'URLSearchParams', make: () => new URLSearchParams('a=1') },
  { name: 'Headers', make: () => new Headers() },
  { name: 'Request', make: () => new Request('https://a.test/') },
  { name: 'Response', make: () => new Response('a') },
  { name: 'FormData', make: () => new FormData() },
  { name: 'ReadableStream', make: () => new ReadableStream() },
  { name: 'TextDecoder', make: () => new TextDecoder() },
  { name: 'Storage', make: () => localStorage },
  { name: 'in a Map', make: () => new Map([['a', new Set([new DOMPoint()])]]) },
  { name: 'descends from an object of the document', make: () => Object.create(new DOMRect()) }
]

module.exports = { platform }
