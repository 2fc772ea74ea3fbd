// Every frame of a page is a WebFrameMain (semantics 41, 97, 103, 109-112).
const { app, BrowserWindow, ipcMain, webFrameMain } = require('electron')
const path = require('path')
const { check, event, finish, thrown } = require('../checks.js')

const file = path.join(__dirname, 'index.html')
const preload = path.join(__dirname, 'preload.js')

app.whenReady().then(async () => {
  const plain = new BrowserWindow({ show: false, webPreferences: { preload } })
  let hellos = 0
  const count = () => { hellos++ }
  ipcMain.on('hello', count)
  await plain.loadFile(file)
  const first = plain.webContents.mainFrame.frames.find((frame) => frame.name === 'first')
  check('preloads keep to the main frame', hellos === 1)
  check('a sub-frame without them runs scripts all the same', await first.executeJavaScript('seen') === 'undefined')
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
  check('four frames', top.framesInSubtree.length === 4 && top.frames.length === 2)
  const outer = top.frames.find((frame) => frame.name === 'first')
  const inner = outer.frames[0]
  check('the tree', inner.name === 'inner' && inner.parent === outer && outer.parent === top && top.parent === null &&
    inner.top === top && outer.frames.length === 1)
  check('addresses and origins', outer.url.endsWith('/first.html') && outer.origin === 'file://' &&
    inner.url.startsWith('data:') && inner.origin === 'null')
  check('frames are told when they are made', created.length === 3 || created.length === 4)
  check('each frame ran the preload', greeted.length === 4 && greeted.every(({ frame, token }) => frame.frameToken === token))
  check('only one is the main frame', greeted.filter(({ isMain }) => isMain).length === 1 && greeted[0].frame === top)
  check('the world of the preload is each frame\'s own', await outer.executeJavaScript('preloaded') === outer.frameToken)
  check('dom-ready of frames', [outer, inner].every((frame) => ready.includes(frame)))
  check('did-frame-navigate', navigated.some(([url, isMain]) => url === 'data:' && !isMain))
  check('did-frame-finish-load', [outer, inner].every((frame) => finished.some(([isMain, id]) => !isMain && id === frame.routingId)))
  check('fromId and fromFrameToken', webFrameMain.fromId(inner.processId, inner.routingId) === inner &&
    webFrameMain.fromFrameToken(outer.processId, outer.frameToken) === outer)

  check('scripts run in the page of the frame', await inner.executeJavaScript('page + document.title') === '1other origin')
  let heard = event(ipcMain, 'from-frame')
  inner.send('to-frame', 'sent')
  let [e, text] = await heard
  check('frame.send reaches that frame', text === 'sent in other origin' && e.senderFrame === inner && e.frameId === inner.routingId)
  heard = event(ipcMain, 'replied')
  greeted.find(({ frame }) => frame === outer).e.reply('reply', 7)
  check('event.reply answers the frame that sent', (await heard).slice(1).join() === '7,first')
  heard = event(inner.ipc, 'from-frame')
  inner.send('to-frame', 'again')
  check('frame.ipc hears its own frame', (await heard)[1] === 'again in other origin')

  await top.executeJavaScript("document.querySelector('iframe').remove(); 0")
  for (let i = 0; i < 100 && !inner.isDestroyed(); i++) {
    // WebKit lets go of a frame when its objects are collected.
    await top.executeJavaScript('new Promise((r) => setTimeout(r, 50, 0))')
  }
  check('frames that are removed are gone, with those in them', outer.isDestroyed() && inner.isDestroyed() &&
    outer.detached && top.framesInSubtree.length === 2)
  check('and say so', thrown(() => outer.url) === 'Error: Render frame was disposed before WebFrameMain could be accessed')
  finish()
})
