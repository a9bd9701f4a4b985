# Sourced by the scripts beside it: where tools and caches are.
#
# Caches lie outside the clone and nothing depends on what is in them. A home
# folder that is missing or cannot be written is replaced for this run.

if [[ -z "${HOME:-}" || ! -w "${HOME}" ]]; then
  HOME="$(mktemp -d -t xueji-home-XXXXXX)"
  export HOME
fi
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/xueji/target}"
mkdir -p "$CARGO_TARGET_DIR"

command -v cargo >/dev/null || PATH="$HOME/.cargo/bin:$PATH"

# rustup looks for its toolchains below $HOME. With a new home folder they are still where cargo is.
if [[ -z "${RUSTUP_HOME:-}" && ! -d "$HOME/.rustup" ]] && command -v cargo >/dev/null; then
  beside_cargo="$(dirname "$(dirname "$(dirname "$(command -v cargo)")")")/.rustup"
  [[ -d "$beside_cargo" ]] && export RUSTUP_HOME="$beside_cargo"
fi
