# shellcheck shell=bash
# common.sh: what the lints share. Sourced; `root` is the repository, or the folder given as the
# script's first argument, so that a lint can be tried on another tree (check-lints).
set -euo pipefail
export LC_ALL=C.UTF-8
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
cd "$root"
failures=0

fail() {
    echo "$1" >&2
    failures=$((failures + 1))
}

# files PATTERN...: our own files whose names match one of the shell patterns, below the folders of
# the source tree.
files() {
    local names=() pattern folder folders=()
    for folder in fcgi handlers views sql tests apache rpm .ci docs; do
        if [ -d "$folder" ]; then folders+=("$folder"); fi
    done
    for pattern in "$@"; do names+=(-o -name "$pattern"); done
    find "${folders[@]}" \( -name node_modules -o -name .work -o -name out \) -prune -o \
        -type f \( "${names[@]:1}" \) -print | sort
}

# scripts: shell scripts, recognised by ending or first line.
scripts() {
    local file line
    files '*.sh'
    files '*' | grep -vE '\.[a-z0-9]+$|/corpus/' | while read -r file; do
        { IFS= read -r line <"$file" || true; } 2>/dev/null
        case $line in '#!'*bash* | '#!/bin/sh'*) echo "$file" ;; esac
    done
}

# forbid REASON PATTERN FILE...: no line of the files may match the Perl pattern.
forbid() {
    local reason=$1 pattern=$2 hit
    shift 2
    [ $# -gt 0 ] || return 0
    while IFS= read -r hit; do
        fail "$(cut -d: -f1,2 <<<"$hit"): $reason"
    done < <(grep -nHP -- "$pattern" "$@" || true)
}

finish() {
    [ "$failures" -eq 0 ] || { echo "$failures rules broken" >&2; exit 1; }
    echo "$1"
}
