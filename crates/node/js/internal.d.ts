// What the loader in crates/node/src/files.rs gives to every module beside the electron binding.

declare function internalBinding(name: 'importModule'): (url: string) => Promise<any>;
declare function internalBinding(name: 'pipes'): { events: number, requests: number, answers: number };
