// ws: a WebSocket server in the main process, and a client of it.
const { app, BrowserWindow } = require('electron')
const { WebSocket, WebSocketServer } = require('ws')
const { check, event, finish } = require('../../apps/checks.js')

app.whenReady().then(async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await event(server, 'listening')
  const { port } = server.address()
  server.on('connection', (socket, request) => {
    socket.send(`welcome to ${request.url}`)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    socket.on('close', (code) => console.log(`closed with ${code}`))
  })

  const client = new WebSocket(`ws://127.0.0.1:${port}/main`)
  check('a text', String((await event(client, 'message'))[0]) === 'welcome to /main')
  const bytes = Buffer.alloc(100000, 'conch')
  client.send(bytes)
  const [echo, isBinary] = await event(client, 'message')
  check('bytes', isBinary && bytes.equals(echo))
  client.ping()
  await event(client, 'pong')
  client.close(4000)
  check('closed', (await event(client, 'close'))[0] === 4000)

  const win = new BrowserWindow({ show: false })
  await win.loadURL('data:text/html,')
  const heard = await win.webContents.executeJavaScript(`new Promise((resolve) => {
    const heard = []
    const socket = new WebSocket('ws://127.0.0.1:${port}/page')
    socket.onopen = () => socket.send('from the page')
    socket.onmessage = (event) => { heard.push(event.data); if (heard.length === 2) { socket.close(); resolve(heard) } }
  })`)
  check('a page', heard.join() === 'welcome to /page,from the page')
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
  finish()
})
