// What the host gives to every internal module, for the type check.

/** A table of native functions: see src/native. */
declare function internalBinding(name: string): any;

declare var process: any;
declare const module: { exports: any };
declare function require(name: string): any;

interface ErrorConstructor {
  captureStackTrace(target: object, above?: Function): void;
  prepareStackTrace?: any;
  stackTraceLimit: number;
}

declare var Buffer: any;
