# shellcheck shell=bash
# progress.sh: shows that long work is alive. Sourced by apache/run-local, tests/run and
# tests/lab/install-packages.
#
# On a terminal one line renews itself every second; elsewhere (a log, CI) a plain line appears
# every PROGRESS_EVERY seconds. It says what is being done, for how many seconds, and how far the
# command itself says it is: "[n/m] …" of ninja and lab_start, "-- …" of cmake, apt's percentages,
# ctest's "n/m".
: "${PROGRESS_EVERY:=20}"

# progress_run TITLE LOG COMMAND...: runs COMMAND, whose whole output goes to LOG. If it fails, the
# last lines of LOG and its name are shown, and COMMAND's status is returned. COMMAND may be a
# function; `set -e` holds in it, as long as progress_run itself is not called in a condition.
progress_run() {
    local title=$1 log=$2 begin=$SECONDS status
    shift 2
    mkdir -p "$(dirname "$log")"
    : >"$log"
    set +e
    (set -e && "$@") 2>&1 | progress_follow "$title" "$log"
    status=${PIPESTATUS[0]}
    set -e
    [ "$status" != 0 ] || return 0
    tail -n 30 "$log" >&2
    echo "$title failed after $((SECONDS - begin)) s; its output is in $log" >&2
    return "$status"
}

# progress_pass TITLE: hands the standard input on, line by line, and shows the progress in between.
progress_pass() { progress_follow "$1" -; }

# progress_slowest: hands ctest's output on; before its summary come the ten slowest tests.
progress_slowest() {
    local line times='' took='^ *[0-9]+/[0-9]+ Test +#[0-9]+: ([^ ]+) .* ([0-9.]+) sec'
    while IFS= read -r line; do
        if [[ $line =~ $took ]]; then
            times+="${BASH_REMATCH[2]} s  ${BASH_REMATCH[1]}"$'\n'
        elif [[ $line =~ ^[0-9]+%\ tests\ passed ]]; then
            printf 'The slowest tests:\n%s\n\n' "$(printf %s "$times" | sort -rn | head -n 10)"
        fi
        printf '%s\n' "$line"
    done
}

# progress_follow TITLE LOG: reads a command's output to its end; - for LOG hands it on.
progress_follow() {
    local title=$1 log=$2 begin=$SECONDS shown=$SECONDS every=$PROGRESS_EVERY
    local line='' part status note=
    [ ! -t 1 ] || every=1
    [ "$log" = - ] || progress_show "$title ..."
    while :; do
        status=0
        IFS= read -r -t 1 part || status=$?
        line+=$part
        if [ "$status" -gt 0 ] && [ "$status" -le 128 ]; then break; fi # above 128: time is up
        if [ "$status" = 0 ]; then
            progress_note "$line"
            if [ "$log" = - ]; then
                progress_clear
                printf '%s\n' "$line"
                shown=$SECONDS
            else
                printf '%s\n' "$line" >>"$log"
            fi
            line=
        fi
        if [ $((SECONDS - shown)) -ge "$every" ]; then
            progress_show "$title, $((SECONDS - begin)) s${note:+: $note}"
            shown=$SECONDS
        fi
    done
    progress_clear
    if [ "$log" = - ]; then
        printf '%s' "$line"
    else
        printf '%s' "$line" >>"$log"
        echo "$title: $((SECONDS - begin)) s"
    fi
}

# progress_note LINE: keeps in `note` what a line of output says about how far the work is.
progress_note() {
    local percent what
    if [[ $1 =~ ^(\[[0-9]+/[0-9]+\]|--)' ' ]]; then
        note=$1
    elif [[ $1 =~ ^(dl|pm)status: ]]; then
        IFS=: read -r _ _ percent what <<<"$1"
        note="${percent%%.*} % $what"
    elif [[ $1 =~ ^\ *([0-9]+/[0-9]+)\ Test ]]; then
        note="[${BASH_REMATCH[1]}]"
    fi
}

# progress_show TEXT: the line that is renewed, or a plain one.
progress_show() {
    progress_clear
    if [ -t 1 ]; then printf '%s' "${1:0:79}"; else printf '%s\n' "${1:0:79}"; fi
}

progress_clear() { [ ! -t 1 ] || printf '\r\033[K'; }
