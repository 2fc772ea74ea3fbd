//! Operations on whole folders: listing, making, removing and copying them.

use super::request::{Failure, Outcome, Reply, Request, done, entry_kind};
use rustix::fs::{FileType, Mode};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn perform(request: &Request) -> Outcome {
    match request.operation.as_str() {
        "readdir" => list(request, Path::new(request.path()), None).map(Reply::Entries),
        "readdirs" => list_deep(request),
        "mkdirs" => make_folders(request),
        "rm" => remove(request),
        _ => copy(request),
    }
}

/// The entries of a folder, under `prefix` when there is one. The order is the system's.
fn list(
    request: &Request,
    folder: &Path,
    prefix: Option<&Path>,
) -> Result<Vec<(String, u8)>, Failure> {
    let fail = |error: io::Error| request.fail("scandir", error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let kind = entry.file_type().map_or(FileType::Unknown, kind_of);
        let name = PathBuf::from(entry.file_name());
        let name = match prefix {
            Some(prefix) => prefix.join(name),
            None => name,
        };
        entries.push((name.to_string_lossy().into_owned(), entry_kind(kind)));
    }
    // libuv sorts, and apps have come to rely on it.
    entries.sort();
    Ok(entries)
}

fn kind_of(kind: fs::FileType) -> FileType {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_dir() {
        FileType::Directory
    } else if kind.is_symlink() {
        FileType::Symlink
    } else if kind.is_file() {
        FileType::RegularFile
    } else if kind.is_fifo() {
        FileType::Fifo
    } else if kind.is_socket() {
        FileType::Socket
    } else if kind.is_block_device() {
        FileType::BlockDevice
    } else {
        FileType::CharacterDevice
    }
}

/// All entries below a folder, by their path from it, a level at a time.
fn list_deep(request: &Request) -> Outcome {
    let root = Path::new(request.path());
    let mut all = list(request, root, None)?;
    let mut at = 0;
    while at < all.len() {
        if all[at].1 == entry_kind(FileType::Directory) {
            let below = PathBuf::from(&all[at].0);
            all.extend(list(request, &root.join(&below), Some(&below))?);
        }
        at += 1;
    }
    Ok(Reply::Entries(all))
}

/// Makes a folder and those above it. Gives the first that was not there.
fn make_folders(request: &Request) -> Outcome {
    let path = Path::new(request.path());
    let mut missing: Vec<&Path> = Vec::new();
    for folder in path.ancestors().filter(|folder| !folder.as_os_str().is_empty()) {
        match fs::metadata(folder) {
            Ok(found) if found.is_dir() => break,
            Ok(_) => {
                let code = if missing.is_empty() { 17 } else { 20 };
                return Err(request.fail("mkdir", io::Error::from_raw_os_error(code)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(folder),
            Err(error) => return Err(request.fail("mkdir", error)),
        }
    }
    for folder in missing.iter().rev() {
        match rustix::fs::mkdir(*folder, request.mode(0)) {
            Ok(()) | Err(rustix::io::Errno::EXIST) => {}
            Err(error) => return Err(request.fail("mkdir", error)),
        }
    }
    Ok(missing
        .last()
        .map_or(Reply::Nothing, |first| Reply::Text(first.to_string_lossy().into_owned())))
}

/// Removes a file, or a folder and what is in it. `numbers[0]`: what is not there is no error.
fn remove(request: &Request) -> Outcome {
    let path = Path::new(request.path());
    let force = request.number(0) != 0.0;
    let found = match path.symlink_metadata() {
        Ok(found) => found,
        Err(error) if force && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Reply::Nothing);
        }
        Err(error) => return Err(request.fail("rm", error)),
    };
    let outcome = if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    done(outcome, |error| request.fail("rm", error))
}

/// Copies a tree. `numbers`: overwrite, fail on what is there, follow links, keep times.
fn copy(request: &Request) -> Outcome {
    let options = CopyOptions {
        overwrite: request.number(0) != 0.0,
        refuse_existing: request.number(1) != 0.0,
        follow: request.number(2) != 0.0,
        keep_times: request.number(3) != 0.0,
    };
    let (from, to) = (Path::new(request.path()), Path::new(request.other()));
    done(copy_tree(from, to, &options), |error| request.fail_both("cp", error))
}

struct CopyOptions {
    overwrite: bool,
    refuse_existing: bool,
    follow: bool,
    keep_times: bool,
}

fn copy_tree(from: &Path, to: &Path, options: &CopyOptions) -> io::Result<()> {
    let source = if options.follow { fs::metadata(from)? } else { fs::symlink_metadata(from)? };
    let there = fs::symlink_metadata(to).ok();
    if source.is_dir() {
        if there.is_none() {
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            rustix::fs::mkdir(to, Mode::from_raw_mode(0o777))?;
        }
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy_tree(&from.join(&name), &to.join(&name), options)?;
        }
        return fs::set_permissions(to, source.permissions());
    }
    if there.is_some() {
        if !options.overwrite {
            let refused = io::Error::from_raw_os_error(17);
            return if options.refuse_existing { Err(refused) } else { Ok(()) };
        }
        if source.is_symlink() {
            fs::remove_file(to)?;
        }
    } else if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    if source.is_symlink() {
        // A relative target would point elsewhere from the copy.
        let target = fs::read_link(from)?;
        let target = from.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
        return std::os::unix::fs::symlink(target, to);
    }
    fs::copy(from, to)?;
    if options.keep_times {
        let file = fs::File::options().write(true).open(to)?;
        let times = fs::FileTimes::new().set_modified(source.modified()?);
        file.set_times(times.set_accessed(source.accessed()?))?;
    }
    Ok(())
}
