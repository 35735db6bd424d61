#!/usr/bin/env bash
# Calls one method over nc and prints its result with jq; on failure, prints the error on standard error and exits with 1.
# usage: FRONTLINE_TOKEN=… frontline.sh HOST PORT METHOD [PARAMS]
#   frontline.sh 127.0.0.1 7411 knowledge.search '{"query": "my parcel is late", "limit": 3}' | jq -r '.hits[].title'
set -euo pipefail
host=$1 port=$2 method=$3 params=${4:-"{}"}

# Sends two lines. -N ends the input after them; the server answers what it has received, then closes the connection.
{
  if [ -n "${FRONTLINE_TOKEN:-}" ]; then
    jq -nc --arg token "$FRONTLINE_TOKEN" \
      '{jsonrpc: "2.0", id: 1, method: "session.authenticate", params: {token: $token, client: "frontline.sh"}}'
  fi
  jq -nc --arg method "$method" --argjson params "$params" '{jsonrpc: "2.0", id: 2, $method, $params}'
} | nc -N "$host" "$port" | jq -n --exit-status '
  [inputs] as $answers
  | ($answers | map(select(.error)) | first) as $failed
  | if $failed then $failed.error | tojson + "\n" | halt_error(1) else $answers | map(select(.id == 2)) | first | .result end'
