//! A look into a zip before anybody unpacks it.
//!
//! What an archive declares about the size of its parts may be a lie, so the
//! parts are unpacked once into nothing and counted. That costs time, at most
//! a few seconds at the limit, and saves the memory of a zip bomb.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::grid::Budget;
use super::{Bound, ReadError};

/// A zip in memory.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Pictures and embedded files are never unpacked by a reader of cells.
const NEVER_UNPACKED: [&str; 5] = ["xl/media/", "xl/embeddings/", "Pictures/", "Thumbnails/", "docProps/thumbnail"];

/// Tags in all parts for each cell that is allowed: an honest cell takes about
/// four, and a list of `<si/>` makes an object of every five bytes.
const TAGS_PER_CELL: u64 = 10;

/// Tags in a list of styles. Excel has at most 65,490 looks of cells, and a
/// reader keeps some hundred bytes for each.
const MOST_STYLE_TAGS: u64 = 1_000_000;

pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, ReadError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)
}

/// Unpacks every part that a reader could ask for, into nothing, and counts
/// what it would make of it: bytes, and tags.
pub(super) fn measure(archive: &mut Archive, budget: &mut Budget) -> Result<(), ReadError> {
    let (mut unpacked, mut tags) = (0u64, 0u64);
    let mut buffer = vec![0; 64 << 10];
    for index in 0..archive.len() {
        budget.step()?;
        let mut part = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        let name = part.name().map_err(|_| ReadError::Damaged)?.into_owned();
        if NEVER_UNPACKED.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let tags_before = tags;
        loop {
            let count = part.read(&mut buffer).map_err(|_| ReadError::Damaged)?;
            if count == 0 {
                break;
            }
            unpacked += count as u64;
            tags += buffer[..count].iter().filter(|&&byte| byte == b'<').count() as u64;
            check(unpacked, budget.limits.unpacked_bytes, Bound::UnpackedBytes, budget.limits.unpacked_bytes)?;
            check(tags, budget.limits.cells.saturating_mul(TAGS_PER_CELL), Bound::Cells, budget.limits.cells)?;
            budget.ask()?;
        }
        if name.ends_with("styles.xml") {
            check(tags - tags_before, MOST_STYLE_TAGS, Bound::UnpackedBytes, budget.limits.unpacked_bytes)?;
        }
    }
    Ok(())
}

/// `limit` is what the user hears of.
fn check(count: u64, most: u64, what: Bound, limit: u64) -> Result<(), ReadError> {
    if count > most { Err(ReadError::TooLarge { what, limit }) } else { Ok(()) }
}

/// A part's text, read whole; `None` where there is no such part. Call
/// [`measure`] first.
pub(super) fn part(archive: &mut Archive, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let mut bytes = Vec::new();
    match archive.by_name(name) {
        Ok(mut part) => part.read_to_end(&mut bytes).map_err(|_| ReadError::Damaged)?,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(ReadError::Damaged),
    };
    Ok(Some(bytes))
}
