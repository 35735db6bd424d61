#!/usr/bin/env bash
# Runs a new PostgreSQL server in a temporary folder, which is removed afterwards.
# usage: postgres.sh              only checks: exits 77 if no PostgreSQL is installed
#        postgres.sh FILE         runs a file of SQL
#        postgres.sh --serve      prints the folder of the server's socket and serves until the standard input ends
set -euo pipefail
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$programs" ] && [ -x "$programs/initdb" ] || exit 77
if [ "$(id -u)" = 0 ]; then id postgres >/dev/null 2>&1 || exit 77; fi
[ $# -gt 0 ] || exit 0
# Not in a private temporary folder of the caller, which the database user cannot access.
folder=$(TMPDIR= mktemp -d)
chmod 755 "$folder"
[ "$1" = --serve ] || cp "$1" "$folder/statements.sql"
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown -R postgres "$folder"
fi
cd "$folder"
cleanup() { "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap cleanup EXIT
"${as[@]}" "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
# What is tested is never what a loss of power leaves, so nothing waits for the device.
"${as[@]}" tee -a "$folder/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = off
full_page_writes = off
max_connections = 500
END
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" start >/dev/null
if [ "$1" = --serve ]; then
  echo "$folder"
  trap '' INT
  cat >/dev/null
else
  "${as[@]}" "$programs/psql" -q -h "$folder" -U postgres -d postgres -v ON_ERROR_STOP=1 -f "$folder/statements.sql"
fi
