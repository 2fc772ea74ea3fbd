//! The way into the `electron` module: events become calls of its handlers.

use std::rc::Rc;

use conch_broker::{Event, GoneReason, Message, RendererEvent};
use conch_wire::PortHandle;
use rquickjs::function::{Args, IntoArgs};
use rquickjs::{Ctx, Function, IntoJs, Object, Result, Value};

use super::binding::{self, Handlers};
use super::{AppInfo, Backend};
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
        let slot = handlers.clone();
        let fault = Rc::clone(&backend);
        host.define_binding("electron", move |ctx| {
            Ok(binding::build(ctx, &backend, &slot, &info, &versions)?.into_value())
        });
        host.define_module(&["electron", "electron/main", "electron/common"], |ctx| {
            require_internal(ctx, "electron/index")
        })?;
        Ok(Electron { host: host.clone(), handlers, backend: fault })
    }

    /// Tells the module what happened at a renderer or a port. Exceptions of listeners are
    /// reported by the host as uncaught ones (semantics 39).
    pub fn dispatch(&self, event: Event) {
        self.host.enter(|ctx| {
            let Some(handlers) = self.handlers.borrow().clone() else { return Ok(()) };
            let handlers = handlers.restore(ctx)?;
            match event {
                Event::Renderer(contents, event) => {
                    renderer_event(ctx, &handlers, contents.0, event)
                }
                Event::PortMessage { port, payload, ports } => {
                    let value = conch_clone::deserialize(ctx, &payload)?;
                    call(&handlers, "portMessage", (port.0, value, numbers(ports)))
                }
                Event::PortClosed(port) => call(&handlers, "portClose", (port.0,)),
            }
        });
    }

    /// Tells the module what happened at a window; `event` is a JSON object.
    pub fn ui_event(&self, event: &str) {
        self.host.enter(|ctx| {
            let Some(handlers) = self.handlers.borrow().clone() else { return Ok(()) };
            let event = ctx.json_parse(event)?;
            call(&handlers.restore(ctx)?, "ui", (event,))
        });
    }
}

fn renderer_event<'js>(
    ctx: &Ctx<'js>,
    handlers: &Object<'js>,
    contents: u32,
    event: RendererEvent,
) -> Result<()> {
    match event {
        RendererEvent::Send(message) => {
            let Message { document, frame, channel, payload } = message;
            let Some(args) = decode(ctx, &payload)? else { return Ok(()) };
            call(handlers, "send", (contents, document.0, frame.0, channel, args))
        }
        RendererEvent::Invoke(id, message) => {
            request(ctx, handlers, "invoke", contents, id.0, message)
        }
        RendererEvent::SendSync(id, message) => {
            request(ctx, handlers, "sendSync", contents, id.0, message)
        }
        RendererEvent::PostMessage(message, ports) => {
            let Message { document, frame, channel, payload } = message;
            let Some(value) = decode(ctx, &payload)? else { return Ok(()) };
            let function: Function<'js> = handlers.get("message")?;
            let mut args = Args::new(ctx.clone(), 6);
            args.push_args((contents, document.0, frame.0, channel, value, numbers(ports)))?;
            function.call_arg(args)
        }
        RendererEvent::EvalResult { call: id, is_rejected, value } => {
            let Some(value) = decode(ctx, &value)? else { return Ok(()) };
            call(handlers, "evalResult", (contents, id.0, is_rejected, value))
        }
        RendererEvent::Document { document, frame, is_main, url } => {
            call(handlers, "document", (contents, document.0, frame.0, is_main, url))
        }
        RendererEvent::DocumentGone(document) => {
            call(handlers, "documentGone", (contents, document.0))
        }
        RendererEvent::DomReady(document) => call(handlers, "domReady", (contents, document.0)),
        RendererEvent::Connected { pid } => call(handlers, "rendererConnected", (contents, pid)),
        RendererEvent::PreloadError { path, error } => {
            let Some(error) = decode(ctx, &error)? else { return Ok(()) };
            call(handlers, "preloadError", (contents, path, error))
        }
        RendererEvent::Console { level, line, source, message } => {
            call(handlers, "console", (contents, level as u32, message, line, source))
        }
        RendererEvent::Gone(gone) => {
            let reason = match gone.reason {
                GoneReason::Ended => "ended",
                GoneReason::BadMessage => "bad-message",
            };
            call(handlers, "rendererGone", (contents, reason, gone.detail))
        }
    }
}

fn request<'js>(
    ctx: &Ctx<'js>,
    handlers: &Object<'js>,
    name: &str,
    contents: u32,
    id: u32,
    message: Message,
) -> Result<()> {
    let Message { document, frame, channel, payload } = message;
    let Some(args) = decode(ctx, &payload)? else { return Ok(()) };
    let function: Function<'js> = handlers.get(name)?;
    let mut list = Args::new(ctx.clone(), 6);
    list.push_args((contents, document.0, frame.0, id, channel, args))?;
    function.call_arg(list)
}

/// A value from a renderer. One that cannot be read was not written by Conch's own code: it is
/// logged and the message is dropped, as the rest of the stream is still in order.
fn decode<'js>(ctx: &Ctx<'js>, payload: &[u8]) -> Result<Option<Value<'js>>> {
    match conch_clone::deserialize(ctx, payload) {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            let _ = ctx.catch();
            tracing::warn!("a message with an unreadable value was dropped: {error}");
            Ok(None)
        }
    }
}

fn call<'js>(handlers: &Object<'js>, name: &str, args: impl IntoArgs<'js>) -> Result<()> {
    handlers.get::<_, Function<'js>>(name)?.call(args)
}

fn numbers(ports: Vec<PortHandle>) -> Vec<u32> {
    ports.into_iter().map(|port| port.0).collect()
}
