//! Whom a row of a sign-in list is about. A meeting program lists people
//! under names that they gave themselves: 张三-组织部, 张三的iPhone. Such a
//! name proposes a member and asks; the answer holds for every row of that
//! name, and for the next file of the same shape.

use super::super::{
    Field, Params, Reading,
    cells::{Cells, choice},
    identify::{self, People, answer_for, member_choice, skip_row, unknown},
    snapshot::{KnownMember, Snapshot},
};
use crate::params;

/// The member of a row, where that is settled; otherwise the row is refused
/// or asked about.
pub(super) fn of_row<'a>(cells: &mut Cells, people: &People<'a>, snapshot: &'a Snapshot, reading: &Reading) -> Option<&'a KnownMember> {
    let (number, name) = (cells.staff_no(), cells.name());
    let written = match (&number, &name) {
        (None, Some(name)) if people.named(name).is_empty() => name,
        // The number says who; the name has only more around it.
        (Some(number), Some(name)) => match people.numbered(number) {
            Some(member) if name.contains(&member.name) => return Some(member),
            _ => return identify::of_row(cells, people, Some(number), Some(name), reading),
        },
        _ => return identify::of_row(cells, people, number.as_deref(), name.as_deref(), reading),
    };
    let candidates = contained(written, snapshot);
    if candidates.is_empty() {
        cells.problems.push(unknown(None, Some(written)));
        return None;
    }
    let mut choices: Vec<_> = candidates.iter().map(|member| member_choice(member)).collect();
    choices.push(skip_row());
    let answer = cells.ask_word(format!("alias:{written}"), "nickname", params! { "name" => written }, choices)?;
    candidates.into_iter().find(|member| answer_for(member) == answer)
}

/// Members whose whole name stands in a text, those on the roll first; a name
/// within a longer one that stands there too is none.
fn contained<'a>(text: &str, snapshot: &'a Snapshot) -> Vec<&'a KnownMember> {
    let stands = |member: &&KnownMember| member.name.chars().count() >= 2 && text.contains(&member.name);
    let found: Vec<&KnownMember> = snapshot.members.iter().filter(stands).collect();
    let longer = |member: &KnownMember| found.iter().any(|other| other.name != member.name && other.name.contains(&member.name));
    let mut kept: Vec<&KnownMember> = found.iter().filter(|member| !longer(member)).copied().collect();
    kept.sort_by_key(|member| !snapshot.roll.contains(&member.id));
    kept
}

/// What becomes of somebody who is not on the session's roll.
pub(super) enum Place {
    /// On the roll, or put on it.
    OnRoll,
    /// 列席
    Observer,
    /// Left out, or not answered yet.
    Nowhere,
}

/// Asks about somebody who is not on the roll.
pub(super) fn place(cells: &mut Cells, member: &KnownMember, snapshot: &Snapshot) -> Place {
    if snapshot.roll.contains(&member.id) {
        return Place::OnRoll;
    }
    let choices = vec![choice("add", "put_on_roll", Params::new()), choice("observer", "as_observer", Params::new())];
    match cells.ask_row("roll", "not_on_roll", params! { "name" => member.name }, choices).as_deref() {
        Some("add") => Place::OnRoll,
        Some("observer") => Place::Observer,
        _ => Place::Nowhere,
    }
}

/// What a row is about, in the file's words.
pub(super) fn label(cells: &mut Cells) -> String {
    let (name, number) = (cells.text(Field::Name), cells.staff_no());
    [name, number].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
