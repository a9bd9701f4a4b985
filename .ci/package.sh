#!/usr/bin/env bash
# Makes the Debian package of a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh

npm --prefix ui run --silent build
# The bundler's minor is the one of the tauri crate in Cargo.lock: it refuses another.
(cd src-tauri && npx --yes @tauri-apps/cli@2.12.5 build --bundles deb)
ls -1 "$CARGO_TARGET_DIR"/release/bundle/deb/*.deb
