#!/usr/bin/env bash
# run.sh thread|address: builds the test targets named in FRONTLINE_TESTS with a sanitizer, and runs them.
# A finding ends the run with a status other than 0; reports are on standard error.
set -euo pipefail
cd "$(dirname "$0")/../.."
sanitizer=${1:?run.sh thread|address}
: "${FRONTLINE_TESTS:?the test targets, separated by commas}"
scratch=.build-$sanitizer
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

swift build --build-tests --sanitize "$sanitizer" --scratch-path "$scratch" ${SANITIZE_BUILD:-}
tests=$(echo "$scratch"/debug/*.xctest)

export TMPDIR=$folder SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
case $sanitizer in
thread)
    clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    "$clang" -std=gnu2x -O1 -fPIC -shared -fsanitize=thread -o "$scratch/locks.so" Integration/sanitize/locks.c
    export LD_PRELOAD=$PWD/$scratch/locks.so
    export TSAN_OPTIONS="history_size=4 exitcode=66"
    ;;
address)
    export ASAN_OPTIONS="detect_leaks=0 exitcode=66"
    ;;
esac
"$tests" --testing-library swift-testing
