//! One end of a pipe or of a socket to a child, read and written piece by piece.

use super::{async_context, define, system_error};
use crate::engine;
use crate::host::{self, Liveness};
use rquickjs::{Ctx, Function, Object, Persistent, TypedArray, Value};
use rustix::fs::OFlags;
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::rc::Rc;
use tokio::net::UnixStream;
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::sync::{Mutex, Notify};

/// The most that one read gives.
const CHUNK: usize = 64 << 10;

/// A descriptor that is read or written without blocking.
pub(crate) enum Stream {
    Read(Receiver),
    Write(Sender),
    Both(UnixStream),
}

impl Stream {
    /// Takes a pipe or a socket. Must be called inside a tokio runtime.
    pub(crate) fn new(end: OwnedFd) -> io::Result<Stream> {
        let kind = rustix::fs::FileType::from_raw_mode(rustix::fs::fstat(&end)?.st_mode);
        if kind == rustix::fs::FileType::Socket {
            let socket = std::os::unix::net::UnixStream::from(end);
            socket.set_nonblocking(true)?;
            return Ok(Stream::Both(UnixStream::from_std(socket)?));
        }
        match rustix::fs::fcntl_getfl(&end)? & OFlags::ACCMODE {
            OFlags::WRONLY => Ok(Stream::Write(Sender::from_owned_fd(end)?)),
            _ if kind == rustix::fs::FileType::CharacterDevice => {
                Ok(Stream::Read(Receiver::from_owned_fd_unchecked(end)?))
            }
            _ => Ok(Stream::Read(Receiver::from_owned_fd(end)?)),
        }
    }

    /// What is there to read, at least a byte. Nothing at the end.
    pub(crate) async fn read(&self) -> io::Result<Vec<u8>> {
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = match self {
                Stream::Read(pipe) => {
                    pipe.readable().await?;
                    pipe.try_read(&mut chunk)
                }
                Stream::Both(socket) => {
                    socket.readable().await?;
                    socket.try_read(&mut chunk)
                }
                Stream::Write(_) => return Err(io::Error::from_raw_os_error(9)),
            };
            match count {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
                Ok(count) => {
                    chunk.truncate(count);
                    return Ok(chunk);
                }
            }
        }
    }

    pub(crate) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = match self {
                Stream::Write(pipe) => {
                    pipe.writable().await?;
                    pipe.try_write(bytes)
                }
                Stream::Both(socket) => {
                    socket.writable().await?;
                    socket.try_write(bytes)
                }
                Stream::Read(_) => return Err(io::Error::from_raw_os_error(9)),
            };
            match count {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    /// Ends the writing of a socket. A pipe ends when it is closed.
    pub(crate) fn shutdown(&self) -> io::Result<()> {
        if let Stream::Both(socket) = self {
            rustix::net::shutdown(socket, rustix::net::Shutdown::Write)?;
        }
        Ok(())
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Stream::Read(pipe) => pipe.as_fd(),
            Stream::Write(pipe) => pipe.as_fd(),
            Stream::Both(socket) => socket.as_fd(),
        }
    }
}

/// A stream that JavaScript holds.
pub(crate) struct Pipe {
    stream: RefCell<Option<Rc<Stream>>>,
    number: i32,
    closed: Notify,
    /// Held by the write that is under way; the next waits. Bounded by what the script writes
    /// before it is told that it is done, as in Node.
    writing: Mutex<()>,
}

impl Pipe {
    pub(crate) fn new(end: OwnedFd) -> io::Result<Rc<Pipe>> {
        let stream = Stream::new(end)?;
        let number = stream.as_fd().as_raw_fd();
        let stream = RefCell::new(Some(Rc::new(stream)));
        let pipe = Rc::new(Pipe { stream, number, closed: Notify::new(), writing: Mutex::new(()) });
        PIPES.with_borrow_mut(|pipes| pipes.insert(number, pipe.clone()));
        Ok(pipe)
    }

    fn stream(&self) -> Option<Rc<Stream>> {
        self.stream.borrow().clone()
    }

    fn close(&self) {
        if self.stream.take().is_some() {
            PIPES.with_borrow_mut(|pipes| pipes.remove(&self.number));
            self.closed.notify_waiters();
        }
    }
}

thread_local! {
    /// The pipes that are open, by descriptor: those of children that run, so as many as there
    /// are descriptors.
    static PIPES: RefCell<HashMap<i32, Rc<Pipe>>> = RefCell::default();
}

/// A descriptor of the same pipe for a child, which expects that reading waits.
pub(crate) fn descriptor(object: &Value<'_>) -> io::Result<OwnedFd> {
    let number = object.as_object().and_then(|object| object.get::<_, i32>("fd").ok());
    let pipe = number.and_then(|number| PIPES.with_borrow(|pipes| pipes.get(&number).cloned()));
    let stream = pipe.and_then(|pipe| pipe.stream()).ok_or(rustix::io::Errno::BADF)?;
    let copy = stream.as_fd().try_clone_to_owned()?;
    let flags = rustix::fs::fcntl_getfl(&copy)?;
    rustix::fs::fcntl_setfl(&copy, flags - OFlags::NONBLOCK)?;
    Ok(copy)
}

/// { fd, read(done), write(bytes, done), shutdown(), close(), ref(), unref() }. `done` is called
/// with (error or null, bytes); no bytes are the end. After close nothing is called.
pub(crate) fn object<'js>(ctx: &Ctx<'js>, pipe: Rc<Pipe>) -> rquickjs::Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    let liveness = Liveness::new(ctx)?;
    object.set("fd", pipe.number)?;
    let (shared, live) = (pipe.clone(), liveness.clone());
    define!(object, "read", move |ctx: Ctx<'js>, done: Function<'js>| {
        let read = |stream: Rc<Stream>| async move { stream.read().await };
        operate(&ctx, &shared, &live, done, "read", read)
    });
    let (shared, live) = (pipe.clone(), liveness.clone());
    define!(object, "write", move |ctx: Ctx<'js>, bytes: Value<'js>, done: Function<'js>| {
        let bytes = engine::copy_bytes(&bytes).unwrap_or_default();
        let pipe = shared.clone();
        let write = |stream: Rc<Stream>| async move {
            let _turn = pipe.writing.lock().await;
            stream.write_all(&bytes).await.map(|()| Vec::new())
        };
        operate(&ctx, &shared, &live, done, "write", write)
    });
    let shared = pipe.clone();
    define!(object, "shutdown", move || {
        if shared.stream().is_some_and(|stream| stream.shutdown().is_err()) {
            // The other side is gone: there is nothing to end.
            shared.close();
        }
    });
    define!(object, "close", move || pipe.close());
    let live = liveness.clone();
    define!(object, "ref", move || live.set_referenced(true));
    define!(object, "unref", move || liveness.set_referenced(false));
    Ok(object)
}

/// Starts a read or a write, of which the callback is told unless the pipe is closed first.
fn operate<'js, F: Future<Output = io::Result<Vec<u8>>> + 'static>(
    ctx: &Ctx<'js>,
    pipe: &Rc<Pipe>,
    liveness: &Rc<Liveness>,
    done: Function<'js>,
    syscall: &'static str,
    operation: impl FnOnce(Rc<Stream>) -> F,
) -> rquickjs::Result<()> {
    let Some(stream) = pipe.stream() else { return Ok(()) };
    let done = Persistent::save(ctx, async_context::bind(ctx, done)?);
    let host = host::of(ctx)?;
    let activity = liveness.begin();
    let operation = operation(stream);
    let pipe = pipe.clone();
    tokio::task::spawn_local(async move {
        // It may have been closed before this task had its first turn.
        if pipe.stream.borrow().is_none() {
            return;
        }
        let outcome = tokio::select! {
            outcome = operation => outcome,
            () = pipe.closed.notified() => return,
        };
        let Some(host) = host.upgrade() else { return };
        host.enter(|ctx| {
            let done = done.restore(ctx)?;
            match outcome {
                Ok(bytes) => {
                    let bytes = TypedArray::<u8>::new(ctx.clone(), bytes)?;
                    done.call::<_, ()>((Value::new_null(ctx.clone()), bytes))
                }
                Err(error) => done.call((system_error::short(ctx, &error, syscall)?,)),
            }
        });
        drop(activity);
    });
    Ok(())
}
