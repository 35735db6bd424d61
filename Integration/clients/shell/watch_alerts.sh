#!/usr/bin/env bash
# Follows the alerts and prints one line for each, until the connection ends. bash opens the connection itself, because
# a subscription ends with its connection.
# usage: FRONTLINE_TOKEN=… watch_alerts.sh HOST PORT [AFTER]
set -euo pipefail
host=$1 port=$2 after=${3:-}

exec 3<>"/dev/tcp/$host/$port"
jq -nc --arg token "$FRONTLINE_TOKEN" \
  '{jsonrpc: "2.0", id: 1, method: "session.authenticate", params: {token: $token, client: "watch_alerts.sh"}}' >&3
jq -nc --arg after "$after" \
  '{jsonrpc: "2.0", id: 2, method: "alerts.subscribe", params: (if $after == "" then {} else {$after} end)}' >&3
jq --unbuffered -r '
  if .error then .error | tojson + "\n" | halt_error(1)
  elif .method == "alerts.event" then .params | [.cursor, .event, .alert.severity, .alert.reason] | join("  ")
  else empty end' <&3
