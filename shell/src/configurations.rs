//! What each WebContents' web process is told when it starts.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use conch_broker::{Admission, WebContentsId};

/// The configurations of all WebContents. Written on the JavaScript thread, read on the UI thread
/// when WebKit starts a web process; the lock is held for a look at the table only.
#[derive(Clone)]
pub(crate) struct Configurations {
    table: Arc<Mutex<HashMap<WebContentsId, String>>>,
    admission: Admission,
    socket: PathBuf,
}

impl Configurations {
    pub(crate) fn new(admission: Admission, socket: PathBuf) -> Configurations {
        Configurations { table: Arc::default(), admission, socket }
    }

    pub(crate) fn add(&self, contents: WebContentsId, config: String) {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).insert(contents, config);
    }

    pub(crate) fn remove(&self, contents: WebContentsId) {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).remove(&contents);
    }

    /// The configuration for a web process that starts now: with the socket, and a token that is
    /// good for this one process.
    pub(crate) fn for_new_process(&self, contents: WebContentsId) -> String {
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let config = table.get(&contents).map_or("{}", String::as_str);
        let mut config: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(config).unwrap_or_default();
        let token = self.admission.issue(contents).to_text();
        config.insert("socket".into(), self.socket.to_string_lossy().into());
        config.insert("token".into(), token.into());
        serde_json::Value::Object(config).to_string()
    }
}
