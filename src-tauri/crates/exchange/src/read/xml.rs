//! What the readers of XML formats share.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// A reader that does not remember which elements are open: nesting a million
/// deep costs nothing. Empty elements arrive as a start and an end.
pub(super) fn reader<R: BufRead>(source: R) -> Reader<R> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    config.allow_unmatched_ends = true;
    reader
}

/// The value of an attribute by its name with prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, ReadError> {
    let found = element.try_get_attribute(name).map_err(|_| ReadError::Damaged)?;
    let value = found.map(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).map(|value| value.into_owned()));
    value.transpose().map_err(|_| ReadError::Damaged)
}

/// The value of an attribute that counts; what is no number is none.
pub(super) fn count(element: &BytesStart, name: &str) -> Result<Option<u32>, ReadError> {
    Ok(attribute(element, name)?.and_then(|value| value.trim().parse().ok()))
}

/// Adds an event's characters, if it is one that carries characters.
pub(super) fn push_text(event: &Event, text: &mut String) -> Result<(), ReadError> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => {
            let character = match reference.resolve_char_ref().map_err(|_| ReadError::Damaged)? {
                Some(character) => Some(character),
                None => named_character(reference.as_ref()),
            };
            text.extend(character);
        }
        _ => {}
    }
    Ok(())
}

/// XML's own five names, and the space that HTML people add.
pub(super) fn named_character(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// A text without its XML declaration: it is decoded already, and the
/// encoding that it declares is no longer true.
pub(super) fn body(text: &str) -> &str {
    let start = text.trim_start();
    match (start.starts_with("<?xml"), start.split_once("?>")) {
        (true, Some((_, body))) => body,
        _ => start,
    }
}
