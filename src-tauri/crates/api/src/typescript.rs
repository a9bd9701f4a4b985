//! Writes the TypeScript of the commands: ui/src/bridge/generated.ts. A test
//! makes it anew and compares, so the committed file cannot go stale.

use std::{any::TypeId, collections::BTreeMap, collections::HashSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    context::Mutated,
    error::ErrorView,
    event::Event,
    files::FileToken,
    jobs::JobStarted,
    table::{COMMANDS, CommandKind},
};

/// Collects the declarations of types and of all that they mention.
pub struct Writer {
    config: Config,
    declarations: BTreeMap<String, String>,
    seen: HashSet<TypeId>,
}

impl Writer {
    fn new() -> Self {
        Self { config: Config::new(), declarations: BTreeMap::new(), seen: HashSet::new() }
    }

    /// Declares a type with its dependencies and returns its name.
    pub(crate) fn add<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }
}

impl TypeVisitor for Writer {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}", T::decl(&self.config));
            self.declarations.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole generated file.
pub fn generate() -> String {
    let mut writer = Writer::new();
    let mut commands = String::new();
    for command in COMMANDS {
        let (request, response) = (command.declare)(&mut writer);
        let kind = match command.kind {
            CommandKind::Query => "query",
            CommandKind::Mutate => "mutate",
            CommandKind::Host => "host",
            CommandKind::Job => "job",
        };
        let doc = command.doc.trim().replace('\n', "\n   *");
        commands.push_str(&format!(
            "  /** {doc} */\n  \"{}\": {{ kind: \"{kind}\"; request: {request}; response: {response} }};\n",
            command.name
        ));
    }
    writer.add::<ErrorView>();
    writer.add::<Event>();
    writer.add::<FileToken>();
    writer.add::<JobStarted>();
    writer.add::<Mutated<()>>();
    let mut out = String::from("// Made from the Rust types by the test `the_typescript_is_up_to_date`. Not edited by hand.\n\n");
    for declaration in writer.declarations.values() {
        out.push_str(declaration);
        out.push_str("\n\n");
    }
    out.push_str("/** Every command: how it runs, what it takes, what it gives. */\nexport interface Commands {\n");
    out.push_str(&commands);
    out.push_str("}\n");
    out
}
