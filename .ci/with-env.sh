#!/usr/bin/env bash
# Runs one command in the clone's top folder with the caches of env.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
source .ci/env.sh
exec "$@"
