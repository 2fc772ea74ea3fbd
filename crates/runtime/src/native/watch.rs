//! Changes in folders and files, by inotify.
#![allow(unsafe_code)]

use super::{define, system_error};
use crate::host::{self, Activity, Liveness};
use crate::internals::throw_error;
use rquickjs::{Ctx, Function, Object, Persistent, TypedArray, Value};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::rc::Rc;
use tokio::io::unix::AsyncFd;

/// Room for what the kernel tells at once: some dozens of events.
const BUFFER: usize = 4096;

/// One for all that JavaScript watches: a user may have but a hundred or so.
struct Inotify {
    queue: AsyncFd<OwnedFd>,
    /// By the kernel's number, which is the same for those of one file. As many as the script
    /// has not closed.
    watches: RefCell<HashMap<i32, Vec<Rc<Watch>>>>,
}

struct Watch {
    number: Cell<i32>,
    /// The file's own name, for events that come without one.
    name: Vec<u8>,
    callback: Persistent<Function<'static>>,
    activity: RefCell<Option<Activity>>,
}

thread_local! {
    static INOTIFY: OnceCell<Rc<Inotify>> = const { OnceCell::new() };
}

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // watch(path, callback): { close(), ref(), unref() }. The callback is called with
    // ('rename' | 'change', the name's bytes).
    define!(table, "watch", |ctx: Ctx<'js>, path: String, callback: Function<'js>| {
        let inotify = shared(&ctx)?;
        let flags = WatchFlags::ATTRIB
            | WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF
            | WatchFlags::MOVED_FROM
            | WatchFlags::MOVED_TO;
        let added = inotify::add_watch(inotify.queue.get_ref(), path.as_str(), flags);
        let number = added.map_err(|error| {
            system_error::throw(&ctx, &error.into(), "watch", Some(&path), None)
        })?;
        let liveness = Liveness::new(&ctx)?;
        let name = Path::new(&path).file_name().unwrap_or_default();
        let watch = Rc::new(Watch {
            number: Cell::new(number),
            name: name.as_encoded_bytes().to_vec(),
            callback: Persistent::save(&ctx, callback),
            activity: RefCell::new(Some(liveness.begin())),
        });
        inotify.watches.borrow_mut().entry(number).or_default().push(watch.clone());
        let object = Object::new(ctx)?;
        define!(object, "close", move || inotify.remove(&watch));
        let shared = liveness.clone();
        define!(object, "ref", move || shared.set_referenced(true));
        define!(object, "unref", move || liveness.set_referenced(false));
        Ok::<_, rquickjs::Error>(object)
    });
    Ok(())
}

/// The one of this thread, made at the first use.
fn shared(ctx: &Ctx<'_>) -> rquickjs::Result<Rc<Inotify>> {
    if let Some(inotify) = INOTIFY.with(|cell| cell.get().cloned()) {
        return Ok(inotify);
    }
    let made = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK);
    let queue = made.map_err(io::Error::from).and_then(|queue| {
        // SAFETY: the value that is registered owns its descriptor and closes it when dropped.
        Ok(unsafe { AsyncFd::register(queue) }?)
    });
    let queue = queue.map_err(|error| throw_error(ctx, &format!("watch: {error}")))?;
    let inotify = Rc::new(Inotify { queue, watches: RefCell::default() });
    let host = host::of(ctx)?;
    let read = inotify.clone();
    tokio::task::spawn_local(async move {
        while let Ok(events) = read.next().await {
            let Some(host) = host.upgrade() else { return };
            for (number, kind, name) in events {
                // One that an earlier callback closed is told no more.
                let watches = read.watches.borrow().get(&number).cloned().unwrap_or_default();
                for watch in watches.iter().filter(|watch| watch.activity.borrow().is_some()) {
                    let name = if name.is_empty() { &watch.name } else { &name };
                    host.enter(|ctx| tell(ctx, watch, kind, name));
                }
            }
        }
    });
    INOTIFY.with(|cell| drop(cell.set(inotify.clone())));
    Ok(inotify)
}

fn tell(ctx: &Ctx<'_>, watch: &Watch, kind: &str, name: &[u8]) -> rquickjs::Result<()> {
    let name = TypedArray::<u8>::new(ctx.clone(), name)?;
    let callback = watch.callback.clone().restore(ctx)?;
    callback.call::<_, Value<'_>>((kind, name)).map(drop)
}

impl Inotify {
    /// Waits for changes: each with the number of its watch, its kind and the file's name.
    async fn next(&self) -> io::Result<Vec<(i32, &'static str, Vec<u8>)>> {
        loop {
            let mut ready = self.queue.readable().await?;
            let mut buffer = [MaybeUninit::uninit(); BUFFER];
            let mut reader = Reader::new(self.queue.get_ref(), &mut buffer);
            let mut events = Vec::new();
            // As many as one read gave. None: the readiness was of before.
            while events.is_empty() || !reader.is_buffer_empty() {
                let event = match reader.next() {
                    Ok(event) => event,
                    Err(rustix::io::Errno::AGAIN) => {
                        ready.clear_ready();
                        break;
                    }
                    Err(error) => return Err(error.into()),
                };
                if event.events().contains(ReadFlags::IGNORED) {
                    continue;
                }
                let changed = ReadFlags::ATTRIB | ReadFlags::MODIFY;
                let kind = if event.events().intersects(changed) { "change" } else { "rename" };
                let name = event.file_name().map(|name| name.to_bytes().to_vec());
                events.push((event.wd(), kind, name.unwrap_or_default()));
            }
            if !events.is_empty() {
                return Ok(events);
            }
        }
    }

    fn remove(&self, watch: &Rc<Watch>) {
        watch.activity.take();
        let number = watch.number.get();
        let mut watches = self.watches.borrow_mut();
        let Some(list) = watches.get_mut(&number) else { return };
        list.retain(|other| !Rc::ptr_eq(other, watch));
        if list.is_empty() {
            watches.remove(&number);
            // It fails where the file is gone, which ended the watch already.
            let _ = inotify::remove_watch(self.queue.get_ref(), number);
        }
    }
}
