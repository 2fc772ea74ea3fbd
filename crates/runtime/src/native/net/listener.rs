//! A socket that listens, and hands out what connects to it.

use super::address::{self, Target};
use super::connection::{Connection, Stream};
use super::{Sockets, negative};
use crate::host::{self, PendingOperation};
use rquickjs::{Ctx, Function, Persistent, Value};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, sockopt};
use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::Rc;
use std::time::Duration;
use tokio::net::{TcpListener, UnixListener};
use tokio::task::AbortHandle;

enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Socket {
    async fn accept(&self) -> io::Result<Stream> {
        match self {
            Socket::Tcp(listener) => Ok(Stream::Tcp(listener.accept().await?.0)),
            Socket::Unix(listener) => Ok(Stream::Unix(listener.accept().await?.0)),
        }
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Socket::Tcp(listener) => listener.as_fd(),
            Socket::Unix(listener) => listener.as_fd(),
        }
    }
}

pub(super) struct Listener {
    socket: Socket,
    /// The file to remove at the end.
    path: Option<String>,
    pending: RefCell<Option<PendingOperation>>,
    task: RefCell<Option<AbortHandle>>,
}

impl Listener {
    pub(super) fn open(target: Target, backlog: i32, ipv6_only: bool) -> io::Result<Listener> {
        let (socket, path) = match target {
            Target::Internet { address, .. } => {
                (Socket::Tcp(listen_tcp(address, backlog, ipv6_only)?), None)
            }
            Target::Path(path) => (Socket::Unix(listen_unix(&path, backlog)?), Some(path)),
        };
        Ok(Listener { socket, path, pending: RefCell::default(), task: RefCell::default() })
    }

    pub(super) fn reference(&self, ctx: &Ctx<'_>, on: bool) -> rquickjs::Result<()> {
        let pending = if on { Some(PendingOperation::begin(ctx)?) } else { None };
        *self.pending.borrow_mut() = pending;
        Ok(())
    }

    pub(super) fn close(&self) {
        self.pending.borrow_mut().take();
        if let Some(task) = self.task.borrow_mut().take() {
            task.abort();
        }
        if let Some(path) = &self.path {
            // Somebody may have removed it before.
            let _ = std::fs::remove_file(path);
        }
    }

    pub(super) fn name<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        address::name(ctx, rustix::net::getsockname(&self.socket).ok())
    }

    /// Accepts until it is closed: one connection a turn, so that the kernel's backlog is the
    /// only queue.
    pub(super) fn run(
        self: &Rc<Self>,
        ctx: &Ctx<'_>,
        told: Persistent<Function<'static>>,
        sockets: Rc<Sockets>,
    ) -> rquickjs::Result<()> {
        self.reference(ctx, true)?;
        let (listener, host) = (self.clone(), host::of(ctx)?);
        let task = tokio::task::spawn_local(async move {
            loop {
                let accepted = listener.socket.accept().await;
                let Some(host) = host.upgrade() else { return };
                if accepted.as_ref().is_err_and(is_shortage) {
                    // Nobody's fault, and it passes: descriptors come back when connections close.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
                host.enter(|ctx| {
                    let told = told.clone().restore(ctx)?;
                    match accepted {
                        Ok(stream) => {
                            let connection = Rc::new(Connection::new(Some(stream)));
                            let id = sockets.next();
                            sockets.connections.borrow_mut().insert(id, connection);
                            told.call::<_, ()>(("connection", id))
                        }
                        // The peer went away before its turn.
                        Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => Ok(()),
                        Err(error) => told.call::<_, ()>(("error", negative(&error))),
                    }
                });
                tokio::task::yield_now().await;
            }
        });
        *self.task.borrow_mut() = Some(task.abort_handle());
        Ok(())
    }
}

/// EMFILE, ENFILE, ENOBUFS or ENOMEM.
fn is_shortage(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(24 | 23 | 105 | 12))
}

fn open(family: AddressFamily) -> rustix::io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    rustix::net::socket_with(family, SocketType::STREAM, flags, None)
}

fn listen_tcp(address: SocketAddr, backlog: i32, ipv6_only: bool) -> io::Result<TcpListener> {
    let family = if address.is_ipv6() { AddressFamily::INET6 } else { AddressFamily::INET };
    let socket = open(family)?;
    sockopt::set_socket_reuseaddr(&socket, true)?;
    if address.is_ipv6() {
        sockopt::set_ipv6_v6only(&socket, ipv6_only)?;
    }
    rustix::net::bind(&socket, &address)?;
    rustix::net::listen(&socket, backlog)?;
    TcpListener::from_std(socket.into())
}

fn listen_unix(path: &str, backlog: i32) -> io::Result<UnixListener> {
    let address = match path.strip_prefix('\0') {
        Some(name) => SocketAddrUnix::new_abstract_name(name.as_bytes()),
        None => SocketAddrUnix::new(path),
    }?;
    let socket = open(AddressFamily::UNIX)?;
    rustix::net::bind(&socket, &address)?;
    rustix::net::listen(&socket, backlog)?;
    UnixListener::from_std(socket.into())
}
