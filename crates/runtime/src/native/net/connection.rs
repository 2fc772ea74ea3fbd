//! One connected socket: reading while JavaScript wants to, one write at a time.

use super::address::{self, Target};
use super::{Sockets, negative};
use crate::host::{self, PendingOperation, WeakHost};
use rquickjs::{Ctx, Function, IntoJs, Persistent, TypedArray, Value};
use rustix::net::{Shutdown, sockopt};
use std::cell::{Cell, OnceCell, RefCell};
use std::future::Future;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::rc::Rc;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, UnixStream};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// A stream of either kind.
pub(super) enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Stream {
    async fn connect(target: Target) -> io::Result<Stream> {
        match target {
            Target::Path(path) => UnixStream::connect(path).await.map(Stream::Unix),
            Target::Internet { address, local } => {
                let v6 = address.is_ipv6();
                let socket = if v6 { TcpSocket::new_v6() } else { TcpSocket::new_v4() }?;
                if let Some(local) = local {
                    socket.bind(local)?;
                }
                socket.connect(address).await.map(Stream::Tcp)
            }
        }
    }

    async fn readable(&self) -> io::Result<()> {
        match self {
            Stream::Tcp(stream) => stream.readable().await,
            Stream::Unix(stream) => stream.readable().await,
        }
    }

    async fn writable(&self) -> io::Result<()> {
        match self {
            Stream::Tcp(stream) => stream.writable().await,
            Stream::Unix(stream) => stream.writable().await,
        }
    }

    fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Tcp(stream) => stream.try_read(buffer),
            Stream::Unix(stream) => stream.try_read(buffer),
        }
    }

    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Tcp(stream) => stream.try_write(bytes),
            Stream::Unix(stream) => stream.try_write(bytes),
        }
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Stream::Tcp(stream) => stream.as_fd(),
            Stream::Unix(stream) => stream.as_fd(),
        }
    }
}

pub(super) struct Connection {
    /// Set once it is connected.
    stream: OnceCell<Stream>,
    told: RefCell<Option<Persistent<Function<'static>>>>,
    /// Whether JavaScript wants bytes now.
    reading: Cell<bool>,
    reading_changed: Notify,
    reader_runs: Cell<bool>,
    /// Whether a connect or a write is under way.
    busy: Cell<bool>,
    referenced: Cell<bool>,
    pending: RefCell<Option<PendingOperation>>,
    /// The tasks of this connection: at most one that connects or writes, and one that reads.
    tasks: RefCell<Vec<AbortHandle>>,
}

impl Connection {
    /// A connection over an accepted stream, or one that has yet to connect.
    pub(super) fn new(stream: Option<Stream>) -> Connection {
        let cell = OnceCell::new();
        if let Some(stream) = stream {
            let _ = cell.set(stream);
        }
        Connection {
            stream: cell,
            told: RefCell::default(),
            reading: Cell::new(false),
            reading_changed: Notify::new(),
            reader_runs: Cell::new(false),
            busy: Cell::new(false),
            referenced: Cell::new(true),
            pending: RefCell::default(),
            tasks: RefCell::default(),
        }
    }

    pub(super) fn attach(&self, told: Persistent<Function<'static>>) {
        *self.told.borrow_mut() = Some(told);
    }

    /// Ends every task; the descriptor closes with the last of them.
    pub(super) fn close(&self) {
        self.told.borrow_mut().take();
        self.pending.borrow_mut().take();
        self.reading.set(false);
        for task in self.tasks.borrow_mut().drain(..) {
            task.abort();
        }
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let handle = tokio::task::spawn_local(task).abort_handle();
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_finished());
        tasks.push(handle);
    }

    /// Counts as work while it is referenced and reads, writes or connects.
    fn update(&self, ctx: &Ctx<'_>) -> rquickjs::Result<()> {
        let counts = self.referenced.get()
            && self.told.borrow().is_some()
            && (self.reading.get() || self.busy.get());
        if !counts {
            self.pending.borrow_mut().take();
        } else if self.pending.borrow().is_none() {
            *self.pending.borrow_mut() = Some(PendingOperation::begin(ctx)?);
        }
        Ok(())
    }

    pub(super) fn reference(&self, ctx: &Ctx<'_>, on: bool) -> rquickjs::Result<()> {
        self.referenced.set(on);
        self.update(ctx)
    }

    fn tell<'js>(
        &self,
        ctx: &Ctx<'js>,
        what: &str,
        value: impl IntoJs<'js>,
    ) -> rquickjs::Result<()> {
        let told = self.told.borrow().clone();
        match told {
            Some(told) => told.restore(ctx)?.call((what, value)),
            // Closed meanwhile.
            None => Ok(()),
        }
    }

    pub(super) fn connect(self: &Rc<Self>, ctx: &Ctx<'_>, target: Target) -> rquickjs::Result<()> {
        self.busy.set(true);
        self.update(ctx)?;
        let (host, connection) = (host::of(ctx)?, self.clone());
        self.spawn(async move {
            let status = match Stream::connect(target).await {
                Ok(stream) => {
                    let _ = connection.stream.set(stream);
                    0
                }
                Err(error) => negative(&error),
            };
            connection.finish(&host, "connect", status);
        });
        Ok(())
    }

    /// The connect or write that was under way is done.
    fn finish(&self, host: &WeakHost, what: &str, status: i32) {
        self.busy.set(false);
        let Some(host) = host.upgrade() else { return };
        host.enter(|ctx| {
            let told = self.tell(ctx, what, status);
            self.update(ctx)?;
            told
        });
    }

    /// Starts or stops reading.
    pub(super) fn read(
        self: &Rc<Self>,
        ctx: &Ctx<'_>,
        on: bool,
        sockets: &Rc<Sockets>,
    ) -> rquickjs::Result<()> {
        self.reading.set(on);
        self.update(ctx)?;
        if on && !self.reader_runs.replace(true) {
            self.spawn(read(self.clone(), host::of(ctx)?, sockets.clone()));
        }
        self.reading_changed.notify_one();
        Ok(())
    }

    /// Writes what the system takes at once; gives the rest.
    pub(super) fn write_now(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let Some(stream) = self.stream.get() else {
            return Err(io::Error::from_raw_os_error(107));
        };
        let written = write_some(stream, bytes)?;
        Ok(bytes.get(written..).unwrap_or_default().to_vec())
    }

    /// Writes the rest when the system takes it.
    pub(super) fn write_later(
        self: &Rc<Self>,
        host: WeakHost,
        ctx: &Ctx<'_>,
        rest: Vec<u8>,
    ) -> rquickjs::Result<()> {
        self.busy.set(true);
        self.update(ctx)?;
        let connection = self.clone();
        self.spawn(async move {
            let Some(stream) = connection.stream.get() else { return };
            let outcome = write_all(stream, &rest).await;
            connection.finish(&host, "written", super::outcome(outcome));
        });
        Ok(())
    }

    fn on_stream(&self, f: impl FnOnce(&Stream) -> rustix::io::Result<()>) -> io::Result<()> {
        match self.stream.get() {
            Some(stream) => f(stream).map_err(Into::into),
            None => Err(io::Error::from_raw_os_error(107)),
        }
    }

    pub(super) fn shutdown(&self) -> io::Result<()> {
        self.on_stream(|stream| rustix::net::shutdown(stream, Shutdown::Write))
    }

    pub(super) fn set_no_delay(&self, on: bool) -> io::Result<()> {
        self.on_stream(|stream| match stream {
            Stream::Tcp(_) => sockopt::set_tcp_nodelay(stream, on),
            Stream::Unix(_) => Ok(()),
        })
    }

    pub(super) fn set_keep_alive(&self, on: bool, seconds: u32) -> io::Result<()> {
        self.on_stream(|stream| {
            sockopt::set_socket_keepalive(stream, on)?;
            if on && seconds > 0 {
                sockopt::set_tcp_keepidle(stream, Duration::from_secs(seconds.into()))?;
            }
            Ok(())
        })
    }

    pub(super) fn reset_on_close(&self) -> io::Result<()> {
        self.on_stream(|stream| sockopt::set_socket_linger(stream, Some(Duration::ZERO)))
    }

    pub(super) fn name<'js>(&self, ctx: &Ctx<'js>, peer: bool) -> rquickjs::Result<Value<'js>> {
        let Some(stream) = self.stream.get() else { return Ok(Value::new_null(ctx.clone())) };
        let found = if peer {
            rustix::net::getpeername(stream)
        } else {
            rustix::net::getsockname(stream).map(Some)
        };
        address::name(ctx, found.ok().flatten())
    }
}

/// Writes until the system takes no more; gives how much it took.
fn write_some(stream: &Stream, bytes: &[u8]) -> io::Result<usize> {
    let mut written = 0;
    while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        match stream.try_write(rest) {
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}

async fn write_all(stream: &Stream, bytes: &[u8]) -> io::Result<()> {
    let mut written = 0;
    while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        stream.writable().await?;
        written += write_some(stream, rest)?;
        // A fast peer must not keep the others waiting.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// What is there, by way of the scratch space; nothing at the end.
fn read_some(stream: &Stream, scratch: &RefCell<Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut scratch = scratch.borrow_mut();
    let count = stream.try_read(&mut scratch)?;
    Ok(scratch.get(..count).unwrap_or_default().to_vec())
}

/// Hands bytes to JavaScript while it wants them, one chunk a turn.
async fn read(connection: Rc<Connection>, host: WeakHost, sockets: Rc<Sockets>) {
    let Some(stream) = connection.stream.get() else { return };
    loop {
        while !connection.reading.get() {
            connection.reading_changed.notified().await;
        }
        let ready = stream.readable().await;
        if !connection.reading.get() {
            continue;
        }
        let outcome = ready.and_then(|()| read_some(stream, &sockets.scratch));
        let Some(host) = host.upgrade() else { return };
        match outcome {
            Ok(bytes) if bytes.is_empty() => {
                connection.reading.set(false);
                host.enter(|ctx| {
                    connection.update(ctx)?;
                    connection.tell(ctx, "end", ())
                });
                return;
            }
            Ok(bytes) => {
                host.enter(|ctx| {
                    let bytes = TypedArray::<u8>::new(ctx.clone(), bytes)?;
                    connection.tell(ctx, "data", bytes)
                });
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => {
                connection.reading.set(false);
                host.enter(|ctx| {
                    connection.update(ctx)?;
                    connection.tell(ctx, "error", negative(&error))
                });
                return;
            }
        }
        tokio::task::yield_now().await;
    }
}
