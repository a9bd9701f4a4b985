#!/usr/bin/env bash
# Measures a release build: the start of the window, then the core.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh

npm --prefix ui run --silent build
cargo build --release --package xueji --bin xueji --example empty_window
node tests/e2e/bench/startup.js "$CARGO_TARGET_DIR/release"
cargo bench --package xueji-tests --bench core
cargo bench --package xueji-tests --bench rules
