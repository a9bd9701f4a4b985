//! The generated TypeScript is committed; here it is made anew in an empty
//! folder and held against the committed folder, both ways.

use std::{collections::BTreeMap, fs, path::Path};

/// Every generated file by name.
fn made() -> BTreeMap<String, String> {
    BTreeMap::from([("generated.ts".to_owned(), xueji_api::typescript::generate())])
}

#[test]
fn the_typescript_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bridge");
    let made = made();
    if std::env::var_os("XUEJI_WRITE_GENERATED").is_some() {
        for (name, text) in &made {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let empty = tempfile::tempdir().unwrap();
    for (name, text) in &made {
        fs::write(empty.path().join(name), text).unwrap();
    }
    let committed = generated_in(&folder);
    let anew = generated_in(empty.path());
    assert_eq!(
        committed.keys().collect::<Vec<_>>(),
        anew.keys().collect::<Vec<_>>(),
        "generated files differ; write them with XUEJI_WRITE_GENERATED=1 cargo test -p xueji-api --test typescript"
    );
    for (name, text) in anew {
        assert!(
            committed[&name] == text,
            "{name} is stale; write it with XUEJI_WRITE_GENERATED=1 cargo test -p xueji-api --test typescript"
        );
    }
}

/// The files of a folder that were generated, by their first line.
fn generated_in(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).ok()?;
            let name = path.file_name()?.to_string_lossy().into_owned();
            text.starts_with("// Made from the Rust types").then_some((name, text))
        })
        .collect()
}

#[test]
fn no_number_of_64_bits_crosses_the_border() {
    assert!(!xueji_api::typescript::generate().contains("bigint"));
}
