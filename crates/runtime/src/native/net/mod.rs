//! Stream sockets: TCP and Unix. JavaScript names them by numbers, and each has one function that
//! is told what happens to it.

mod address;
mod connection;
mod listener;

use super::define;
use crate::engine;
use crate::host;
use connection::Connection;
use listener::Listener;
use rquickjs::{Ctx, Function, Object, Persistent, Value};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

/// The most that is read from one socket before the others, and everything else on this thread,
/// get their turn.
const CHUNK: usize = 64 << 10;

/// The sockets that are open. As many as the process may have descriptors.
struct Sockets {
    last: Cell<u32>,
    connections: RefCell<HashMap<u32, Rc<Connection>>>,
    listeners: RefCell<HashMap<u32, Rc<Listener>>>,
    /// Where bytes land before JavaScript gets a copy of the right size.
    scratch: RefCell<Vec<u8>>,
}

impl Sockets {
    fn next(&self) -> u32 {
        self.last.set(self.last.get() + 1);
        self.last.get()
    }

    fn connection(&self, id: u32) -> Option<Rc<Connection>> {
        self.connections.borrow().get(&id).cloned()
    }

    fn listener(&self, id: u32) -> Option<Rc<Listener>> {
        self.listeners.borrow().get(&id).cloned()
    }
}

/// The number of a failure as JavaScript knows it: below zero.
fn negative(error: &io::Error) -> i32 {
    -error.raw_os_error().unwrap_or(5)
}

fn outcome(result: io::Result<()>) -> i32 {
    result.map_or_else(|error| negative(&error), |()| 0)
}

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    let sockets = Rc::new(Sockets {
        last: Cell::new(0),
        connections: RefCell::default(),
        listeners: RefCell::default(),
        scratch: RefCell::new(vec![0; CHUNK]),
    });
    install_opening(table, &sockets)?;
    install_traffic(table, &sockets)?;
    install_options(table, &sockets)?;
    address::install(table)
}

fn install_opening<'js>(table: &Object<'js>, sockets: &Rc<Sockets>) -> rquickjs::Result<()> {
    // connect({ path } | { address, port, localAddress?, localPort? }, told): the number of a new
    // connection, or -errno. `told` is called with 'connect' and 0 or -errno, and after that as
    // `attach` says.
    let all = sockets.clone();
    define!(table, "connect", move |ctx: Ctx<'js>, to: Object<'js>, told: Function<'js>| {
        let target = match address::target(&to)? {
            Ok(target) => target,
            Err(error) => return Ok(negative(&error)),
        };
        let connection = Rc::new(Connection::new(None));
        connection.attach(Persistent::save(&ctx, told));
        let id = all.next();
        all.connections.borrow_mut().insert(id, connection.clone());
        connection.connect(&ctx, target)?;
        Ok::<_, rquickjs::Error>(id as i32)
    });
    // listen({ path } | { address, port, ipv6Only }, backlog, told): the number of a listener, or
    // -errno. `told` is called with 'connection' and its number, which has to be attached or
    // closed at once, or with 'error' and -errno.
    let all = sockets.clone();
    define!(table, "listen", move |ctx: Ctx<'js>,
                                   at: Object<'js>,
                                   backlog: i32,
                                   told: Function<'js>| {
        let target = match address::target(&at)? {
            Ok(target) => target,
            Err(error) => return Ok(negative(&error)),
        };
        let ipv6_only = at.get::<_, Option<bool>>("ipv6Only")?.unwrap_or(false);
        let listener = match Listener::open(target, backlog, ipv6_only) {
            Ok(listener) => Rc::new(listener),
            Err(error) => return Ok(negative(&error)),
        };
        let id = all.next();
        all.listeners.borrow_mut().insert(id, listener.clone());
        listener.run(&ctx, Persistent::save(&ctx, told), all.clone())?;
        Ok::<_, rquickjs::Error>(id as i32)
    });
    // From now on `told` is called with 'data' and a Uint8Array, 'end', 'error' and -errno, or
    // 'written' and 0 or -errno.
    let all = sockets.clone();
    define!(table, "attach", move |ctx: Ctx<'js>, id: u32, told: Function<'js>| {
        if let Some(connection) = all.connection(id) {
            connection.attach(Persistent::save(&ctx, told));
        }
    });
    let all = sockets.clone();
    define!(table, "close", move |id: u32| {
        let connection = all.connections.borrow_mut().remove(&id);
        if let Some(connection) = connection {
            connection.close();
        }
        let listener = all.listeners.borrow_mut().remove(&id);
        if let Some(listener) = listener {
            listener.close();
        }
    });
    Ok(())
}

fn install_traffic<'js>(table: &Object<'js>, sockets: &Rc<Sockets>) -> rquickjs::Result<()> {
    let all = sockets.clone();
    define!(table, "read", move |ctx: Ctx<'js>, id: u32, on: bool| {
        if let Some(connection) = all.connection(id) {
            connection.read(&ctx, on, &all)?;
        }
        Ok::<_, rquickjs::Error>(())
    });
    // Writes a Uint8Array: 0 when all of it went at once, 1 when `told` will be called with
    // 'written', -errno when it failed. The next write has to wait for that.
    let all = sockets.clone();
    define!(table, "write", move |ctx: Ctx<'js>, id: u32, bytes: Value<'js>| {
        let Some(connection) = all.connection(id) else { return Ok(-9) };
        let attempt = engine::with_bytes(&bytes, |bytes| connection.write_now(bytes));
        match attempt {
            Some(Ok(rest)) if rest.is_empty() => Ok(0),
            Some(Ok(rest)) => {
                connection.write_later(host::of(&ctx)?, &ctx, rest)?;
                Ok::<_, rquickjs::Error>(1)
            }
            Some(Err(error)) => Ok(negative(&error)),
            None => Ok(-22),
        }
    });
    // Ends the writing half: 0 or -errno.
    let all = sockets.clone();
    define!(table, "shutdown", move |id: u32| {
        all.connection(id).map_or(-9, |connection| outcome(connection.shutdown()))
    });
    Ok(())
}

fn install_options<'js>(table: &Object<'js>, sockets: &Rc<Sockets>) -> rquickjs::Result<()> {
    // Whether the socket keeps the process alive.
    let all = sockets.clone();
    define!(table, "reference", move |ctx: Ctx<'js>, id: u32, on: bool| {
        if let Some(connection) = all.connection(id) {
            connection.reference(&ctx, on)?;
        }
        if let Some(listener) = all.listener(id) {
            listener.reference(&ctx, on)?;
        }
        Ok::<_, rquickjs::Error>(())
    });
    let all = sockets.clone();
    define!(table, "noDelay", move |id: u32, on: bool| {
        all.connection(id).map_or(-9, |connection| outcome(connection.set_no_delay(on)))
    });
    let all = sockets.clone();
    define!(table, "keepAlive", move |id: u32, on: bool, seconds: u32| {
        all.connection(id).map_or(-9, |connection| outcome(connection.set_keep_alive(on, seconds)))
    });
    // The next close sends a reset.
    let all = sockets.clone();
    define!(table, "resetOnClose", move |id: u32| {
        all.connection(id).map_or(-9, |connection| outcome(connection.reset_on_close()))
    });
    // [address, port, 4 or 6], a path, or null.
    let all = sockets.clone();
    define!(table, "name", move |ctx: Ctx<'js>, id: u32, peer: bool| {
        if let Some(connection) = all.connection(id) {
            return connection.name(&ctx, peer);
        }
        match all.listener(id) {
            Some(listener) => listener.name(&ctx),
            None => Ok(Value::new_null(ctx)),
        }
    });
    Ok(())
}
