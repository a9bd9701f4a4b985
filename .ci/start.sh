#!/usr/bin/env bash
# Builds the program and opens the sample book; without a screen does the same job in the terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh

# The development profile: from nothing it is ready in half the time of a
# release build, our crates' dependencies are optimised in it, and `make test`
# uses the same files. `make package` makes the build that one ships.
if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]]; then
  npm --prefix ui run --silent build
  cargo build --workspace --bins
  exec "$CARGO_TARGET_DIR/debug/xueji" --sample
fi

echo "没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），改在命令行里用示例文件完成同样的工作。"
cargo build --package xueji-cli
cli="$CARGO_TARGET_DIR/debug/xueji-cli"
files=tests/fixtures/branch-2025
out=tests/out/run
book="$out/示例支部.xueji"
rm -rf "$out"
mkdir -p "$out"

"$cli" --book "$book" new 示例支部
for job in roster:roster.xlsx sessions:sessions.xlsx attendance:attendance.csv selfstudy:selfstudy.csv; do
  "$cli" --book "$book" import "${job%%:*}" "$files/${job##*:}" --year 2025 --on-error skip
done
"$cli" --book "$book" credits --year 2025 >"$out/学分.txt"
"$cli" --book "$book" summary --year 2025 --out "$out/年度学习情况汇总表.xlsx"
"$cli" --book "$book" attendance --year 2025 --out "$out/考勤台账.csv"

echo
echo "写好的文件："
for file in "$out"/*; do echo "  $PWD/$file"; done
