// Scripts of apps start Electron so.
const { spawn } = require('child_process')
const electron = require('electron')

console.log(`electron: ${electron}`)
spawn(electron, ['.', 'exit'], { stdio: 'inherit' }).on('exit', (code) => process.exit(code))
