# shellcheck shell=bash
# simulator.sh: the simulated cluster. Its history is written once (DIR/simulation, by seed and
# size), its job rows are loaded into MariaDB beside those of the real Slurm, its people into LDAP,
# its samples into Prometheus. Its live part then serves the exporters' metrics and updates the job
# rows. Without the program (it is built with the tests) the lab runs with the real Slurm alone.

lab_simulator_program() {
    local program=$LAB_BUILD/tests/lab/simulator/portal-sim
    [ -x "$program" ] && echo "$program"
}

# lab_simulation_history: must run before slapd and Prometheus start.
lab_simulation_history() {
    local program
    if ! program=$(lab_simulator_program); then
        lab_say "no simulated cluster: portal-sim is not built"
        return 0
    fi
    [ -e "$LAB/simulation/history.done" ] && return
    rm -rf "$LAB/simulation"
    mkdir -p "$LAB/simulation"
    "$program" history --seed "$LAB_SEED" --size "$LAB_SIZE" --cluster "$LAB_CLUSTER" \
        --now "${LAB_NOW:-$(date +%s)}" --out "$LAB/simulation" \
        --live "127.0.0.1:$LAB_PORT_SIMULATOR" >>"$LAB/log/history.out" 2>&1 ||
        lab_die "portal-sim history failed; see $LAB/log/history.out"
    : >"$LAB/simulation/history.done"
}

# lab_simulation_load: the job rows; slurmctld must have been up once, because a brand-new one
# closes all open jobs.
lab_simulation_load() {
    if [ ! -e "$LAB/simulation/jobs.sql" ] || [ -e "$LAB/simulation/loaded" ]; then return 0; fi
    lab_sql slurm_acct_db <"$LAB/simulation/jobs.sql" 2>>"$LAB/log/history.out" ||
        lab_die "loading jobs.sql failed; see $LAB/log/history.out"
    lab_sql slurm_acct_db >/dev/null \
        -e "analyze table ${LAB_CLUSTER}_job_table, ${LAB_CLUSTER}_step_table"
    : >"$LAB/simulation/loaded"
}

lab_simulator_start() {
    local program
    program=$(lab_simulator_program) || return 0
    if ! lab_alive simulator; then
        lab_port_free "$LAB_PORT_SIMULATOR" "the simulated cluster"
        lab_password simulator >/dev/null
        lab_spawn simulator "$program" live --state "$LAB/simulation" \
            --listen "127.0.0.1:$LAB_PORT_SIMULATOR" \
            --database "127.0.0.1:$LAB_PORT_MARIADB/slurm_acct_db" --user simulator \
            --password-file "$LAB/secrets/simulator"
    fi
    lab_wait simulator curl -fsS -o /dev/null "http://127.0.0.1:$LAB_PORT_SIMULATOR/metrics"
}

lab_simulator_stop() { lab_end simulator; }
