//! Open files: descriptors as numbers, and reading and writing.

use super::request::{Failure, Outcome, Reply, Request, done, owner, stat_numbers, times};
use rustix::fs::OFlags;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The files that JavaScript opened, by descriptor. A number that is not here is no file of
/// JavaScript's, whatever else in this process may have it open.
static OPEN: LazyLock<Mutex<HashMap<i32, Arc<File>>>> = LazyLock::new(Mutex::default);

pub(super) fn perform(request: &Request) -> Outcome {
    match request.operation.as_str() {
        "open" => {
            let file = open(request).map_err(|error| request.fail("open", error))?;
            let fd = file.as_raw_fd();
            OPEN.lock().unwrap_or_else(PoisonError::into_inner).insert(fd, Arc::new(file));
            Ok(Reply::Numbers(vec![f64::from(fd)]))
        }
        "close" => {
            let fd = request.number(0) as i32;
            match OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&fd) {
                Some(_) => Ok(Reply::Nothing),
                None => Err(request.fail_open("close", rustix::io::Errno::BADF)),
            }
        }
        "readFile" => read_file(request),
        "readOpenFile" => {
            let file = opened(request, "read")?;
            let mut bytes = Vec::new();
            let outcome = (&*file).read_to_end(&mut bytes);
            outcome.map(|_| Reply::Bytes(bytes)).map_err(|error| request.fail_open("read", error))
        }
        "writeFile" => {
            let mut file = open(request).map_err(|error| request.fail("open", error))?;
            let bytes = request.bytes.as_deref().unwrap_or_default();
            done(file.write_all(bytes), |error| request.fail_open("write", error))
        }
        "read" => read(request),
        "write" => write(request),
        "fstat" => {
            let file = opened(request, "fstat")?;
            match rustix::fs::fstat(&*file) {
                Ok(stat) => Ok(Reply::Numbers(stat_numbers(&stat))),
                Err(error) => Err(request.fail_open("fstat", error)),
            }
        }
        "fsync" => {
            done(opened(request, "fsync")?.sync_all(), |error| request.fail_open("fsync", error))
        }
        "ftruncate" => {
            let outcome = opened(request, "ftruncate")?.set_len(request.number(1) as u64);
            done(outcome, |error| request.fail_open("ftruncate", error))
        }
        "fchmod" => {
            let outcome = rustix::fs::fchmod(&*opened(request, "fchmod")?, request.mode(1));
            done(outcome, |error| request.fail_open("fchmod", error))
        }
        // The descriptor comes last: the others are where a path's are.
        "fchown" => {
            let file = find(request.number(2) as i32)
                .ok_or_else(|| request.fail_open("fchown", rustix::io::Errno::BADF))?;
            let (uid, gid) = owner(request);
            done(rustix::fs::fchown(&*file, uid, gid), |error| request.fail_open("fchown", error))
        }
        _ => {
            let file = find(request.number(2) as i32)
                .ok_or_else(|| request.fail_open("futime", rustix::io::Errno::BADF))?;
            done(rustix::fs::futimens(&*file, &times(request)), |error| {
                request.fail_open("futime", error)
            })
        }
    }
}

/// Opens the path with the flags and mode of `numbers`.
fn open(request: &Request) -> io::Result<File> {
    let flags = OFlags::from_bits_retain(request.number(0) as u32) | OFlags::CLOEXEC;
    let descriptor = rustix::fs::open(request.path(), flags, request.mode(1))?;
    Ok(File::from(descriptor))
}

fn find(fd: i32) -> Option<Arc<File>> {
    if let Some(file) = OPEN.lock().unwrap_or_else(PoisonError::into_inner).get(&fd) {
        return Some(file.clone());
    }
    // The standard streams are open already; a duplicate reaches the same stream.
    let duplicate = match fd {
        0 => rustix::io::dup(io::stdin()),
        1 => rustix::io::dup(io::stdout()),
        2 => rustix::io::dup(io::stderr()),
        _ => return None,
    };
    duplicate.ok().map(|descriptor| Arc::new(File::from(descriptor)))
}

/// Another descriptor of a file that JavaScript has open.
pub fn descriptor(fd: i32) -> io::Result<OwnedFd> {
    match find(fd) {
        Some(file) => Ok(file.try_clone()?.into()),
        None => Err(rustix::io::Errno::BADF.into()),
    }
}

fn opened(request: &Request, syscall: &'static str) -> Result<Arc<File>, Failure> {
    find(request.number(0) as i32)
        .ok_or_else(|| request.fail_open(syscall, rustix::io::Errno::BADF))
}

fn read_file(request: &Request) -> Outcome {
    let mut file = open(request).map_err(|error| request.fail("open", error))?;
    let expected = file.metadata().map_or(0, |found| found.len());
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).min(1 << 30));
    match file.read_to_end(&mut bytes) {
        Ok(_) => Ok(Reply::Bytes(bytes)),
        Err(error) => Err(request.fail_open("read", error)),
    }
}

/// `numbers`: descriptor, how many bytes, position or -1 for the file's own.
fn read(request: &Request) -> Outcome {
    let file = opened(request, "read")?;
    let mut bytes = vec![0; request.number(1) as usize];
    let position = request.number(2);
    let count = if position >= 0.0 {
        file.read_at(&mut bytes, position as u64)
    } else {
        (&*file).read(&mut bytes)
    };
    match count {
        Ok(count) => {
            bytes.truncate(count);
            Ok(Reply::Bytes(bytes))
        }
        Err(error) => Err(request.fail_open("read", error)),
    }
}

/// `numbers`: descriptor, position or -1 for the file's own.
fn write(request: &Request) -> Outcome {
    let file = opened(request, "write")?;
    let bytes = request.bytes.as_deref().unwrap_or_default();
    let position = request.number(1);
    let count =
        if position >= 0.0 { file.write_at(bytes, position as u64) } else { (&*file).write(bytes) };
    match count {
        Ok(count) => Ok(Reply::Numbers(vec![count as f64])),
        Err(error) => Err(request.fail_open("write", error)),
    }
}
