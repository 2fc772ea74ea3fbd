//! One instance of an app at a time, for apps that ask for it.
//!
//! The instance that runs holds a lock on a file beside the app's data, which the system lets go
//! when the process ends, however it ends. The file says where that instance listens; another one
//! that finds the lock taken tells it why it was started.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use gtk::gio;
use gtk::gio::prelude::*;
use gtk::glib;
use rustix::fs::FlockOperation;
use serde_json::{Value, json};

use crate::command::CommandError;
use crate::event::Event;
use crate::remote::Reply;
use crate::ui::Events;

const LOCK: &str = "SingletonLock";
/// The most that another instance may have to say: its command line and the app's own data.
const LONGEST: usize = 1 << 20;
/// How long one instance waits for the other in each step.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the lock is tried while its holder cannot be reached.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock of this process, if it has it.
#[derive(Default)]
pub(crate) struct Instance(Rc<RefCell<Option<Held>>>);

struct Held {
    _lock: File,
    service: gio::SocketService,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.service.stop();
        self.service.close();
    }
}

impl Instance {
    /// Answers whether this process has the lock from now on. If another one has it, that is given
    /// `data`.
    pub(crate) fn lock(
        &self,
        folder: &Path,
        socket: PathBuf,
        data: Value,
        events: &Events,
        reply: Reply,
    ) {
        if self.0.borrow().is_some() {
            return reply.send(Ok(json!(true)));
        }
        let failed =
            |error: io::Error| CommandError::Failed(format!("{}: {error}", folder.display()));
        match try_lock(folder) {
            Err(error) => reply.send(Err(failed(error))),
            Ok(Some(lock)) => reply.send(match listen(lock, &socket, events) {
                Ok(held) => {
                    *self.0.borrow_mut() = Some(held);
                    Ok(json!(true))
                }
                Err(error) => Err(CommandError::Failed(error.to_string())),
            }),
            Ok(None) => {
                // To reach the other one may take its time, which this thread does not have.
                let folder = folder.to_owned();
                thread::spawn(move || {
                    tell_holder(&folder, &data);
                    reply.send(Ok(json!(false)));
                });
            }
        }
    }

    /// Lets another process have the lock.
    pub(crate) fn unlock(&self) {
        self.0.take();
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.0.borrow().is_some()
    }
}

/// The lock, or `None` if another process has it.
fn try_lock(folder: &Path) -> io::Result<Option<File>> {
    std::fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(folder.join(LOCK))?;
    match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn listen(
    mut lock: File,
    socket: &Path,
    events: &Events,
) -> Result<Held, Box<dyn std::error::Error>> {
    // A name of ours that was used before and let go.
    let _ = std::fs::remove_file(socket);
    let service = gio::SocketService::new();
    service.add_address(
        &gio::UnixSocketAddress::new(socket),
        gio::SocketType::Stream,
        gio::SocketProtocol::Default,
        None::<&glib::Object>,
    )?;
    let events = Rc::clone(events);
    service.connect_incoming(move |_, connection, _| {
        let (connection, events) = (connection.clone(), Rc::clone(&events));
        glib::MainContext::default().spawn_local(async move {
            if let Some(data) = hear(&connection).await {
                events(Event::SecondInstance { data });
            }
        });
        true
    });
    service.start();
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(socket.as_os_str().as_encoded_bytes())?;
    Ok(Held { _lock: lock, service })
}

/// What another instance says, in JSON, until it has nothing more to say.
async fn hear(connection: &gio::SocketConnection) -> Option<Value> {
    connection.socket().set_timeout(PATIENCE.as_secs() as u32);
    let mut text = Vec::new();
    loop {
        let read = connection.input_stream().read_bytes_future(1 << 14, glib::Priority::DEFAULT);
        let bytes = read.await.ok()?;
        if bytes.is_empty() {
            break;
        }
        text.extend_from_slice(&bytes);
        if text.len() > LONGEST {
            tracing::warn!("another instance said too much, and was not heard");
            return None;
        }
    }
    let data = serde_json::from_slice(&text).ok()?;
    let answer = glib::Bytes::from_static(b"heard");
    // The other one only waits to know that it can end.
    let written =
        connection.output_stream().write_bytes_future(&answer, glib::Priority::DEFAULT).await;
    if let Err(error) = written {
        tracing::debug!("another instance left without an answer: {error}");
    }
    Some(data)
}

/// Gives the lock's holder the data. One that just started may not listen yet.
fn tell_holder(folder: &Path, data: &Value) {
    for _ in 0..TRIES {
        match tell(folder, data) {
            Ok(()) => return,
            Err(error) => tracing::debug!("the first instance cannot be reached: {error}"),
        }
        thread::sleep(PAUSE);
    }
    tracing::warn!("the first instance of the app cannot be reached");
}

fn tell(folder: &Path, data: &Value) -> io::Result<()> {
    let socket = std::fs::read_to_string(folder.join(LOCK))?;
    let mut stream = UnixStream::connect(socket)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(data.to_string().as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer == "heard" { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
