# Sourced by the scripts here: what a machine needs, installed where it is missing.

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

# Debian's and Ubuntu's packages; as root directly, else through sudo.
apt_install() {
  command -v apt-get >/dev/null || return 1
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || return 1
    run=(sudo)
  fi
  say "Installing $* …"
  # Not every mirror of the machine has to answer; what cannot be installed fails below.
  "${run[@]}" apt-get update -q >&2 || true
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@" >&2
}

need_dotnet() {
  command -v dotnet >/dev/null || die "The .NET SDK 10 is missing: see https://dot.net/download (Ubuntu: apt-get install dotnet-sdk-10.0)."
  dotnet --version >/dev/null || die "global.json asks for the .NET SDK 10: see https://dot.net/download."
}

# The service finds the programs of PostgreSQL by itself; these are the same places.
have_postgres() {
  local folder
  for folder in "${ONCALL_PG_BIN:-}" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin /Library/PostgreSQL/*/bin /usr/pgsql-*/bin; do
    [ -x "$folder/initdb" ] && return 0
  done
  command -v initdb >/dev/null
}

need_postgres() {
  have_postgres && return 0
  command -v docker >/dev/null && docker info >/dev/null 2>&1 && return 0
  apt_install postgresql && have_postgres && return 0
  die "PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), name its programs' folder in ONCALL_PG_BIN, or start Docker."
}
