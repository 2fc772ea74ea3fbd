//! What Node is given to run before the app: files in the shell's private folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use conch_runtime::electron;

use crate::NodeError;

/// Runs first; understood by any Node.
const START: &str = include_str!("../js/start.cjs");

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("host/", $name), include_str!(concat!("../js/", $name, ".js")))),*]
    };
}

/// The modules of this crate, by the names that they require each other by.
const HOST: &[(&str, &str)] = embed![
    "binding",
    "exceptions",
    "host",
    "link",
    "main-script",
    "modules",
    "ports",
    "process",
    "values",
    "wire",
];

/// Loads modules from the table before it; a name that is not there is Node's. The names that they
/// are compiled under are those that the embedded engine has for them in its stacks.
const LOADER: &str = r"
const { compileFunction } = require('vm');
const config = require('./config.json');
// What is compiled by hand has no import() of its own.
const bindings = { pipes: config.pipes, importModule: (url) => import(url) };
const parameters = ['exports', 'require', 'module', 'internalBinding'];
const loaded = new Map();
const load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const source = sources[name];
  if (source === undefined) return require(name);
  const module = { exports: {} };
  loaded.set(name, module);
  const body = compileFunction(source, parameters, { filename: `node:${name}` });
  body(module.exports, load, module, (binding) => bindings[binding]);
  return module.exports;
};
load('host/host').host(config, (binding) => {
  bindings.electron = binding;
  return load('electron/index');
});
";

/// Writes the files to `private` and gives the one that Node is to require first.
pub(crate) fn write(private: &Path, config: &serde_json::Value) -> Result<PathBuf, NodeError> {
    let folder = private.join("node");
    let start = folder.join("start.cjs");
    let write = || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("config.json"), config.to_string())?;
        std::fs::write(folder.join("host.cjs"), bundle())?;
        std::fs::write(&start, START)
    };
    write().map_err(|source| NodeError::NoRoom { path: folder.clone(), source })?;
    Ok(start)
}

/// One file with the source of every module.
fn bundle() -> String {
    let sources: BTreeMap<_, _> = HOST.iter().chain(electron::MODULES).copied().collect();
    format!("'use strict';\nconst sources = {};\n{LOADER}", serde_json::json!(sources))
}
