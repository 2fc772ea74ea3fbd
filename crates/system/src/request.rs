//! What can be asked of the file system, and the answer. Knows nothing of JavaScript, so that it
//! can run on any thread.

use super::{files, trees};
use rustix::fs::{Access, AtFlags, CWD, FileType, Gid, Mode, RawMode, Timespec, Timestamps, Uid};
use std::io;
use std::path::Path;

/// One operation by its name, and its arguments: those that it does not use are empty.
#[derive(Debug)]
pub struct Request {
    /// The name, which is mostly that of the call of `fs`.
    pub operation: String,
    /// The file that it is about.
    pub path: Option<String>,
    /// The second of two files, such as the one to copy to.
    pub other: Option<String>,
    /// Flags, modes, positions: what they mean is up to the operation.
    pub numbers: Vec<f64>,
    /// What is to be written.
    pub bytes: Option<Vec<u8>>,
}

/// What an operation gives.
#[derive(Debug)]
pub enum Reply {
    /// It is done.
    Nothing,
    /// A path.
    Text(String),
    /// What was read.
    Bytes(Vec<u8>),
    /// A descriptor, a count, or the fields of a `Stats`.
    Numbers(Vec<f64>),
    /// Names in a folder, each with the number of its type (UV_DIRENT_*).
    Entries(Vec<(String, u8)>),
}

/// An error with what Node tells about it.
#[derive(Debug)]
pub struct Failure {
    /// The system's error.
    pub error: io::Error,
    /// The call that gave it.
    pub syscall: &'static str,
    /// The file that it was about.
    pub path: Option<String>,
    /// The second of two files.
    pub other: Option<String>,
}

/// What becomes of a request.
pub type Outcome = Result<Reply, Failure>;

impl Request {
    pub(super) fn path(&self) -> &str {
        self.path.as_deref().unwrap_or_default()
    }

    pub(super) fn other(&self) -> &str {
        self.other.as_deref().unwrap_or_default()
    }

    pub(super) fn number(&self, at: usize) -> f64 {
        self.numbers.get(at).copied().unwrap_or(0.0)
    }

    pub(super) fn mode(&self, at: usize) -> Mode {
        Mode::from_raw_mode(self.number(at) as RawMode)
    }

    /// An error of an operation on the path.
    pub(super) fn fail(&self, syscall: &'static str, error: impl Into<io::Error>) -> Failure {
        Failure { error: error.into(), syscall, path: self.path.clone(), other: None }
    }

    /// An error of an operation on two paths.
    pub(super) fn fail_both(&self, syscall: &'static str, error: impl Into<io::Error>) -> Failure {
        let (path, other) = (self.path.clone(), self.other.clone());
        Failure { error: error.into(), syscall, path, other }
    }

    /// An error of an operation on an open file, which has no path.
    pub(super) fn fail_open(&self, syscall: &'static str, error: impl Into<io::Error>) -> Failure {
        Failure { error: error.into(), syscall, path: None, other: None }
    }
}

/// Does what is asked. May block.
///
/// # Errors
/// The system refused.
pub fn perform(request: &Request) -> Outcome {
    match request.operation.as_str() {
        "open" | "close" | "read" | "write" | "fstat" | "fsync" | "ftruncate" | "fchmod"
        | "fchown" | "futimes" | "readFile" | "readOpenFile" | "writeFile" => {
            files::perform(request)
        }
        "rm" | "cp" | "mkdirs" | "readdir" | "readdirs" => trees::perform(request),
        _ => on_path(request),
    }
}

fn on_path(request: &Request) -> Outcome {
    let path = request.path();
    match request.operation.as_str() {
        "stat" => match rustix::fs::stat(path) {
            Ok(found) => Ok(Reply::Numbers(stat_numbers(&found))),
            Err(error) => Err(request.fail("stat", error)),
        },
        "lstat" => match rustix::fs::lstat(path) {
            Ok(found) => Ok(Reply::Numbers(stat_numbers(&found))),
            Err(error) => Err(request.fail("lstat", error)),
        },
        "statfs" => match rustix::fs::statfs(path) {
            Ok(found) => Ok(Reply::Numbers(vec![
                found.f_type as f64,
                found.f_bsize as f64,
                found.f_blocks as f64,
                found.f_bfree as f64,
                found.f_bavail as f64,
                found.f_files as f64,
                found.f_ffree as f64,
            ])),
            Err(error) => Err(request.fail("statfs", error)),
        },
        "access" => {
            let mode = Access::from_bits_retain(request.number(0) as u32);
            done(rustix::fs::access(path, mode), |error| request.fail("access", error))
        }
        "mkdir" => {
            done(rustix::fs::mkdir(path, request.mode(0)), |error| request.fail("mkdir", error))
        }
        "rmdir" => done(rustix::fs::rmdir(path), |error| request.fail("rmdir", error)),
        "unlink" => done(rustix::fs::unlink(path), |error| request.fail("unlink", error)),
        "rename" => done(rustix::fs::rename(path, request.other()), |error| {
            request.fail_both("rename", error)
        }),
        "link" => {
            done(rustix::fs::link(path, request.other()), |error| request.fail_both("link", error))
        }
        "symlink" => done(rustix::fs::symlink(path, request.other()), |error| {
            request.fail_both("symlink", error)
        }),
        "readlink" => match std::fs::read_link(path) {
            Ok(target) => Ok(Reply::Text(target.to_string_lossy().into_owned())),
            Err(error) => Err(request.fail("readlink", error)),
        },
        "realpath" => match std::fs::canonicalize(path) {
            Ok(real) => Ok(Reply::Text(real.to_string_lossy().into_owned())),
            Err(error) => Err(request.fail("realpath", error)),
        },
        "chmod" => {
            done(rustix::fs::chmod(path, request.mode(0)), |error| request.fail("chmod", error))
        }
        "chown" => done(chown(request, AtFlags::empty()), |error| request.fail("chown", error)),
        "lchown" => {
            done(chown(request, AtFlags::SYMLINK_NOFOLLOW), |error| request.fail("lchown", error))
        }
        "utimes" => {
            done(set_times(request, AtFlags::empty()), |error| request.fail("utime", error))
        }
        "lutimes" => done(set_times(request, AtFlags::SYMLINK_NOFOLLOW), |error| {
            request.fail("lutime", error)
        }),
        "truncate" => {
            let file = std::fs::OpenOptions::new().write(true).open(path);
            let file = file.map_err(|error| request.fail("open", error))?;
            let outcome = file.set_len(request.number(0) as u64);
            done(outcome, |error| request.fail_open("ftruncate", error))
        }
        "copyFile" => copy_file(request),
        "mkdtemp" => make_temporary(request),
        _ => Err(request.fail_open("unknown", io::Error::from_raw_os_error(38))),
    }
}

/// A reply without a value.
pub(super) fn done<E>(outcome: Result<(), E>, fail: impl FnOnce(E) -> Failure) -> Outcome {
    outcome.map(|()| Reply::Nothing).map_err(fail)
}

fn chown(request: &Request, flags: AtFlags) -> rustix::io::Result<()> {
    let (uid, gid) = owner(request);
    rustix::fs::chownat(CWD, request.path(), uid, gid, flags)
}

/// User and group from the first two numbers; -1 leaves what it is.
pub(crate) fn owner(request: &Request) -> (Option<Uid>, Option<Gid>) {
    let id = |at| {
        let number = request.number(at);
        (number >= 0.0).then_some(number as u32).filter(|&number| number != u32::MAX)
    };
    (id(0).map(Uid::from_raw), id(1).map(Gid::from_raw))
}

/// Access and modification time from seconds.
pub(super) fn times(request: &Request) -> Timestamps {
    let time = |seconds: f64| Timespec {
        tv_sec: seconds.floor() as i64,
        tv_nsec: ((seconds - seconds.floor()) * 1e9) as _,
    };
    Timestamps { last_access: time(request.number(0)), last_modification: time(request.number(1)) }
}

fn set_times(request: &Request, flags: AtFlags) -> rustix::io::Result<()> {
    rustix::fs::utimensat(CWD, request.path(), &times(request), flags)
}

/// `numbers[0]` bit 0: fails when the destination is there.
fn copy_file(request: &Request) -> Outcome {
    let (from, to) = (Path::new(request.path()), Path::new(request.other()));
    let fail = |error: io::Error| request.fail_both("copyfile", error);
    if request.number(0) as u32 & 1 != 0 && to.symlink_metadata().is_ok() {
        return Err(fail(io::Error::from_raw_os_error(17)));
    }
    if from.metadata().map_err(fail)?.is_dir() {
        // Node's own call gives this for a folder.
        return Err(fail(io::Error::from_raw_os_error(if to.is_dir() { 21 } else { 95 })));
    }
    std::fs::copy(from, to).map(|_| Reply::Nothing).map_err(fail)
}

/// A new folder whose name is the prefix and six characters.
fn make_temporary(request: &Request) -> Outcome {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |time| time.as_nanos() as u64)
        ^ u64::from(std::process::id()) << 32;
    loop {
        let suffix: String = (0..6)
            .map(|_| {
                // An xorshift: the name has to be free, not secret.
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                LETTERS[(seed % LETTERS.len() as u64) as usize] as char
            })
            .collect();
        let path = format!("{}{suffix}", request.path());
        match rustix::fs::mkdir(&path, Mode::RWXU) {
            Ok(()) => return Ok(Reply::Text(path)),
            Err(rustix::io::Errno::EXIST) => {}
            Err(error) => {
                let path = Some(format!("{}XXXXXX", request.path()));
                return Err(Failure { error: error.into(), syscall: "mkdtemp", path, other: None });
            }
        }
    }
}

/// dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then access, modification,
/// change and birth time, each as seconds and nanoseconds.
pub(super) fn stat_numbers(stat: &rustix::fs::Stat) -> Vec<f64> {
    vec![
        stat.st_dev as f64,
        f64::from(stat.st_mode),
        stat.st_nlink as f64,
        f64::from(stat.st_uid),
        f64::from(stat.st_gid),
        stat.st_rdev as f64,
        stat.st_blksize as f64,
        stat.st_ino as f64,
        stat.st_size as f64,
        stat.st_blocks as f64,
        stat.st_atime as f64,
        stat.st_atime_nsec as f64,
        stat.st_mtime as f64,
        stat.st_mtime_nsec as f64,
        stat.st_ctime as f64,
        stat.st_ctime_nsec as f64,
        // The call knows no birth time; Node falls back to the change time as well.
        stat.st_ctime as f64,
        stat.st_ctime_nsec as f64,
    ]
}

/// The number of a folder entry's type, as in fs.constants.UV_DIRENT_*.
pub(super) fn entry_kind(kind: FileType) -> u8 {
    match kind {
        FileType::RegularFile => 1,
        FileType::Directory => 2,
        FileType::Symlink => 3,
        FileType::Fifo => 4,
        FileType::Socket => 5,
        FileType::CharacterDevice => 6,
        FileType::BlockDevice => 7,
        FileType::Unknown => 0,
    }
}
