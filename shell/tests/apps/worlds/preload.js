const { contextBridge, ipcRenderer, webFrame } = require('electron')

// Worlds of the app's own, before there is a page.
webFrame.setIsolatedWorldInfo(1000, { name: 'Ours' })
contextBridge.exposeInIsolatedWorld(1000, 'api', { double: (n) => n * 2, later: async (list) => list.length })
contextBridge.exposeInMainWorld('page', { symbolKey: () => ({ [Symbol.for('key')]: 5 }), poisoned: () => ({ get x () { throw new Error('boom') } }) })
contextBridge.exposeInMainWorld('dom', { body: () => document.body, isBody: (node) => node === document.body, blob: () => new Blob(['ab', 'cd'], { type: 'x/y' }), size: (blob) => blob instanceof Blob && blob.size })
window.mine = 'preload'

const text = (error) => `${error}`
ipcRenderer.on('run', async (event) => {
  const results = []
  const keep = async (work) => { try { results.push(await work()) } catch (error) { results.push(`${error instanceof Error} ${text(error)}`) } }
  await keep(() => webFrame.executeJavaScript('({ list: [document.title] })').then((value) => value.list instanceof Array && value.list[0]))
  await keep(() => webFrame.executeJavaScript('Promise.resolve(typeof mine)'))
  await keep(() => webFrame.executeJavaScript('throw new TypeError("bad")'))
  await keep(() => new Promise((resolve) => webFrame.executeJavaScript('1 + 1', false, (value, error) => resolve([value, error]))))
  await keep(() => webFrame.executeJavaScriptInIsolatedWorld(1000, [{ code: 'var kept = 3' }, { code: 'api.double(kept)' }]))
  await keep(() => webFrame.executeJavaScript('typeof kept'))
  await keep(() => webFrame.executeJavaScriptInIsolatedWorld(1001, [{ code: 'typeof kept + typeof api' }]))
  await keep(() => webFrame.executeJavaScriptInIsolatedWorld('x', []))
  const key = webFrame.insertCSS('body { color: rgb(1, 2, 3) !important }')
  await keep(() => getComputedStyle(document.body).color)
  webFrame.removeInsertedCSS(key)
  await keep(() => getComputedStyle(document.body).color)
  document.querySelector('input').focus()
  webFrame.insertText('typed')
  await keep(() => document.querySelector('input').value)
  ipcRenderer.send('ran', results)
})
