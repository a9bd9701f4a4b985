//! Puts bytes on a disk so that whoever looks sees the old file or the whole
//! new one: they go to a file beside it, reach the disk, and take its name in
//! one step. A stick pulled out in between costs the new file only.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// Why a file could not be written. The file's name without its folder says
/// which; what stood there before still does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// Nothing may be written into the folder, or the disk is read-only.
    #[error("{file}: the folder is read-only")]
    FolderReadOnly {
        /// The file's name.
        file: String,
    },
    /// A file of that name is there and protected.
    #[error("{file}: the file is read-only")]
    FileReadOnly {
        /// The file's name.
        file: String,
    },
    /// The disk, or the user's share of it, is full.
    #[error("{file}: the disk is full")]
    DiskFull {
        /// The file's name.
        file: String,
    },
    /// Another program holds the file open and allows no other.
    #[error("{file}: another program has the file open")]
    InUse {
        /// The file's name.
        file: String,
    },
    /// The folder does not exist, or its stick was pulled out.
    #[error("{file}: there is no such folder")]
    FolderMissing {
        /// The file's name.
        file: String,
    },
    /// The name is a folder's, or none that the disk allows.
    #[error("{file}: not a name for a file here")]
    NameUnusable {
        /// The file's name.
        file: String,
    },
    /// Anything else that the system said.
    #[error("{file}: {kind}")]
    Io {
        /// The file's name.
        file: String,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl WriteError {
    /// The code under which the catalogue of messages knows this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FolderReadOnly { .. } => "folder_read_only",
            Self::FileReadOnly { .. } => "file_read_only",
            Self::DiskFull { .. } => "disk_full",
            Self::InUse { .. } => "file_in_use",
            Self::FolderMissing { .. } => "folder_missing",
            Self::NameUnusable { .. } => "file_name_unusable",
            Self::Io { .. } => "write_failed",
        }
    }

    /// What the message needs to know: `file`, and `cause` where the system
    /// gave one that has no code here.
    pub fn params(&self) -> Map<String, Value> {
        let mut params = Map::new();
        let (Self::FolderReadOnly { file }
        | Self::FileReadOnly { file }
        | Self::DiskFull { file }
        | Self::InUse { file }
        | Self::FolderMissing { file }
        | Self::NameUnusable { file }
        | Self::Io { file, .. }) = self;
        params.insert("file".to_owned(), file.as_str().into());
        if let Self::Io { kind, .. } = self {
            params.insert("cause".to_owned(), kind.to_string().into());
        }
        params
    }

    /// Reads what the system said about writing `path`.
    fn from_io(path: &Path, error: &io::Error) -> Self {
        // Windows says "sharing violation" and "lock violation" with these
        // numbers and has no error kind for them.
        const WINDOWS_HELD_OPEN: [i32; 2] = [32, 33];
        let file = name_of(path);
        if cfg!(windows) && error.raw_os_error().is_some_and(|number| WINDOWS_HELD_OPEN.contains(&number)) {
            return Self::InUse { file };
        }
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::FolderReadOnly { file },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::DiskFull { file },
            io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => Self::InUse { file },
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::FolderMissing { file },
            io::ErrorKind::IsADirectory | io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => Self::NameUnusable { file },
            kind => Self::Io { file, kind },
        }
    }
}

/// Writes `bytes` as the file `path`, in place of what may be there.
///
/// # Errors
///
/// [`WriteError`]; then the file that was there before is untouched and
/// nothing is left beside it.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    // A link stays a link: the file that it points to is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |error: io::Error| WriteError::from_io(&path, &error);
    match fs::metadata(&path) {
        Ok(there) if there.is_dir() => return Err(WriteError::NameUnusable { file: name_of(&path) }),
        // Renaming over a protected file would succeed, and break the promise
        // that its protection makes.
        Ok(there) if there.permissions().readonly() => return Err(WriteError::FileReadOnly { file: name_of(&path) }),
        _ => {}
    }
    let (beside, mut file) = Beside::create(&path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    beside.take_name(&path).map_err(failed)?;
    sync_folder(&path);
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A file beside the one to be written; removed unless it takes that one's
/// name.
struct Beside {
    path: PathBuf,
    renamed: bool,
}

impl Beside {
    fn create(target: &Path) -> io::Result<(Self, File)> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let mut attempt = 0;
        loop {
            let mut temporary = OsString::from(".");
            temporary.push(name);
            temporary.push(format!(".{}-{attempt}.tmp", std::process::id()));
            let path = target.with_file_name(temporary);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((Self { path, renamed: false }, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn take_name(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.renamed {
            // The error that led here is the one to report, not this.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the new name itself durable where the system can. It stands already;
/// a system that cannot do more is not a failure.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| name_of(&entry.unwrap().path())).collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_file_replaces_the_old_one_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("汇总表.xlsx");
        for content in ["first", "second"] {
            write_atomically(&path, content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(names(folder.path()), ["汇总表.xlsx"]);
    }

    #[test]
    fn what_cannot_be_written_is_named_without_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let missing = write_atomically(&folder.path().join("none/a.csv"), b"x").unwrap_err();
        assert_eq!(missing, WriteError::FolderMissing { file: "a.csv".to_owned() });
        assert_eq!(serde_json::to_string(&missing.params()).unwrap(), r#"{"file":"a.csv"}"#);
        let directory = write_atomically(folder.path(), b"x").unwrap_err();
        assert_eq!(directory.code(), "file_name_unusable");
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn a_protected_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(write_atomically(&path, b"new").unwrap_err().code(), "file_read_only");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[cfg(unix)]
    #[test]
    fn what_the_system_says_becomes_what_the_user_can_do() {
        // errno(3) on Linux.
        let cases = [
            (28, "disk_full"),
            (122, "disk_full"),
            (30, "folder_read_only"),
            (13, "folder_read_only"),
            (16, "file_in_use"),
            (5, "write_failed"),
        ];
        for (number, code) in cases {
            assert_eq!(WriteError::from_io(Path::new("/a/b.csv"), &io::Error::from_raw_os_error(number)).code(), code);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_atomically(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
