//! The object that the `electron` module's JavaScript gets as `internalBinding('electron')`.

use std::cell::RefCell;
use std::rc::Rc;

use conch_broker::WebContentsId;
use conch_wire::{CallId, DocumentId, PortHandle, Reply};
use rquickjs::{Ctx, Error, Exception, Function, Object, Persistent, Result, Value};

use super::text::Text;
use super::{AppInfo, Backend};
use crate::throw_error;

/// Where the module's table of handlers is kept once it registered it.
pub(super) type Handlers = Rc<RefCell<Option<Persistent<Object<'static>>>>>;

/// Builds the binding.
pub(super) fn build<'js>(
    ctx: &Ctx<'js>,
    backend: &Rc<dyn Backend>,
    handlers: &Handlers,
    info: &AppInfo,
    versions: &[(String, String)],
) -> Result<Object<'js>> {
    let binding = Object::new(ctx.clone())?;
    let info = serde_json::to_string(info).unwrap_or_default();
    binding.set("appInfo", ctx.json_parse(info)?)?;
    let table = Object::new(ctx.clone())?;
    for (name, version) in versions {
        table.set(name.as_str(), version.as_str())?;
    }
    binding.set("versions", table)?;
    binding.set("uncloneable", conch_clone::uncloneable(ctx)?)?;

    let slot = Rc::clone(handlers);
    binding.set(
        "on",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, table: Object<'js>| {
            *slot.borrow_mut() = Some(Persistent::save(&ctx, table));
        })?,
    )?;

    let native = Rc::clone(backend);
    binding.set(
        "ui",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, command: Value<'js>| {
            let command = match ctx.json_stringify(command)? {
                Some(text) => text.to_string()?,
                None => return Err(Exception::throw_type(&ctx, "a UI command is an object")),
            };
            let answer = native.ui(&command).map_err(|e| throw_error(&ctx, &e))?;
            ctx.json_parse(answer)
        })?,
    )?;

    let native = Rc::clone(backend);
    binding.set("exit", Function::new(ctx.clone(), move |code: i32| native.exit(code))?)?;

    binding.set("collectGarbage", Function::new(ctx.clone(), |ctx: Ctx<'js>| ctx.run_gc())?)?;

    contents(ctx, backend, &binding)?;
    messages(ctx, backend, &binding)?;
    ports(ctx, backend, &binding)?;
    Ok(binding)
}

fn contents<'js>(ctx: &Ctx<'js>, backend: &Rc<dyn Backend>, binding: &Object<'js>) -> Result<()> {
    let native = Rc::clone(backend);
    binding.set(
        "contents",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, id: u32, config: Value<'js>| {
            let config = match ctx.json_stringify(config)? {
                Some(text) => text.to_string()?,
                None => return Err(Exception::throw_type(&ctx, "a configuration is an object")),
            };
            native.add_contents(WebContentsId(id), config);
            Ok(())
        })?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "forget",
        Function::new(ctx.clone(), move |id: u32| native.remove_contents(WebContentsId(id)))?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "evaluate",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>,
                  id: u32,
                  document: u32,
                  call: u32,
                  Text(code): Text,
                  world: u32| {
                native
                    .evaluate(WebContentsId(id), DocumentId(document), CallId(call), world, code)
                    .map_err(|e| throw_error(&ctx, &e))
            },
        )?,
    )
}

fn messages<'js>(ctx: &Ctx<'js>, backend: &Rc<dyn Backend>, binding: &Object<'js>) -> Result<()> {
    let native = Rc::clone(backend);
    binding.set(
        "send",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, id: u32, document: u32, Text(channel): Text, args: Value<'js>| {
                let payload = serialize(&ctx, &args)?;
                native
                    .send(WebContentsId(id), DocumentId(document), channel, payload)
                    .map_err(|e| throw_error(&ctx, &e))
            },
        )?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "postMessage",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>,
                  id: u32,
                  document: u32,
                  Text(channel): Text,
                  message: Value<'js>,
                  ports: Vec<u32>| {
                let payload = serialize(&ctx, &message)?;
                let ports = ports.into_iter().map(PortHandle).collect();
                native
                    .post_message(WebContentsId(id), DocumentId(document), channel, payload, ports)
                    .map_err(|e| throw_error(&ctx, &e))
            },
        )?,
    )?;
    for (name, sync) in [("reply", false), ("replySync", true)] {
        let native = Rc::clone(backend);
        binding.set(
            name,
            Function::new(
                ctx.clone(),
                move |ctx: Ctx<'js>,
                      id: u32,
                      document: u32,
                      call: u32,
                      is_error: bool,
                      value: Value<'js>| {
                    let payload = serialize(&ctx, &value)?;
                    let (document, call) = (DocumentId(document), CallId(call));
                    let reply = Reply { document, call, is_error, payload };
                    let id = WebContentsId(id);
                    let sent =
                        if sync { native.reply_sync(id, reply) } else { native.reply(id, reply) };
                    sent.map_err(|e| throw_error(&ctx, &e))
                },
            )?,
        )?;
    }
    Ok(())
}

fn ports<'js>(ctx: &Ctx<'js>, backend: &Rc<dyn Backend>, binding: &Object<'js>) -> Result<()> {
    let native = Rc::clone(backend);
    binding.set(
        "channel",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>| {
            let (a, b) = native.create_channel().map_err(|e| throw_error(&ctx, &e))?;
            Ok::<_, Error>(vec![a.0, b.0])
        })?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "portPost",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, port: u32, message: Value<'js>, ports: Vec<u32>| {
                let payload = serialize(&ctx, &message)?;
                let ports = ports.into_iter().map(PortHandle).collect();
                native
                    .port_post(PortHandle(port), payload, ports)
                    .map_err(|e| throw_error(&ctx, &e))
            },
        )?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "portStart",
        Function::new(ctx.clone(), move |port: u32| native.port_start(PortHandle(port)))?,
    )?;
    let native = Rc::clone(backend);
    binding.set(
        "portClose",
        Function::new(ctx.clone(), move |port: u32| native.port_close(PortHandle(port)))?,
    )
}

fn serialize<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Result<Vec<u8>> {
    let mut payload = Vec::with_capacity(128);
    conch_clone::serialize(ctx, value, &mut payload)?;
    Ok(payload)
}
