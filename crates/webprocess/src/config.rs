//! What the main process tells a web process when it starts it.

use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The part of the start-up data that Rust needs, and the rest as JSON for JavaScript.
#[derive(Debug)]
pub(crate) struct Config {
    /// Path of the main process's socket.
    pub(crate) socket: String,
    /// Proves to the main process which of its web processes this is. Good for one connection.
    pub(crate) token: [u8; 16],
    /// Whether preload scripts have a world of their own.
    pub(crate) has_isolated_world: bool,
    /// Whether scripts may have Node's modules.
    pub(crate) has_node: bool,
    /// Everything but socket and token, for the scripts.
    pub(crate) for_scripts: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserData {
    socket: String,
    token: Uuid,
    #[serde(default = "yes")]
    context_isolation: bool,
    #[serde(default = "yes")]
    sandbox: bool,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn yes() -> bool {
    true
}

impl Config {
    /// Reads the JSON that came with the extension.
    ///
    /// # Errors
    /// It is not what the main process writes.
    pub(crate) fn parse(json: &str) -> Result<Config, serde_json::Error> {
        let UserData { socket, token, context_isolation, sandbox, mut rest } =
            serde_json::from_str(json)?;
        rest.insert("sandbox".to_owned(), Value::Bool(sandbox));
        rest.insert("contextIsolation".to_owned(), Value::Bool(context_isolation));
        rest.insert("isMainFrame".to_owned(), Value::Bool(true));
        rest.insert("pid".to_owned(), Value::from(std::process::id()));
        Ok(Config {
            socket,
            token: token.into_bytes(),
            has_isolated_world: context_isolation,
            has_node: !sandbox,
            for_scripts: Value::Object(rest).to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_see_neither_socket_nor_token() {
        let json =
            r#"{"socket":"/s","token":"00112233-4455-6677-8899-aabbccddeeff","preload":"/p"}"#;
        let config = Config::parse(json).unwrap();
        assert_eq!((config.token[0], config.token[15]), (0x00, 0xff));
        let seen: Value = serde_json::from_str(&config.for_scripts).unwrap();
        let names: Vec<&String> = seen.as_object().unwrap().keys().collect();
        assert_eq!(names, ["contextIsolation", "isMainFrame", "pid", "preload", "sandbox"]);
    }

    #[test]
    fn a_bad_token_is_refused() {
        assert!(Config::parse(r#"{"socket":"/s","token":"no"}"#).is_err());
        assert!(Config::parse("").is_err());
    }
}
