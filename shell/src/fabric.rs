//! The broker with real sockets under it, as the backend of the `electron` module. Everything
//! here runs on the JavaScript thread.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use conch_broker::{Admission, Broker, Event, LinkId, Outgoing, SinkError, WebContentsId};
use conch_link::{Incoming, Link, LinkError, Listener};
use conch_runtime::electron::{Backend, Engine, well_formed};
use conch_wire::{CallId, DocumentId, Envelope, FromRenderer, PortHandle, Reply, ToRenderer};
use tokio::sync::Notify;

use crate::configurations::Configurations;
use crate::windows::Windows;

/// How long a connection may take to say who it is. A renderer does so at once.
const HELLO_TIMEOUT: Duration = Duration::from_secs(10);

/// The sockets of the connected renderers.
#[derive(Default)]
struct Links(HashMap<LinkId, Link>);

impl Outgoing for Links {
    fn send(&mut self, link: LinkId, message: ToRenderer) -> Result<(), SinkError> {
        let link = self.0.get(&link).ok_or_else(|| SinkError("the renderer is gone".into()))?;
        link.send(&Envelope::from(message)).map_err(|e| SinkError(e.to_string()))
    }

    fn close(&mut self, link: LinkId) {
        if let Some(link) = self.0.remove(&link) {
            link.close();
        }
    }
}

/// Where the main script runs.
pub(crate) enum Main {
    /// On this thread.
    Here,
    /// In another process.
    Elsewhere,
}

/// Renderers, the UI thread and the `electron` module, connected.
pub(crate) struct Fabric {
    broker: RefCell<Broker<Links>>,
    configurations: Configurations,
    windows: Windows,
    /// Wakes [`Fabric::pump`] when a call from JavaScript caused events.
    caused: Notify,
    next_link: Cell<u32>,
    exit: Box<dyn Fn(i32)>,
}

impl Fabric {
    pub(crate) fn new(
        admission: Admission,
        configurations: Configurations,
        windows: Windows,
        main: Main,
        exit: Box<dyn Fn(i32)>,
    ) -> Rc<Fabric> {
        let links = Links::default();
        let broker = match main {
            Main::Here => Broker::new(links, admission),
            Main::Elsewhere => Broker::with_remote_main(links, admission),
        };
        Rc::new(Fabric {
            broker: RefCell::new(broker),
            configurations,
            windows,
            caused: Notify::new(),
            next_link: Cell::new(1),
            exit,
        })
    }

    /// Accepts renderers and carries events to the module, for ever.
    pub(crate) async fn run(self: Rc<Self>, listener: Rc<Listener>, engine: Rc<dyn Engine>) {
        let pump = async {
            loop {
                self.caused.notified().await;
                self.drain(&*engine);
            }
        };
        let accept = async {
            loop {
                match listener.accept().await {
                    Ok((link, incoming)) => {
                        let serve = Rc::clone(&self).serve(link, incoming, Rc::clone(&engine));
                        tokio::task::spawn_local(serve);
                    }
                    Err(error) => {
                        // Out of file descriptors, most likely: some may come back.
                        tracing::error!("a renderer could not connect: {error}");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        };
        tokio::join!(pump, accept);
    }

    /// Reads one link until it ends.
    async fn serve(self: Rc<Self>, link: Link, mut incoming: Incoming, engine: Rc<dyn Engine>) {
        let id = LinkId(self.next_link.replace(self.next_link.get() + 1));
        {
            let mut broker = self.broker.borrow_mut();
            let pid = link.peer_pid();
            tracing::debug!("link {} is up, to process {pid:?}", id.0);
            broker.outgoing().0.insert(id, link);
            broker.connected(id, pid);
        }
        let mut greeted = false;
        let fault = loop {
            // A main script that is busy does not make this process grow: its renderers wait.
            if engine.is_congested() {
                engine.relieved().await;
            }
            // A connection that does not say who it is holds a file descriptor for nothing.
            let next = match greeted {
                true => incoming.next().await,
                false => match tokio::time::timeout(HELLO_TIMEOUT, incoming.next()).await {
                    Ok(next) => next,
                    Err(_) => break Some("no hello came".to_owned()),
                },
            };
            greeted = true;
            match next {
                Ok(Some(envelope)) => match FromRenderer::try_from(envelope) {
                    Ok(message) => {
                        self.broker.borrow_mut().receive(id, message);
                        self.drain(&*engine);
                    }
                    Err(error) => break Some(error.to_string()),
                },
                Ok(None) | Err(LinkError::Io(_)) => break None,
                // A process that dies while it writes leaves half a message.
                Err(LinkError::CutShort) => break None,
                Err(error) => break Some(error.to_string()),
            }
        };
        match &fault {
            Some(fault) => tracing::warn!("link {} is closed: {fault}", id.0),
            None => tracing::debug!("link {} ended", id.0),
        }
        self.broker.borrow_mut().disconnected(id, fault);
        self.drain(&*engine);
    }

    /// Gives the module what happened. JavaScript that runs in here calls the broker again, so it
    /// is borrowed for a moment at a time.
    fn drain(&self, engine: &dyn Engine) {
        loop {
            let event: Option<Event> = self.broker.borrow_mut().next_event();
            match event {
                Some(event) => engine.dispatch(event),
                None => return,
            }
        }
    }

    /// Runs a call of JavaScript's on the broker.
    fn with<R>(&self, call: impl FnOnce(&mut Broker<Links>) -> R) -> R {
        let result = call(&mut self.broker.borrow_mut());
        self.caused.notify_one();
        result
    }
}

fn text<T, E: ToString>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// The session's preload scripts in a configuration, as JSON.
fn preloads(config: &str) -> String {
    let config: serde_json::Value = serde_json::from_str(config).unwrap_or_default();
    config.get("preloads").map_or_else(|| "[]".to_owned(), ToString::to_string)
}

impl Backend for Fabric {
    fn ui(&self, command: &str) -> Result<String, String> {
        tracing::trace!("to the UI thread: {command}");
        self.windows.call(&well_formed(command))
    }

    fn add_contents(&self, contents: WebContentsId, config: String) {
        tracing::debug!("WebContents {}: {config}", contents.0);
        let preloads = preloads(&config);
        self.configurations.add(contents, config);
        self.with(|broker| {
            broker.add_contents(contents);
            // It may have a process already, which was told of others when it started.
            broker.set_preloads(contents, preloads);
        });
    }

    fn remove_contents(&self, contents: WebContentsId) {
        self.configurations.remove(contents);
        self.with(|broker| broker.remove_contents(contents));
    }

    fn fault(&self, contents: WebContentsId, detail: String) {
        self.with(|broker| broker.fault(contents, detail));
    }

    fn exit(&self, code: i32) {
        tracing::debug!("the app ends with code {code}");
        (self.exit)(code);
    }

    fn send(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
    ) -> Result<bool, String> {
        text(self.with(|broker| broker.send(contents, document, channel, payload)))
    }

    fn post_message(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<bool, String> {
        text(self.with(|broker| broker.post_message(contents, document, channel, payload, ports)))
    }

    fn evaluate(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        call: CallId,
        world: u32,
        code: String,
    ) -> Result<bool, String> {
        text(self.with(|broker| broker.evaluate(contents, document, call, world, code)))
    }

    fn reply(&self, contents: WebContentsId, reply: Reply) -> Result<(), String> {
        text(self.with(|broker| broker.reply(contents, reply)))
    }

    fn reply_sync(&self, contents: WebContentsId, reply: Reply) -> Result<(), String> {
        text(self.with(|broker| broker.reply_sync(contents, reply)))
    }

    fn create_channel(&self) -> Result<(PortHandle, PortHandle), String> {
        text(self.with(Broker::create_channel))
    }

    fn port_post(
        &self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), String> {
        text(self.with(|broker| broker.port_post(port, payload, ports)))
    }

    fn port_start(&self, port: PortHandle) {
        self.with(|broker| broker.port_start(port));
    }

    fn port_close(&self, port: PortHandle) {
        self.with(|broker| broker.port_close(port));
    }

    fn port_return(
        &self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), String> {
        text(self.with(|broker| broker.port_return(port, payload, ports)))
    }

    fn port_settled(&self, port: PortHandle) -> Result<(), String> {
        text(self.with(|broker| broker.port_settled(port)))
    }
}
