# shellcheck shell=bash
# processes.sh: starts and stops the lab's servers and knows which processes are ours.
#
# DIR/run/NAME.own holds "PID START", where START is the start time from /proc/PID/stat, so that a
# pid that the kernel has reused is never taken for ours. Every process of a lab also carries
# USERPORTAL_LAB=DIR in its environment; lab_sweep ends what is left of it (jobs, orphans of a
# server that was killed). Needs LAB (the state folder, absolute).

lab_say() { echo "lab: $*" >&2; }
lab_die() { lab_say "$*"; exit 1; }

# lab_field PID N: field N of /proc/PID/stat, counted from after the command name (1 is the state,
# 20 the start time). Fails if the process is gone or a zombie.
lab_field() {
    local stat fields
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra fields <<<"${stat##*) }"
    [ "${fields[0]}" != Z ] && echo "${fields[$2 - 1]}"
}

# lab_pid NAME: the pid of a server that runs; fails otherwise.
lab_pid() {
    local pid start
    { read -r pid start <"$LAB/run/$1.own"; } 2>/dev/null || return 1
    [ "$(lab_field "$pid" 20)" = "$start" ] && echo "$pid"
}

lab_alive() { lab_pid "$1" >/dev/null; }

# lab_spawn NAME COMMAND...: starts COMMAND in its own session, output to DIR/log/NAME.out.
lab_spawn() {
    local name=$1 pid
    shift
    (cd "$LAB/run" && exec env USERPORTAL_LAB="$LAB" setsid "$@") \
        >>"$LAB/log/$name.out" 2>&1 </dev/null 9>&- &
    pid=$!
    echo "$pid $(lab_field "$pid" 20 || echo gone)" >"$LAB/run/$name.own"
    disown "$pid"
}

# lab_wait NAME COMMAND...: until COMMAND succeeds, two minutes at most; gives up early if the
# server NAME has died.
lab_wait() {
    local name=$1 tries=2400
    shift
    while ! "$@" >/dev/null 2>&1; do
        ((tries -= 1)) || lab_die "$name is not ready; see $LAB/log/$name.*"
        if [ -e "$LAB/run/$name.own" ] && ! lab_alive "$name"; then
            tail -n 5 "$LAB/log/$name.out" >&2
            lab_die "$name has ended; see $LAB/log/$name.*"
        fi
        sleep 0.05
    done
}

# lab_end NAME [SECONDS]: SIGTERM, then SIGKILL to the whole session if it is still there.
lab_end() {
    local pid tries=$((${2:-15} * 20))
    if pid=$(lab_pid "$1"); then
        kill -TERM "$pid" 2>/dev/null || true
        while lab_alive "$1" && ((tries -= 1)); do sleep 0.05; done
        if lab_alive "$1"; then
            lab_say "$1 did not end on SIGTERM, killed"
            kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true
        fi
    fi
    rm -f "$LAB/run/$1.own"
}

# lab_is_ours PID: a process with our mark in its environment. slurmstepd writes its title over its
# environment, so it is known by the log file of our node that it holds open.
lab_is_ours() {
    { tr '\0' '\n' <"/proc/$1/environ"; } 2>/dev/null | grep -qxF "USERPORTAL_LAB=$LAB" && return 0
    case $(readlink "/proc/$1/exe" 2>/dev/null) in */slurmstepd*) ;; *) return 1 ;; esac
    find "/proc/$1/fd" -lname "$LAB/log/*" 2>/dev/null | grep -q .
}

# lab_leftovers: the pids of all processes of this lab, never our own or those of our parents.
lab_leftovers() {
    local pid ancestors=" "
    pid=$BASHPID
    while [ -n "$pid" ] && [ "$pid" -gt 1 ]; do
        ancestors+="$pid "
        pid=$(lab_field "$pid" 2) || break
    done
    for pid in /proc/[0-9]*; do
        pid=${pid#/proc/}
        case $ancestors in *" $pid "*) continue ;; esac
        if lab_is_ours "$pid" && lab_field "$pid" 1 >/dev/null; then echo "$pid"; fi
    done
}

# lab_sweep: ends what lab_leftovers finds, in half a minute at most.
lab_sweep() {
    local tries pid left signal=TERM
    for tries in {1..100}; do
        left=$(lab_leftovers)
        [ -n "$left" ] || return 0
        for pid in $left; do
            if lab_is_ours "$pid"; then kill "-$signal" "$pid" 2>/dev/null || true; fi
        done
        signal=KILL
        sleep 0.3
    done
}

# lab_port_free PORT WHAT: dies if somebody listens there.
lab_port_free() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        lab_die "port $1 (for $2) is taken by another process; choose another --port"
    fi
}

lab_block_free() {
    local port
    for ((port = $1; port < $1 + 25; port++)); do
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1
    done
}

# lab_free_block FIRST NAME: the base port of a block in [FIRST, FIRST + 10000) where nobody
# listens; NAME says where the search begins, so that two searches begin at different ports. FIRST
# is far below 32768: from there on the kernel gives ports to outgoing connections.
lab_free_block() {
    local try port number
    number=$(($(cksum <<<"$2" | cut -d ' ' -f 1) % 400))
    for ((try = 0; try < 400; try++)); do
        port=$(($1 + (number + try) % 400 * 25))
        lab_block_free "$port" && echo "$port" && return
    done
    lab_die "no free ports between $1 and $(($1 + 10000))"
}
