#!/usr/bin/env bash
# Vite's development server and the window beside it; both end together.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh

# The program embeds ui/dist at compile time even when it shows the development server's pages.
[[ -f ui/dist/index.html ]] || npm --prefix ui run --silent build
npm --prefix ui run dev &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
cargo run --package xueji --no-default-features
