//! The rule files that come with the program: assets/presets.

macro_rules! presets {
    ($($folder:literal $name:literal),* $(,)?) => {
        /// Their texts, in the order in which lists show them.
        pub const TEXTS: &[&str] = &[
            $(include_str!(concat!("../../../../../assets/presets/", $folder, "/", $name, ".toml"))),*
        ];

        /// Their files, for the test that none was forgotten.
        #[cfg(test)]
        const FILES: &[(&str, &str)] = &[$(($folder, $name)),*];
    };
}

presets! {
    "rules" "weihai-example",
    "rules" "weihai",
    "rules" "party-32-56",
    "rules" "cadre-90-550",
    "rules" "technical-90",
    "rules" "qingdao-2004",
    "rules" "nanjing-2010",
    "rules" "shanxi-canlian",
    "rules" "yunnan-online",
    "assess" "shaoyang",
    "assess" "zaozhuang-organization",
    "assess" "zaozhuang-person",
    "assess" "zhangjiagang",
}

/// The rule set of a new book, and of one in which none was ever taken into
/// use.
pub(crate) const DEFAULT: &str = "weihai-example";

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    #[test]
    fn every_file_of_the_presets_is_in_the_program() {
        let listed: BTreeSet<String> = super::FILES.iter().map(|(folder, name)| format!("{folder}/{name}.toml")).collect();
        let mut found = BTreeSet::new();
        for folder in ["rules", "assess"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/presets").join(folder);
            let Ok(entries) = std::fs::read_dir(path) else { continue };
            found.extend(entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy())));
        }
        assert_eq!(listed, found);
    }
}
