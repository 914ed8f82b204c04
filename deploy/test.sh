#!/usr/bin/env bash
# All tests. Options go on to `dotnet test`. The database is the one of ONCALL_TEST_DATABASE (a connection string to a server that is theirs, or
# `docker`), else a private PostgreSQL of the installed programs, else Docker. Where Node is installed, Twilio's own client is run against the
# simulator too; with ONCALL_NODE_CHECK=required it must be.
# The closing line is `N passed, N failed, N skipped`; the exit status is not 0 when anything failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/needs.sh

need_dotnet
[ -n "${ONCALL_TEST_DATABASE:-}" ] || need_postgres

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

# Hundreds of nodes and commands start, and most of what they compile runs once: to guard it, to collect garbage beside it and to spin while waiting costs a fifth of the run.
export DOTNET_EnableWriteXorExecute=0 DOTNET_gcConcurrent=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0

# One after the other: the scenarios wait for work to be done, and three suites at once make that long on a small machine.
dotnet test --solution OnCall.sln --max-parallel-test-modules 1 --no-ansi --no-progress "$@" 2>&1 | tee "$log" && status=0 || status=$?
count() { awk -v what="$1:" '$1 == what && NF == 2 { n = $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
# A build that broke, or an assembly without tests, counts as a failure although no test says so.
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1

check=deploy/twilio-client-check/run.sh
if command -v node >/dev/null && command -v npm >/dev/null && [ -x "$check" ]; then
  "$check" 2>&1 | tee "$log" && status=0 || status=$?
  read -r more_passed more_failed < <(awk '/^[0-9]+ passed, [0-9]+ failed$/ { p = $1; f = $3 } END { print p + 0, f + 0 }' "$log")
  [ "$status" -eq 0 ] || [ "$more_failed" -gt 0 ] || more_failed=1
  passed=$((passed + more_passed)) failed=$((failed + more_failed))
elif [ "${ONCALL_NODE_CHECK:-}" = required ]; then
  say "The check with Twilio's own client needs node, npm and $check."
  failed=$((failed + 1))
else
  say "Node is not installed: the check with Twilio's own client is left out."
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
