#!/usr/bin/env bash
# Installs what is missing to build, run and test on Debian 12; quick when nothing is.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh

packages=(
  # to build the window
  build-essential pkg-config libwebkit2gtk-4.1-dev libgtk-3-dev
  # to show it: Chinese fonts
  fonts-noto-cjk
  # to drive the real window in tests
  webkit2gtk-driver xvfb openbox xdotool dbus dbus-x11
  # to type Chinese in them
  ibus ibus-libpinyin ibus-gtk3
)

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || printf '%s\n' "$package"
  done
}

install_packages() {
  command -v dpkg-query >/dev/null || {
    pkg-config --exists webkit2gtk-4.1 gtk+-3.0 2>/dev/null && return
    stop "这里不是 Debian 系统。请先装好与这些 Debian 软件包相当的软件：" "  ${packages[*]}"
  }
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    stop "缺少系统软件包。请运行下面这一条命令，然后再试一次：" "" \
      "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  echo "正在安装系统软件包：${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

check_tools() {
  command -v cargo >/dev/null || stop "没有找到 Rust（cargo）。请用 rustup 安装 Rust 1.95 或更新的版本，然后再试一次。"
  command -v node >/dev/null && command -v npm >/dev/null || stop "没有找到 Node.js。请安装 Node.js 20 或更新的版本（含 npm）。"
  (($(node -p 'process.versions.node.split(".")[0]') >= 20)) || stop "Node.js 版本太旧：需要 20 或更新，现在是 $(node --version)。"
}

# The stamp is the lock file's hash: `npm ci` runs again exactly when the lock changes.
install_ui_packages() {
  local stamp=ui/node_modules/.lock-hash hash
  hash="$(sha256sum ui/package-lock.json | cut -d' ' -f1)"
  [[ -f "$stamp" && "$(<"$stamp")" == "$hash" ]] && return
  # A developer's own `npm install` may already have brought everything.
  if ! npm --prefix ui ls --all >/dev/null 2>&1; then
    echo "正在安装界面依赖……"
    npm --prefix ui ci --no-audit --no-fund --loglevel=error
  fi
  printf '%s' "$hash" >"$stamp"
}

install_packages
check_tools
install_ui_packages
