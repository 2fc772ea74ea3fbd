// express: a server in the main process, for its own pages.
const { app, BrowserWindow } = require('electron')
const express = require('express')
const http = require('http')
const path = require('path')
const { check, finish } = require('../../apps/checks.js')

const server = express()
server.disable('x-powered-by')
server.use(express.json())
server.use((req, res, next) => { res.set('X-Served', 'yes'); next() })
server.get('/hello/:name', (req, res) => res.json({ hello: req.params.name, query: req.query }))
server.post('/sum', (req, res) => res.status(201).send(String(req.body.reduce((sum, one) => sum + one, 0))))
server.get('/fails', () => { throw new Error('on purpose') })
server.use('/files', express.static(path.join(__dirname, 'files')))
server.use((error, req, res, next) => res.status(500).send(`failed: ${error.message}`))

function request (port, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const call = http.request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const parts = []
      response.on('data', (part) => parts.push(part))
      response.on('end', () => resolve([response.statusCode, Buffer.concat(parts).toString(), response.headers]))
    })
    call.on('error', reject)
    call.end(body)
  })
}

const listening = server.listen(0, '127.0.0.1', async () => {
  const { port } = listening.address()
  const [status, text, headers] = await request(port, 'GET', '/hello/you?a=1&b=2')
  check('a route', status === 200 && text === '{"hello":"you","query":{"a":"1","b":"2"}}')
  check('headers', headers['x-served'] === 'yes' && headers['content-type'] === 'application/json; charset=utf-8')
  check('a body', (await request(port, 'POST', '/sum', '[1,2,3]')).slice(0, 2).join() === '201,6')
  check('a bad body', (await request(port, 'POST', '/sum', '[1,2'))[0] === 500)
  check('an error', (await request(port, 'GET', '/fails')).slice(0, 2).join() === '500,failed: on purpose')
  check('no route', (await request(port, 'GET', '/nowhere'))[0] === 404)
  check('a file', (await request(port, 'GET', '/files/page.html'))[1].includes('<title>Served</title>'))

  await app.whenReady()
  const win = new BrowserWindow({ show: false })
  await win.loadURL(`http://127.0.0.1:${port}/files/page.html`)
  const answer = await win.webContents.executeJavaScript("fetch('/hello/page').then((response) => response.json())")
  check('a page', answer.hello === 'page' && win.getTitle() === 'Served')
  listening.closeAllConnections()
  await new Promise((resolve) => listening.close(resolve))
  finish()
})
