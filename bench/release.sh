#!/usr/bin/env bash
# The release job (bump, changelog, commit, tag, push) beside other release tools: release-peers.sh with this product as one of
# the peers. Needs what release-peers.sh needs (its first lines say it) and dist/. LAB keeps installs.
#
#   bash bench/release.sh                       time, dry run, faults, schemes, checks
#   LAB=/tmp/lab RUNS=9 bash bench/release.sh time
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
own="node $here/../bin/vwmp.js"
export OWN="$own run $here/release.yml"
export OWN_DRY="$own plan $here/release.yml"
export OWN_CHECK="$own run $here/commit-messages.yml"
exec bash "$here/release-peers.sh" "${1:-all}"
