//! Finding the app: its folder, its package.json, its main script.
//!
//! A fuzz target takes this file by itself: it uses nothing else of the crate.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// An app that is about to run.
#[derive(Debug)]
pub(crate) struct App {
    /// Its folder, absolute: `app.getAppPath()`.
    pub(crate) folder: PathBuf,
    /// Its main script, absolute.
    pub(crate) main: PathBuf,
    /// productName, else name, else the folder's name (semantics 132).
    pub(crate) name: String,
    /// version, else Conch's own, as Electron gives its own.
    pub(crate) version: String,
    /// The engine that it asks for.
    pub(crate) engine: Option<EngineName>,
}

/// The engines that can run a main script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EngineName {
    /// QuickJS, in this process.
    Embedded,
    /// The user's Node.
    Node,
}

/// Why there is no app to run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppError {
    #[error("{} does not exist. Give the folder of an app, or its main script", .0.display())]
    Missing(PathBuf),
    #[error(
        "{} has neither a package.json nor an index.js. Give the folder of an Electron app", .0.display()
    )]
    NotAnApp(PathBuf),
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} holds what Conch cannot use: {source}", .path.display())]
    WrongPackage { path: PathBuf, source: serde_json::Error },
    #[error("{} is not valid JSON: {source}", .path.display())]
    BrokenPackage { path: PathBuf, source: serde_json::Error },
    #[error(
        "{} does not exist. package.json names it as \"main\" ({main:?}); correct the name, \
         or write the script", .path.display()
    )]
    NoMain { path: PathBuf, main: String },
}

const OWN_VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    main: Option<String>,
    name: Option<String>,
    product_name: Option<String>,
    version: Option<String>,
    #[serde(default)]
    conch: Settings,
}

/// What package.json says to Conch alone.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    engine: Option<EngineName>,
}

impl App {
    /// The app at `path`, a folder or a main script.
    pub(crate) fn find(path: &Path) -> Result<App, AppError> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = path.canonicalize().map_err(|_| AppError::Missing(path))?;
        if path.is_dir() {
            return App::in_folder(&path);
        }
        let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(App { folder, main: path, name, version: OWN_VERSION.into(), engine: None })
    }

    fn in_folder(folder: &Path) -> Result<App, AppError> {
        let path = folder.join("package.json");
        let package = match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|source| match source.is_data() {
                true => AppError::WrongPackage { path, source },
                false => AppError::BrokenPackage { path, source },
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if !folder.join("index.js").exists() {
                    return Err(AppError::NotAnApp(folder.to_owned()));
                }
                Package::default()
            }
            Err(source) => return Err(AppError::Unreadable { path, source }),
        };
        let main = package.main.unwrap_or_else(|| "index.js".into());
        let script = find_script(&folder.join(&main))
            .ok_or_else(|| AppError::NoMain { path: folder.join(&main), main })?;
        let trimmed =
            |name: Option<String>| name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
        let name = trimmed(package.product_name).or_else(|| trimmed(package.name));
        Ok(App {
            folder: folder.to_owned(),
            main: script,
            name: name.unwrap_or_else(|| {
                folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }),
            version: package.version.unwrap_or_else(|| OWN_VERSION.into()),
            engine: package.conch.engine,
        })
    }
}

/// "main" may leave out the extension or name a folder, as in Node.
fn find_script(path: &Path) -> Option<PathBuf> {
    let with = |extension: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(extension);
        PathBuf::from(name)
    };
    [path.to_owned(), with(".js"), with(".json"), path.join("index.js")]
        .into_iter()
        .find(|candidate| candidate.is_file())
        .and_then(|script| script.canonicalize().ok())
}
