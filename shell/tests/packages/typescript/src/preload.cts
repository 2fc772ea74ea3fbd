import electron = require('electron');

electron.contextBridge.exposeInMainWorld('api', {
  greet: (name: string) => electron.ipcRenderer.invoke('greet', name),
});
