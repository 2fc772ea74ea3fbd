// An app in TypeScript, compiled to ES modules against the types of the package `electron`.
import { app, BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Rectangle } from 'electron/main';
import { fileURLToPath } from 'node:url';
import type { Greeting } from './greeting.js';

const failed: string[] = [];

function check(name: string, holds: boolean): void {
  if (!holds) failed.push(name);
  console.log(`${holds ? 'ok' : 'not ok'} ${name}`);
}

// The app is ready once this is done.
const { greet } = await import('./greeting.js');
check('top-level await before ready', !app.isReady());

void app.whenReady().then(async () => {
  ipcMain.handle('greet', (event: IpcMainInvokeEvent, name: string): Greeting => {
    check('the sender', event.sender === win.webContents);
    return greet(name);
  });

  const win: BrowserWindow = new BrowserWindow({
    show: false,
    webPreferences: { preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)) },
  });
  const bounds: Rectangle = win.getBounds();
  check('bounds', bounds.width === 800 && bounds.height === 600);
  await win.loadURL('data:text/html,<title>Typed</title>');
  const answer: Greeting = await win.webContents.executeJavaScript("api.greet('page')");
  check('an answer', answer.text === 'Hello, page' && answer.length === 11);
  console.log(failed.length === 0 ? 'done' : `FAILED ${failed.join('; ')}`);
});
