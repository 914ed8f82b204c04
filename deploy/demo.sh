#!/usr/bin/env bash
# The whole of OnCall on this machine, without an account anywhere. Ctrl-C ends it and leaves nothing behind.
# Options go on to `oncall demo`: --port N, --calls-per-second N.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/needs.sh

need_dotnet
need_postgres
exec dotnet run --project src/OnCall.Service -c Release -- demo "$@"
