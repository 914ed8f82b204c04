#!/bin/sh
# Starts the simulator and drives it with Twilio's own client library for Node. Needs the .NET SDK, Node 20 and npm.
set -eu
cd "$(dirname "$0")"
port="${PORT:-5391}"
npm ci --no-audit --no-fund --silent
dotnet build ../../src/OnCall.Simulator -c Debug -v quiet --nologo
dotnet ../../artifacts/bin/OnCall.Simulator/debug/OnCall.Simulator.dll world.json --urls "http://127.0.0.1:$port" --calls-per-second 100 &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true' EXIT
until node -e "fetch('http://127.0.0.1:$port/sim/').then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; do
  kill -0 "$simulator" || { echo "the simulator did not start" >&2; exit 1; }
  sleep 0.5
done
node check.mjs "http://127.0.0.1:$port"
