# shellcheck shell=bash disable=SC2034
# lab.sh: the lab as a whole. Sourced by tests/lab/up, down, server, submit-job and by
# apache/run-local.
#
# A lab is one state folder. Everything is below it: data, configuration, sockets, logs, pids;
# nothing is written outside. All servers listen on 127.0.0.1, on ports counted from one base port;
# labs with different folders and ports can run side by side. The machine's own services are
# neither used nor touched, and no users are added to the machine.
#
#   PORT … PORT+5   Apache (apache.sh says who is who)
#   PORT+6          Prometheus             PORT+10   slurmdbd
#   PORT+7          the simulated cluster  PORT+11   slurmctld
#   PORT+8          MariaDB                PORT+12…  slurmd, one for each node
#   PORT+9          slapd                  PORT+16…  sign-in as in production (sso.sh), if wanted
#                                          PORT+20…  several hosts (hosts.sh), if a test wants them
#                                          PORT+23…  what the packages install (integration/rpm)
#
# What was chosen at the first start (port, size, seed, build folder) is kept in DIR/etc/lab.conf.

LAB_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
export PATH=$PATH:/usr/sbin:/sbin
LAB_SETTINGS="LAB_PORT LAB_SIZE LAB_SEED LAB_BUILD LAB_WORKERS LAB_API_WORKERS LAB_NOW
    LAB_PORTAL_PROGRAM LAB_ENVIRONMENT_IDENTITY LAB_SSO LAB_PATIENCE_MS"
LAB_CLUSTER=narval
LAB_WEB_USER=www-data
LAB_USER=alice
LAB_STAFF=staff

for part in processes mariadb namespace slurm slapd prometheus simulator database portal \
    apache virtual_host sso hosts; do
    # shellcheck source=/dev/null
    . "$LAB_SOURCE/tests/lab/$part.sh"
done

# The longest socket path is slurmstepd's, 46 characters longer than the folder's; the kernel
# accepts 107.
lab_check_folder() {
    local folder=$1
    [[ $folder =~ ^[A-Za-z0-9_./-]+$ ]] || lab_die "the state folder has odd characters: $folder"
    [ ${#folder} -le 60 ] ||
        lab_die "the state folder's path is too long for socket names (60 at most): $folder"
    while [ "$folder" != / ]; do
        case $(stat -c %A "$folder") in
            *[xt]) ;;
            *) lab_die "other users, as whom servers and jobs run, cannot enter $folder" ;;
        esac
        folder=$(dirname "$folder")
    done
}

lab_folders() {
    (
        umask 022
        mkdir -p "$LAB"/{etc,run,log,mysql,munge,ctld,spool,dev,jobs,secrets,ldap}
        mkdir -p "$LAB"/{prometheus,simulation}
        chmod 755 "$LAB" "$LAB"/{etc,run,log,munge,spool}
        chmod 700 "$LAB"/{ctld,secrets}
        chmod 1777 "$LAB/jobs"
    )
}

lab_ports() {
    LAB_PORT_PROMETHEUS=$((LAB_PORT + 6))
    LAB_PORT_SIMULATOR=$((LAB_PORT + 7))
    LAB_PORT_MARIADB=$((LAB_PORT + 8))
    LAB_PORT_SLAPD=$((LAB_PORT + 9))
    LAB_PORT_SLURMDBD=$((LAB_PORT + 10))
    LAB_PORT_SLURMCTLD=$((LAB_PORT + 11))
    LAB_PORT_SLURMD=$((LAB_PORT + 12))
    lab_sso_ports
    lab_hosts_ports
}

lab_saved() { sed -n "s/^$1=//p" "$LAB/etc/lab.conf" 2>/dev/null || true; }

# Settings: what the caller set, otherwise what the folder's first start chose, otherwise the
# default.
lab_settings() {
    local name
    for name in $LAB_SETTINGS; do
        [ -n "${!name:-}" ] || printf -v "$name" %s "$(lab_saved "$name")"
    done
    : "${LAB_PORT:=8400}" "${LAB_SIZE:=small}" "${LAB_SEED:=1}"
    : "${LAB_WORKERS:=4}" "${LAB_API_WORKERS:=4}"
    : "${LAB_BUILD:=$LAB_SOURCE/.build/release}"
}

lab_save_settings() {
    local name
    for name in $LAB_SETTINGS; do
        case $name in LAB_ENVIRONMENT_IDENTITY | LAB_SSO) continue ;; esac
        printf '%s=%s\n' "$name" "${!name}"
    done >"$LAB/etc/lab.conf"
}

# Size and port cannot change while the folder holds a history or runs servers.
lab_check_settings() {
    local saved
    if [[ ! $LAB_PORT =~ ^[1-9][0-9]{3,4}$ ]] || [ "$LAB_PORT" -gt 65500 ]; then
        lab_die "not a usable port: $LAB_PORT"
    fi
    saved=$(lab_saved LAB_SIZE)
    if [ -n "$saved" ] && [ "$saved" != "$LAB_SIZE" ] && [ -e "$LAB/simulation/history.done" ]; then
        lab_die "$LAB holds a history of size $saved; remove the folder or choose another --state"
    fi
    saved=$(lab_saved LAB_PORT)
    if [ -n "$saved" ] && [ "$saved" != "$LAB_PORT" ] && [ -n "$(lab_running)" ]; then
        lab_die "the lab in $LAB runs at port $saved; stop it before it can move to $LAB_PORT"
    fi
}

# lab_open DIR: an existing lab; fails if there is no lab in DIR.
lab_open() {
    LAB=$(cd "$1" 2>/dev/null && pwd -P) && [ -e "$LAB/etc/lab.conf" ] || return 1
    lab_settings
    lab_ports
}

# lab_create DIR: a lab in a new or existing folder.
lab_create() {
    [ "$(id -u)" = 0 ] || lab_die "must be root: jobs and servers run as users of their own"
    (umask 022 && mkdir -p "$1") || lab_die "cannot make $1"
    LAB=$(cd "$1" && pwd -P)
    if [ ! -e "$LAB/etc/lab.conf" ] && [ -n "$(ls -A "$LAB")" ]; then
        lab_die "$LAB is not empty, and it is not a state folder of a lab"
    fi
    lab_check_folder "$LAB"
    lab_folders
    lab_settings
    lab_check_settings
    lab_save_settings
    lab_ports
}

# One start or stop at a time in one folder.
lab_lock() {
    exec 9>"$LAB/lock"
    flock -w 300 9 || lab_die "another start or stop is busy in $LAB"
}

lab_env() {
    local path=$LAB/env.sh
    cat >"$path.new" <<END
export LAB_STATE='$LAB'
export LAB_URL='http://127.0.0.1:$LAB_PORT'
export LAB_URL_USER='http://127.0.0.1:$((LAB_PORT + 1))'
export LAB_URL_STAFF='http://127.0.0.1:$((LAB_PORT + 2))'
export LAB_URL_NOBODY='http://127.0.0.1:$((LAB_PORT + 3))'
export LAB_URL_FOREIGN='http://127.0.0.1:$((LAB_PORT + 4))'
export LAB_URL_PLAIN='http://127.0.0.1:$((LAB_PORT + 5))'
export LAB_USER='$LAB_USER'
export LAB_STAFF='$LAB_STAFF'
export LAB_CLUSTER='$LAB_CLUSTER'
export LAB_PROMETHEUS='http://127.0.0.1:$LAB_PORT_PROMETHEUS'
export LAB_LDAP='ldap://127.0.0.1:$LAB_PORT_SLAPD'
export LAB_DATABASE_HOST='127.0.0.1'
export LAB_DATABASE_PORT='$LAB_PORT_MARIADB'
export LAB_DATABASE_NAME='slurm_acct_db'
export LAB_DATABASE_USER='userportal'
export LAB_DATABASE_PASSWORD='$(lab_password userportal)'
export LAB_ROBINHOOD='$LAB_ROBINHOOD'
export LAB_DATABASE_ROOT_SOCKET='$LAB/run/mysql.sock'
export LAB_SIMULATOR='http://127.0.0.1:$LAB_PORT_SIMULATOR'
export LAB_SIMULATION='$LAB/simulation'
export LAB_CONFIG='$LAB/etc/userportal.ini'
export LAB_SECRETS='$LAB/etc/userportal.secrets.ini'
export LAB_SOCKET='$LAB/portal/fcgi.sock'
export LAB_API_SOCKET='$LAB/portal/api.sock'
export LAB_API_TOKEN_FILE='$LAB/secrets/token'
export LAB_ADMIN='$(lab_admin_program)'
export LAB_ADMIN_SECRETS='$LAB/etc/admin.secrets.ini'
$(lab_sso_env)
$(lab_hosts_env)
END
    mv "$path.new" "$path"
}

# lab_step WHAT: what lab_start does next, as "[k/n] WHAT" (progress.sh).
lab_step() {
    LAB_STEP=$((${LAB_STEP:-0} + 1))
    echo "[$LAB_STEP/$((10 ${LAB_SSO:++ 1}))] $1"
}

# lab_start: everything, each server after those that it needs; what runs already is left alone.
# Filling Prometheus takes longest and needs nobody else, so it runs in parallel with the others.
lab_start() {
    local prometheus
    lab_step MariaDB
    lab_mariadb_start
    lab_step "history of the simulated cluster"
    lab_simulation_history
    lab_prometheus_start &
    prometheus=$!
    lab_step LDAP
    lab_namespace_start
    lab_slapd_start
    lab_step "rows of Robinhood"
    lab_mariadb_ready
    lab_robinhood_load
    lab_step slurmdbd
    lab_slurmdbd_start
    lab_mariadb_grants
    lab_step "slurmctld and slurmd"
    lab_slurm_start
    lab_step "the simulated cluster"
    lab_simulation_load
    lab_simulator_start
    lab_step "Prometheus with the history"
    wait "$prometheus" || exit 1
    lab_env
    if lab_portal_built; then
        lab_step "the portal"
        lab_portal_start
        lab_step Apache
        lab_apache_start
        if [ -n "$LAB_SSO" ]; then
            lab_step "Shibboleth and identity provider"
            lab_sso_start
        fi
    else
        lab_say "no portal: $(lab_portal_program) is not built"
    fi
}

# lab_web_stop: the portal and whatever is in front of it.
lab_web_stop() {
    lab_hosts_stop
    lab_sso_stop
    lab_apache_stop
    lab_portal_stop
}

# lab_stop: stops everything; nothing of this lab runs afterwards.
lab_stop() {
    lab_web_stop
    lab_prometheus_stop &
    lab_simulator_stop &
    lab_slapd_stop &
    lab_slurm_stop
    wait
    lab_mariadb_stop
    lab_sweep
    lab_namespace_stop
    local left
    left=$(lab_leftovers)
    [ -z "$left" ] || lab_die "these processes could not be ended: ${left//$'\n'/ }"
}

# lab_stop_lost FOLDER: ends the processes of a lab whose folder somebody has removed.
lab_stop_lost() {
    LAB=$(realpath -m "$1")
    lab_sweep
}

# lab_addresses: "name address" of each server.
lab_addresses() {
    echo "portal http://127.0.0.1:$LAB_PORT/"
    if lab_alive sso-apache; then
        echo "sso $LAB_URL_SSO/"
        echo "idp $LAB_URL_IDP/"
    fi
    echo "prometheus http://127.0.0.1:$LAB_PORT_PROMETHEUS/"
    echo "mariadb 127.0.0.1:$LAB_PORT_MARIADB"
    echo "ldap ldap://127.0.0.1:$LAB_PORT_SLAPD"
    echo "slurmctld 127.0.0.1:$LAB_PORT_SLURMCTLD"
    echo "slurmdbd 127.0.0.1:$LAB_PORT_SLURMDBD"
    if lab_simulator_program >/dev/null; then
        echo "simulator http://127.0.0.1:$LAB_PORT_SIMULATOR/metrics"
    fi
}

# lab_running: the names of the servers that run.
lab_running() {
    local file name
    for file in "$LAB"/run/*.own; do
        name=${file##*/}
        name=${name%.own}
        if lab_alive "$name"; then echo "$name"; fi
    done
}
