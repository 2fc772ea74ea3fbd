//! A Node from its start to its end.

use std::future;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::rc::Rc;
use std::time::Duration;

use conch_link::Link;
use conch_runtime::electron::Backend;
use conch_wire::{encode_answer, engine_kind as kind};
use serde::Deserialize;
use tokio::io::AsyncWriteExt;
use tokio::process::Child;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::process::{self, Options};
use crate::requests::{Outcome, Requests, Server, Told};
use crate::{NodeEngine, NodeError};

/// How long a Node may take to say who it is. It does so before anything else.
const HELLO_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a Node may take to end once it said that it will.
const EXIT_TIMEOUT: Duration = Duration::from_secs(5);

/// The oldest that has all that the `electron` module is written with.
const OLDEST: (u32, u32) = (18, 19);

/// A Node that has said who it is and is about to run the app.
pub struct Node {
    child: Child,
    requests: Requests,
    server: Server,
}

/// What a Node says first.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hello {
    version: String,
    exec_path: PathBuf,
    pid: u32,
}

impl Node {
    /// Starts Node and waits until it says who it is. Must be called inside a `LocalSet`, on a
    /// thread that lives as long as the process: Node ends with it.
    ///
    /// # Errors
    /// [`NodeError`], and no Node runs.
    pub async fn start(options: Options, backend: Rc<dyn Backend>) -> Result<Node, NodeError> {
        let mut options = options;
        let mut started = process::start(&options)?;
        let mut requests = Requests::new(started.requests);
        let mut hello = greet(&options, &mut started.child, &mut requests).await?;
        if Some(hello.pid) != started.child.id() {
            // A script that runs the real one as its child: a signal would not reach it, nor would
            // it end with its parent.
            tracing::debug!("{} runs {}", options.program.display(), hello.exec_path.display());
            let _ = started.child.kill().await;
            options.program = hello.exec_path;
            started = process::start(&options)?;
            requests = Requests::new(started.requests);
            hello = greet(&options, &mut started.child, &mut requests).await?;
        }
        tracing::debug!("node {} runs as process {}", hello.version, hello.pid);
        started.answers.write_all(&encode_answer(Ok(""))).await?;
        let events = Link::from_socket(started.events.into())?;
        let engine = Rc::new(NodeEngine::new(events));
        let server = Server { backend, engine, answers: started.answers };
        Ok(Node { child: started.child, requests, server })
    }

    /// The way into its `electron` module.
    #[must_use]
    pub fn engine(&self) -> Rc<NodeEngine> {
        Rc::clone(&self.server.engine)
    }

    /// Its process, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Carries out what it asks for until it ends, and tells of what is the shell's own business.
    /// Gives the app's exit code, and a sentence when
    /// Node ended without the app having quit.
    ///
    /// # Errors
    /// [`NodeError::Garbage`]; Node is ended then.
    pub async fn run(mut self, told: impl Fn(Told)) -> Result<(i32, Option<String>), NodeError> {
        let engine = self.engine();
        // Ends with this function, whichever way.
        let mut polling = JoinSet::new();
        polling.spawn_local({
            let engine = self.engine();
            async move { engine.polling.run().await }
        });
        let serve = async {
            while let Some(request) = self.requests.next().await? {
                match self.server.carry_out(request).await {
                    Ok(Outcome::Done) => {}
                    Ok(Outcome::Tell(what)) => told(what),
                    Ok(Outcome::Exit(code)) => return Ok(code),
                    // It died while it waited for an answer.
                    Err(NodeError::Io(_)) => break,
                    Err(error) => return Err(error),
                }
            }
            // It ended, or is about to: that is told by its process.
            future::pending().await
        };
        let code = tokio::select! {
            biased;
            code = engine.exit_requested() => code,
            code = serve => code?,
            status = self.child.wait() => return Ok(unexpected(status?)),
        };
        if timeout(EXIT_TIMEOUT, self.child.wait()).await.is_err() {
            tracing::warn!("node did not end, so it is killed");
        }
        // Without effect on one that has ended.
        let _ = self.child.kill().await;
        Ok((code, None))
    }
}

/// Waits for the first message and looks at the version in it.
async fn greet(
    options: &Options,
    child: &mut Child,
    requests: &mut Requests,
) -> Result<Hello, NodeError> {
    let program = options.program.clone();
    let Ok(first) = timeout(HELLO_TIMEOUT, requests.next()).await else {
        return Err(NodeError::Silent { program, seconds: HELLO_TIMEOUT.as_secs() });
    };
    let Some(first) = first? else {
        let how = match timeout(EXIT_TIMEOUT, child.wait()).await {
            Ok(Ok(status)) => ended(status),
            _ => "it closed its pipe".to_owned(),
        };
        return Err(NodeError::NoHello { program, how });
    };
    if first.envelope.kind != kind::HELLO {
        return Err(NodeError::Garbage("the first message is no hello".into()));
    }
    let hello: Hello = serde_json::from_slice(&first.envelope.payload)
        .map_err(|error| NodeError::Garbage(error.to_string()))?;
    let mut parts = hello.version.split('.').map(|part| part.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST {
        return Err(NodeError::TooOld { program, version: hello.version });
    }
    Ok(hello)
}

/// The exit code of a shell whose Node ended before the app quit, and what to say.
fn unexpected(status: ExitStatus) -> (i32, Option<String>) {
    use std::os::unix::process::ExitStatusExt;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    (code, Some(format!("node ended before the app quit: {}", ended(status))))
}

fn ended(status: ExitStatus) -> String {
    format!("it ended with {status}")
}
