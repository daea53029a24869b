#!/usr/bin/env bash
# 1,000 true steps and more, beside other runners: dag-peers.sh with this product as one of the peers.
# Needs what dag-peers.sh needs (its first lines say it) and dist/. WORK keeps installs and results.
#
#   bash bench/dag.sh
#   ROUNDS=5 WORKLOADS="w1p8 w2" bash bench/dag.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PEERS=${PEERS-floor-node-log floor-node ninja make just just-layers task wireit}
export WORKLOADS=${WORKLOADS:-w5 w1p2 w1p8 w2 w3 w4} ROUNDS=${ROUNDS:-3} NPM_PEERS=${NPM_PEERS:-wireit rust-just}
export OWN_FILE=w.json OWN_NAME=vwmp
export OWN="{node} $here/../bin/vwmp.js run {file} --max-parallel {parallel}"
export OWN_GEN="$here/../node_modules/.bin/node $here/own-gen.ts"
export OWN_VERSION="$here/../bin/vwmp.js --version"
exec bash "$here/dag-peers.sh"
