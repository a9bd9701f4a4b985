//! QR codes as a drawing: the path of an SVG, one unit to a module.

use qrcode::{EcLevel, QrCode};
use serde::Serialize;
use ts_rs::TS;

/// Modules that have to stay blank on each side (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QrDrawing {
    /// Width and height, the blank margin included, in modules.
    pub size: u32,
    /// The dark modules, as the `d` of an SVG path.
    pub path: String,
}

/// Draws a text. A quarter of the code may be worn off and it still reads:
/// cards are carried about.
///
/// # Errors
/// Where the text is longer than a QR code holds.
pub fn draw(text: &str) -> Result<QrDrawing, TooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| TooLong)?;
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, line) in modules.chunks(width).enumerate() {
        let mut x = 0;
        // One rectangle for every run of dark modules in a line.
        for run in line.chunk_by(|one, next| one == next) {
            if run.first() == Some(&qrcode::Color::Dark) {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    Ok(QrDrawing { size: u32::try_from(width + 2 * QUIET).map_err(|_| TooLong)?, path })
}

/// The text is longer than a QR code holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is longer than a QR code holds")]
pub struct TooLong;

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints the path as a printer does, `scale` points to a module, and
    /// has it read by another program.
    fn read_back(drawing: &QrDrawing, scale: usize) -> String {
        let side = drawing.size as usize;
        let mut dark = vec![false; side * side];
        for part in drawing.path.split_terminator('z') {
            let numbers: Vec<usize> = part
                .split(|c: char| !c.is_ascii_digit())
                .filter(|number| !number.is_empty())
                .map(|number| number.parse().unwrap())
                .collect();
            let [x, y, length, 1, back] = numbers[..] else { panic!("{part}") };
            assert_eq!(length, back);
            dark[y * side + x..y * side + x + length].fill(true);
        }
        let grey = |x: usize, y: usize| if dark[y / scale * side + x / scale] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn what_is_drawn_is_read_back_by_another_program() {
        for text in ["XJ1-01K8F5WZ8GFAY8VVR14D2PF2DB-7QK2M9RT", "XJ1-00000000000000000000000000-ZZZZZZZZ", "学迹"] {
            for scale in [3, 8] {
                assert_eq!(read_back(&draw(text).unwrap(), scale), text);
            }
        }
    }

    #[test]
    fn a_cards_code_is_small_enough_for_a_card() {
        // Version 3 has 29 modules; with the margin 37: on 26 mm a module is 0.7 mm.
        assert_eq!(draw("XJ1-01K8F5WZ8GFAY8VVR14D2PF2DB-7QK2M9RT").unwrap().size, 37);
        assert_eq!(draw(&"长".repeat(2000)), Err(TooLong));
    }
}
