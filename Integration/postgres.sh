#!/usr/bin/env bash
# Runs a file of SQL on a new PostgreSQL server in a temporary folder, which is removed afterwards.
# usage: postgres.sh [FILE]; exits 77 if no PostgreSQL is installed. Without FILE it only checks that.
set -euo pipefail
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$programs" ] && [ -x "$programs/initdb" ] || exit 77
if [ "$(id -u)" = 0 ]; then id postgres >/dev/null 2>&1 || exit 77; fi
[ $# -gt 0 ] || exit 0
# Not in a private temporary folder of the caller, which the database user cannot access.
folder=$(TMPDIR= mktemp -d)
cp "$1" "$folder/statements.sql"
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown -R postgres "$folder"
fi
cd "$folder"
cleanup() { "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap cleanup EXIT
"${as[@]}" "$programs/initdb" -D "$folder/data" -A trust -E UTF8 --locale=C >/dev/null
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -o "-c listen_addresses='' -k $folder" -l "$folder/log" start >/dev/null
"${as[@]}" "$programs/psql" -q -h "$folder" -d postgres -v ON_ERROR_STOP=1 -f "$folder/statements.sql"
