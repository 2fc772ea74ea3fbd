//! The JavaScript thread: the app on one engine or the other, the renderers' links, the broker.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use conch_broker::Admission;
use conch_link::{Listener, SocketDirectory};
use conch_runtime::electron::{AppInfo, Engine};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::task::LocalSet;

use crate::app::{App, EngineName};
use crate::configurations::Configurations;
use crate::fabric::{Fabric, Main};
use crate::windows::Windows;
use crate::{ELECTRON_VERSION, embedded, node};

/// What other threads tell the JavaScript thread. The queue is not bounded: it holds what the
/// window system reports, and the UI thread must never wait for JavaScript.
pub(crate) enum Message {
    /// Something happened to a window or its page: a JSON object.
    Ui(String),
    /// A person has read about an uncaught exception, or could not be told.
    ErrorDialogClosed,
}

/// What the JavaScript thread needs to start.
pub(crate) struct JavaScript {
    pub(crate) app: App,
    pub(crate) binary: PathBuf,
    /// The app as the command line names it, if it does.
    pub(crate) named: Option<PathBuf>,
    /// Switches before the app that are not Conch's.
    pub(crate) switches: Vec<String>,
    pub(crate) arguments: Vec<String>,
    /// The engine to use; none if it is for the app to show what it needs.
    pub(crate) engine: Option<EngineName>,
    /// Options for Node alone.
    pub(crate) node_options: Vec<OsString>,
    pub(crate) admission: Admission,
    pub(crate) configurations: Configurations,
    pub(crate) windows: Windows,
    pub(crate) directory: Arc<SocketDirectory>,
    /// For threads that tell the JavaScript thread something.
    pub(crate) messages: UnboundedSender<Message>,
}

/// Ends an engine with an exit code.
type End = Box<dyn Fn(i32)>;

/// The engine that runs, for what happens outside it.
#[derive(Default)]
pub(crate) struct Running {
    engine: RefCell<Option<Rc<dyn Engine>>>,
    end: RefCell<Option<End>>,
    /// The main script threw: an app goes on after an uncaught exception (semantics 138), but one
    /// whose main script never ran has nothing to go on with.
    pub(crate) main_failed: Cell<bool>,
    /// Somebody asked for the end while no engine ran.
    pub(crate) quit: Notify,
}

impl Running {
    /// From now on this engine runs; `end` ends it with an exit code.
    pub(crate) fn set(&self, engine: Rc<dyn Engine>, end: impl Fn(i32) + 'static) {
        *self.engine.borrow_mut() = Some(engine);
        *self.end.borrow_mut() = Some(Box::new(end));
    }

    /// No engine runs.
    pub(crate) fn clear(&self) {
        self.engine.borrow_mut().take();
        self.end.borrow_mut().take();
    }

    /// Tells the engine of something; `event` is a JSON object.
    pub(crate) fn ui_event(&self, event: &str) {
        let engine = self.engine.borrow().clone();
        match engine {
            Some(engine) => engine.ui_event(event),
            None => self.quit.notify_one(),
        }
    }

    fn error_dialog_closed(&self) {
        if self.main_failed.get()
            && let Some(end) = &*self.end.borrow()
        {
            end(1);
        }
    }
}

/// What both engines are started with.
pub(crate) struct Session {
    pub(crate) start: JavaScript,
    pub(crate) listener: Rc<Listener>,
    pub(crate) running: Rc<Running>,
}

impl JavaScript {
    /// Runs the app. Ends by telling the UI thread to end the process.
    pub(crate) fn run(self, inbox: UnboundedReceiver<Message>) {
        let (windows, directory) = (self.windows.clone(), Arc::clone(&self.directory));
        let outcome = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| format!("no event loop can be had: {e}"))
            .and_then(|runtime| {
                let outcome = LocalSet::new().block_on(&runtime, self.serve(inbox));
                // A file operation that hangs must not hold up the end.
                runtime.shutdown_background();
                outcome
            });
        let code = match outcome {
            Ok(code) => code,
            // What goes wrong then follows from that.
            Err(_) if windows.have_failed() => return,
            Err(error) => {
                tracing::error!("{error}");
                say(&error);
                1
            }
        };
        directory.remove();
        windows.end(code);
    }

    async fn serve(self, inbox: UnboundedReceiver<Message>) -> Result<i32, String> {
        let socket = self.directory.socket();
        let listener = Listener::bind(&socket).map_err(|e| {
            let path = socket.display();
            format!("cannot listen at {path}: {e}. Set XDG_RUNTIME_DIR to another folder")
        })?;
        let running = Rc::new(Running::default());
        tokio::task::spawn_local(listen(inbox, Rc::clone(&running)));
        watch_signals(&running)?;

        let session = Session { start: self, listener: Rc::new(listener), running };
        if session.start.engine != Some(EngineName::Node) {
            match embedded::run(&session).await? {
                embedded::Ended::Quit(code) => return Ok(code),
                embedded::Ended::NeedsNode(what) => say(&format!(
                    "the app needs {what}, which the embedded engine does not have: it runs on Node"
                )),
            }
            session.running.clear();
        }
        node::run(&session).await
    }
}

impl Session {
    /// Connects renderers and windows to an engine that ends with `exit`.
    pub(crate) fn fabric(&self, main: Main, exit: impl Fn(i32) + 'static) -> Rc<Fabric> {
        let start = &self.start;
        let (admission, configurations) = (start.admission.clone(), start.configurations.clone());
        Fabric::new(admission, configurations, start.windows.clone(), main, Box::new(exit))
    }

    /// process.argv, as Electron has it: the binary and the command line behind it.
    pub(crate) fn argv(&self) -> Vec<String> {
        let JavaScript { binary, switches, named, arguments, .. } = &self.start;
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        let mut argv = vec![text(binary)];
        argv.extend(switches.iter().cloned());
        argv.extend(named.as_ref().map(text));
        argv.extend(arguments.iter().cloned());
        argv
    }

    /// What process.versions has beside the engine's own.
    pub(crate) fn versions(&self) -> Vec<(String, String)> {
        vec![
            ("electron".to_owned(), ELECTRON_VERSION.to_owned()),
            ("conch".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ]
    }

    /// The app, for the `electron` module.
    pub(crate) fn app_info(&self) -> AppInfo {
        let JavaScript { app, binary, switches, arguments, .. } = &self.start;
        AppInfo {
            app_path: app.folder.clone(),
            name: app.name.clone(),
            version: app.version.clone(),
            exec_path: binary.clone(),
            resources_path: binary.with_file_name("resources"),
            args: [switches.as_slice(), arguments].concat(),
            is_packaged: false,
        }
    }

    /// Tells a person of an uncaught exception, which was printed already (semantics 138).
    pub(crate) fn report(&self) -> impl Fn(String) + 'static {
        let (windows, messages) = (self.start.windows.clone(), self.start.messages.clone());
        let is_open = Arc::new(AtomicBool::new(false));
        move |stack| {
            // One dialog at a time: a script that throws again and again is not to fill the screen.
            if is_open.swap(true, Ordering::Relaxed) {
                return;
            }
            let is_open = Arc::clone(&is_open);
            let (windows, messages) = (windows.clone(), messages.clone());
            // The dialog waits for a person; JavaScript goes on meanwhile, as in Electron.
            std::thread::spawn(move || {
                let title = "A JavaScript error occurred in the main process";
                let content = format!("Uncaught Exception:\n{stack}");
                let command = json!({ "cmd": "errorBox", "title": title, "content": content });
                if let Err(error) = windows.call(&command.to_string()) {
                    tracing::debug!("no error dialog: {error}");
                }
                is_open.store(false, Ordering::Relaxed);
                // Without JavaScript there is nobody to tell.
                let _ = messages.send(Message::ErrorDialogClosed);
            });
        }
    }
}

/// Carries what the UI thread reports to the engine.
async fn listen(mut inbox: UnboundedReceiver<Message>, running: Rc<Running>) {
    while let Some(message) = inbox.recv().await {
        match message {
            Message::Ui(event) => running.ui_event(&event),
            Message::ErrorDialogClosed => running.error_dialog_closed(),
        }
    }
}

/// Signals that ask for the end ask the app.
fn watch_signals(running: &Rc<Running>) -> Result<(), String> {
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let running = Rc::clone(running);
        let mut signals = signal(kind).map_err(|e| e.to_string())?;
        tokio::task::spawn_local(async move {
            while signals.recv().await.is_some() {
                running.ui_event(r#"{"event":"quitRequested"}"#);
            }
        });
    }
    Ok(())
}

/// Says a sentence on standard error, which may be closed.
pub(crate) fn say(text: &str) {
    let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("conch: {text}\n"));
}
