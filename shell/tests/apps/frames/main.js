// Every frame of a page is a WebFrameMain (semantics 41, 97, 103, 109-112).
const { app, BrowserWindow, ipcMain, MessageChannelMain, webFrameMain } = require('electron')
const path = require('path')
const { check, event, finish, thrown, until } = require('../checks.js')

const file = path.join(__dirname, 'index.html')
const preload = path.join(__dirname, 'preload.js')

app.whenReady().then(async () => {
  const plain = new BrowserWindow({ show: false, webPreferences: { preload } })
  let hellos = 0
  const count = () => { hellos++ }
  ipcMain.on('hello', count)
  await plain.loadFile(file)
  const first = plain.webContents.mainFrame.frames.find((frame) => frame.name === 'first')
  check('97: preloads keep to the main frame', hellos === 1)
  check('103: a sub-frame without them runs scripts all the same', await first.executeJavaScript('seen') === 'undefined')
  ipcMain.off('hello', count)

  const win = new BrowserWindow({ show: false, webPreferences: { preload, nodeIntegrationInSubFrames: true } })
  plain.destroy()
  const contents = win.webContents
  const created = []
  const ready = []
  const navigated = []
  const finished = []
  const greeted = []
  contents.on('frame-created', (_, { frame }) => {
    created.push(frame)
    frame.on('dom-ready', () => ready.push(frame))
  })
  contents.on('did-frame-navigate', (_, url, code, text, isMain) => navigated.push([url.slice(0, 5), isMain]))
  contents.on('did-frame-finish-load', (_, isMain, processId, routingId) => finished.push([isMain, routingId]))
  ipcMain.on('hello', (e, token, isMain, protocol) => greeted.push({ frame: e.senderFrame, token, isMain, protocol, e }))
  await win.loadFile(file)

  const top = contents.mainFrame
  check('110: four frames', top.framesInSubtree.length === 4 && top.frames.length === 2)
  const outer = top.frames.find((frame) => frame.name === 'first')
  const inner = outer.frames[0]
  check('110: the tree', inner.name === 'inner' && inner.parent === outer && outer.parent === top && top.parent === null &&
    inner.top === top && outer.frames.length === 1)
  check('113: addresses and origins', outer.url.endsWith('/first.html') && outer.origin === 'file://' &&
    inner.url.startsWith('data:') && inner.origin === 'null')
  check('112: frames are told when they are made', created.length === 4 && created[0] === top && [outer, inner].every((frame) => created.includes(frame)))
  check('97: each frame ran the preload', greeted.length === 4 && greeted.every(({ frame, token }) => frame.frameToken === token))
  check('only one is the main frame', greeted.filter(({ isMain }) => isMain).length === 1 && greeted[0].frame === top)
  check('97: the world of the preload is each frame\'s own', await outer.executeJavaScript('preloaded') === outer.frameToken)
  check('112: dom-ready of frames', [outer, inner].every((frame) => ready.includes(frame)))
  check('did-frame-navigate', navigated.some(([url, isMain]) => url === 'data:' && !isMain))
  check('did-frame-finish-load', [outer, inner].every((frame) => finished.some(([isMain, id]) => !isMain && id === frame.routingId)))
  check('111: fromId and fromFrameToken', webFrameMain.fromId(inner.processId, inner.routingId) === inner &&
    webFrameMain.fromFrameToken(outer.processId, outer.frameToken) === outer)

  check('103: scripts run in the page of the frame', await inner.executeJavaScript('page + document.title') === '1other origin')
  let heard = event(ipcMain, 'from-frame')
  inner.send('to-frame', 'sent')
  let [e, text] = await heard
  check('frame.send reaches that frame', text === 'sent in other origin' && e.senderFrame === inner && e.frameId === inner.routingId)
  heard = event(ipcMain, 'replied')
  greeted.find(({ frame }) => frame === outer).e.reply('reply', 7)
  check('41: event.reply answers the frame that sent', (await heard).slice(1).join() === '7,first')
  heard = event(inner.ipc, 'from-frame')
  inner.send('to-frame', 'again')
  check('32: frame.ipc hears its own frame', (await heard)[1] === 'again in other origin')

  await navigations(top, outer, created, ready)
  await outsiders(win, top, inner)

  await top.executeJavaScript("document.querySelector('iframe').remove(); 0")
  await until(() => outer.isDestroyed() && inner.isDestroyed())
  check('109: frames that are removed are gone, with those in them', outer.isDestroyed() && inner.isDestroyed() &&
    outer.detached && top.framesInSubtree.length === 2)
  const disposed = 'Error: Render frame was disposed before WebFrameMain could be accessed'
  const names = ['url', 'origin', 'name', 'processId', 'osProcessId', 'routingId', 'frameToken', 'parent', 'top', 'frames', 'framesInSubtree', 'visibilityState']
  check('109: and say so', names.every((name) => thrown(() => outer[name]) === disposed) && thrown(() => outer.reload()) === disposed &&
    thrown(() => outer.postMessage('x', 1)) === disposed && typeof outer.frameTreeNodeId === 'number')
  check('109: a script rejects', await outer.executeJavaScript('1').catch(String) === disposed)
  const { error } = console
  const lines = []
  console.error = (...values) => lines.push(values.join(''))
  const sent = outer.send('x')
  console.error = error
  check('109: send logs', sent === undefined && lines.join() === `Error sending from webFrameMain: ${disposed}`)
  finish()
})

// A frame that shows another document is the same frame.
async function navigations (top, outer, created, ready) {
  const count = created.length
  const told = ready.length
  const again = () => new Promise((resolve) => {
    outer.on('dom-ready', () => resolve())
  })
  let loaded = again()
  await outer.executeJavaScript("location.href = 'data:text/html,<title>next</title><script>const page = 2</script>'; 0")
  await loaded
  check('110, 112: a frame stays itself over a navigation', top.frames.includes(outer) && outer.url.startsWith('data:') &&
    outer.origin === 'null' && created.length === count && ready.length > told)
  check('103: and has the new page', await outer.executeJavaScript('page + document.title') === '2next')
  const token = outer.frameToken
  loaded = again()
  check('110: reload says that it does', outer.reload() === true)
  await loaded
  check('110: a reload is another document', outer.frameToken !== token && await outer.executeJavaScript('page') === 2)
  loaded = again()
  await top.executeJavaScript("document.querySelector('iframe').src = 'first.html'; 0")
  await loaded
  await until(() => outer.frames.length === 1 && outer.frames[0].name === 'inner')
  check('110: frames in it come anew', outer.frames.length === 1 && outer.frames[0].name === 'inner')
}

async function outsiders (win, top, former) {
  check('109: a frame goes with the document around it', former.isDestroyed())
  const inner = top.frames.find((frame) => frame.name === 'first').frames[0]
  check('111: numbers of no frame', webFrameMain.fromId(0, 0) === undefined && webFrameMain.fromFrameToken(0, '') === null &&
    webFrameMain.fromId(inner.processId, 99999) === undefined && webFrameMain.fromFrameToken(inner.processId, former.frameTreeNodeId + '') === null)
  const { port1, port2 } = new MessageChannelMain()
  const posted = event(ipcMain, 'posted')
  inner.postMessage('post', 'a message', [port2])
  const [e, text, ports] = await posted
  check('36: frame.postMessage reaches that frame', e.senderFrame === inner && text === 'a message' && ports === 1)
  port1.close()
  check('113: a window without a page', new BrowserWindow({ show: false }).webContents.mainFrame.origin === 'null')
  check('110: a hidden window is not visible, nor what is in it', top.visibilityState === 'hidden' && inner.visibilityState === 'hidden')
  win.show()
  check('110: a shown one is', top.visibilityState === 'visible' && inner.visibilityState === 'visible')
}
