//! The way into the `electron` module: events become calls of its handlers.

use std::rc::Rc;

use conch_broker::{Event, GoneReason, Message, RendererEvent, WebContentsId};
use conch_wire::{CallId, FrameDescription, PortHandle};
use rquickjs::function::{Args, IntoArgs};
use rquickjs::{Ctx, Function, Object, Result, Value};

use super::binding::{self, Handlers};
use super::{AppInfo, Backend, Engine};
use crate::{Host, require_internal};

/// The `electron` module of a host.
#[derive(Clone)]
pub struct Electron {
    host: Host,
    handlers: Handlers,
    backend: Rc<dyn Backend>,
}

impl Electron {
    /// Gives the host its `electron` module.
    ///
    /// # Errors
    /// An exception of the engine, which only a fault of Conch's own code can raise.
    pub fn install(
        host: &Host,
        backend: Rc<dyn Backend>,
        info: &AppInfo,
        versions: &[(String, String)],
    ) -> Result<Electron> {
        let handlers = Handlers::default();
        let (info, versions) = (info.clone(), versions.to_vec());
        let (slot, native) = (Rc::clone(&handlers), Rc::clone(&backend));
        host.define_binding("electron", move |ctx| {
            Ok(binding::build(ctx, &native, &slot, &info, &versions)?.into_value())
        });
        host.define_module(
            &["electron", "electron/main", "electron/common", "electron/renderer"],
            |ctx| require_internal(ctx, "electron/index"),
        )?;
        // Before any code of the app could change what the codec relies on.
        host.enter(conch_clone::install);
        // The app's life begins whether or not its main script asks for the module.
        host.enter(|ctx| require_internal(ctx, "electron/index").map(drop));
        Ok(Electron { host: host.clone(), handlers, backend })
    }

    fn with_handlers(&self, work: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> Result<()>) {
        self.host.enter(|ctx| {
            let Some(handlers) = self.handlers.borrow().clone() else { return Ok(()) };
            work(ctx, &handlers.restore(ctx)?)
        });
    }

    fn renderer<'js>(
        &self,
        ctx: &Ctx<'js>,
        handlers: &Object<'js>,
        contents: WebContentsId,
        event: RendererEvent,
    ) -> Result<()> {
        let id = contents.0;
        match event {
            RendererEvent::Send(message) => {
                self.ipc(ctx, handlers, "send", contents, None, message)
            }
            RendererEvent::Invoke(call, message) => {
                self.ipc(ctx, handlers, "invoke", contents, Some(call), message)
            }
            RendererEvent::SendSync(call, message) => {
                self.ipc(ctx, handlers, "sendSync", contents, Some(call), message)
            }
            RendererEvent::PostMessage(message, ports) => {
                let Message { document, frame, channel, payload } = message;
                let Some(value) = self.read(ctx, contents, &payload) else { return Ok(()) };
                let mut args = Args::new(ctx.clone(), 6);
                for number in [id, document.0, frame.0] {
                    args.push_arg(number)?;
                }
                args.push_arg(channel)?;
                args.push_arg(value)?;
                args.push_arg(numbers(ports))?;
                handlers.get::<_, Function<'js>>("message")?.call_arg(args)
            }
            RendererEvent::EvalResult { call: number, is_rejected, value } => {
                let Some(value) = self.read(ctx, contents, &value) else { return Ok(()) };
                call(handlers, "evalResult", (id, number.0, is_rejected, value))
            }
            RendererEvent::Document { document, frame, is_main, url, description } => {
                let token = token(&description);
                let (parent, name) = (description.parent.0, description.name);
                let place = vec![id, document.0, frame.0];
                call(handlers, "document", (place, is_main, url, parent, token, name))
            }
            RendererEvent::Loaded(document) => call(handlers, "loaded", (id, document.0)),
            RendererEvent::DocumentGone { document, with_frame } => {
                call(handlers, "documentGone", (id, document.0, with_frame))
            }
            RendererEvent::Unloading(document) => call(handlers, "unloading", (id, document.0)),
            RendererEvent::DomReady(document, title) => {
                call(handlers, "domReady", (id, document.0, title))
            }
            RendererEvent::Connected { pid } => call(handlers, "rendererConnected", (id, pid)),
            RendererEvent::PreloadError { path, error } => {
                let Some(error) = self.read(ctx, contents, &error) else { return Ok(()) };
                call(handlers, "preloadError", (id, path, error))
            }
            RendererEvent::Console { document, level, line, source, message } => {
                let place = vec![id, document.0];
                call(handlers, "console", (place, level as u32, message, line, source))
            }
            RendererEvent::Gone(gone) => {
                let reason = match gone.reason {
                    GoneReason::Ended => "ended",
                    GoneReason::BadMessage => "bad-message",
                };
                call(handlers, "rendererGone", (id, reason, gone.detail))
            }
        }
    }

    /// A message of ipcRenderer's: the hot path.
    fn ipc<'js>(
        &self,
        ctx: &Ctx<'js>,
        handlers: &Object<'js>,
        handler: &str,
        contents: WebContentsId,
        number: Option<CallId>,
        message: Message,
    ) -> Result<()> {
        let Message { document, frame, channel, payload } = message;
        let Some(values) = self.read(ctx, contents, &payload) else { return Ok(()) };
        let mut args = Args::new(ctx.clone(), 6);
        for number in [contents.0, document.0, frame.0] {
            args.push_arg(number)?;
        }
        if let Some(number) = number {
            args.push_arg(number.0)?;
        }
        args.push_arg(channel)?;
        args.push_arg(values)?;
        handlers.get::<_, Function<'js>>(handler)?.call_arg(args)
    }

    /// A value of a renderer's. One that cannot be read was not written by Conch's own code, so the
    /// renderer is cut off.
    fn read<'js>(
        &self,
        ctx: &Ctx<'js>,
        contents: WebContentsId,
        payload: &[u8],
    ) -> Option<Value<'js>> {
        match conch_clone::read(ctx, payload) {
            Ok(value) => Some(value),
            Err(error) => {
                self.backend.fault(contents, format!("a value cannot be read: {error}"));
                None
            }
        }
    }
}

/// Exceptions of listeners are reported by the host as uncaught ones (semantics 39).
impl Engine for Electron {
    fn dispatch(&self, event: Event) {
        self.with_handlers(|ctx, handlers| match event {
            Event::Renderer(contents, event) => self.renderer(ctx, handlers, contents, event),
            Event::PortMessage { port, payload, ports } => {
                // Its writer is not known here: the port may have moved. Nothing is lost but this.
                match conch_clone::read(ctx, &payload) {
                    Ok(value) => call(handlers, "portMessage", (port.0, value, numbers(ports))),
                    Err(error) => {
                        tracing::warn!("a port's message cannot be read: {error}");
                        Ok(())
                    }
                }
            }
            Event::PortClosed(port) => call(handlers, "portClose", (port.0,)),
            // Only for a main script in another process.
            Event::PortFence(_) => Ok(()),
        });
    }

    fn ui_event(&self, event: &str) {
        self.with_handlers(|ctx, handlers| call(handlers, "ui", (ctx.json_parse(event)?,)));
    }
}

/// A frame's token as Electron writes one.
#[must_use]
pub fn token(description: &FrameDescription) -> String {
    description.token.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn call<'js>(handlers: &Object<'js>, name: &str, args: impl IntoArgs<'js>) -> Result<()> {
    handlers.get::<_, Function<'js>>(name)?.call(args)
}

fn numbers(ports: Vec<PortHandle>) -> Vec<u32> {
    ports.into_iter().map(|port| port.0).collect()
}
