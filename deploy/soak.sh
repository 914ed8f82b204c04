#!/usr/bin/env bash
# Advice lines live for years in the simulated world of tests/OnCall.Soak, on all processors, and what must hold is judged at every step:
#   deploy/soak.sh [YEARS [FIRST-SEED [WEEKS [STORMS]]]]    10,000 line-years from seed 1 on, each world 52 weeks long
# With STORMS nodes die, Twilio fails and the database goes away so many times as often: 10 shows in an hour what else shows in a night.
# Prints how far it is, and at the end the figures. A seed in which something does not hold prints its story; the exit status is 1 then.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/needs.sh

need_dotnet
# The libraries are compiled for this processor, too.
export DOTNET_ReadyToRun=0
exec dotnet run --project tests/OnCall.Soak -c Release -- "$@"
