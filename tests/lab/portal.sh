# shellcheck shell=bash
# portal.sh: the portal's worker pool, run as the web server's user. Program and static files are
# copied into the state folder (the build folder may be one that this user cannot enter). The
# configuration is the shipped one with some values replaced, so that what is tested is what sites
# get.

# lab_ini_set FILE SECTION KEY VALUE: replaces the line "KEY = …" or ";KEY = …"; the key must be
# there.
lab_ini_set() {
    LAB_VALUE=$4 awk -v section="[$2]" -v key="$3" '
        /^\[/ { inside = ($0 == section) }
        inside && !done && ($0 ~ "^;?" key " =") {
            print key " = " ENVIRON["LAB_VALUE"]
            done = 1
            next
        }
        { print }
        END { exit !done }' "$1" >"$1.new" || lab_die "no key $3 in section [$2] of $1"
    mv "$1.new" "$1"
}

lab_portal_config() {
    local file=$LAB/etc/userportal.ini mode=production database
    [ -z "$LAB_ENVIRONMENT_IDENTITY" ] || mode=local
    cp "$LAB_SOURCE/rpm/userportal.ini" "$file"
    lab_ini_set "$file" portal mode "$mode"
    lab_ini_set "$file" portal cluster "$LAB_CLUSTER"
    lab_ini_set "$file" portal modules \
        "usersummary, jobstats, accountstats, quotas, cloudstats, top"
    lab_ini_set "$file" identity auth_types Basic
    lab_ini_set "$file" identity default_domain alliancecan.ca
    lab_ini_set "$file" identity sign_out_url /
    lab_ini_set "$file" prometheus url "http://127.0.0.1:$LAB_PORT_PROMETHEUS"
    lab_ini_set "$file" slurm host 127.0.0.1
    lab_ini_set "$file" slurm port "$LAB_PORT_MARIADB"
    lab_ini_set "$file" ldap url "ldap://127.0.0.1:$LAB_PORT_SLAPD"
    for database in $LAB_ROBINHOOD; do
        lab_ini_set "$file" "robinhood ${database#rbh_}" host 127.0.0.1
        lab_ini_set "$file" "robinhood ${database#rbh_}" port "$LAB_PORT_MARIADB"
        lab_ini_set "$file" "robinhood ${database#rbh_}" database "$database"
    done
    lab_ini_set "$file" database host 127.0.0.1
    lab_ini_set "$file" database port "$LAB_PORT_MARIADB"
    lab_ini_set "$file" audit spool "$LAB/portal/audit"
    if [ -n "${LAB_PATIENCE_MS:-}" ]; then lab_portal_waits "$file" "$LAB_PATIENCE_MS"; fi
    chmod 644 "$file"
}

# lab_portal_waits FILE MS: makes the portal wait that long for each source. Tests of numbers must
# not fail because their machine stalled; slow sources are tested with limits of their own.
lab_portal_waits() {
    local section database
    lab_ini_set "$1" portal deadline_ms $(($2 * 2))
    for section in prometheus slurm ldap database; do
        lab_ini_set "$1" "$section" timeout_ms "$2"
    done
    for database in $LAB_ROBINHOOD; do
        lab_ini_set "$1" "robinhood ${database#rbh_}" timeout_ms "$2"
    done
}

lab_portal_secrets() {
    local file=$LAB/etc/userportal.secrets.ini section robinhood=()
    for section in $LAB_ROBINHOOD; do robinhood+=("robinhood ${section#rbh_}"); done
    (umask 077 && cp "$LAB_SOURCE/rpm/userportal.secrets.ini" "$file")
    for section in slurm database "${robinhood[@]}"; do
        (umask 077 && lab_ini_set "$file" "$section" user userportal)
        (umask 077 && lab_ini_set "$file" "$section" password "$(lab_password userportal)")
    done
    chown "root:$LAB_WEB_USER" "$file"
    chmod 640 "$file"
}

# Files are replaced by renaming, so that a running pool keeps its own.
lab_portal_install() {
    mkdir -p "$LAB/bin" "$LAB/portal/answers"
    chown "$LAB_WEB_USER:$LAB_WEB_USER" "$LAB/portal" "$LAB/portal/answers"
    install -m 755 "$(lab_portal_program)" "$LAB/bin/userportal.new"
    mv "$LAB/bin/userportal.new" "$LAB/bin/userportal"
    rm -rf "$LAB/static.new"
    mkdir "$LAB/static.new"
    [ ! -d "$LAB_BUILD/views/static" ] || cp -rp "$LAB_BUILD/views/static/"* "$LAB/static.new"
    chmod -R a+rX "$LAB/static.new"
    rm -rf "$LAB/static"
    mv "$LAB/static.new" "$LAB/static"
}

lab_portal_program() { echo "${LAB_PORTAL_PROGRAM:-$LAB_BUILD/fcgi/userportal}"; }

lab_portal_built() { [ -x "$(lab_portal_program)" ]; }

# Whether the running program is not the one that was built last.
lab_portal_outdated() { ! cmp -s "$(lab_portal_program)" "$LAB/bin/userportal"; }

# lab_portal_pool NAME SOCKET WORKERS CONFIG [OPTIONS...]: a pool of workers behind a socket of its
# own, with a configuration in DIR/etc.
lab_portal_pool() {
    local name=$1 socket=$LAB/portal/$2 workers=$3 config=$LAB/etc/$4
    shift 4
    if ! lab_alive "$name"; then
        rm -f "$socket"
        lab_spawn "$name" setpriv --reuid="$LAB_WEB_USER" --regid="$LAB_WEB_USER" --init-groups -- \
            "$LAB/bin/userportal" serve --config "$config" \
            --secrets "$LAB/etc/userportal.secrets.ini" --listen "unix:$socket" \
            --workers "$workers" "$@"
    fi
    lab_wait "$name" test -S "$socket"
}

lab_portal_start() {
    local identity=()
    [ -z "$LAB_ENVIRONMENT_IDENTITY" ] || identity=(--identity-from-environment)
    if ! lab_alive portal; then
        lab_portal_install
        lab_portal_config
        lab_portal_secrets
        lab_database_start
    fi
    lab_portal_pool portal fcgi.sock "$LAB_WORKERS" userportal.ini "${identity[@]}"
    lab_portal_pool portal-api api.sock "$LAB_API_WORKERS" userportal.ini "${identity[@]}"
    [ -z "${LAB_BACKGROUND:-}" ] || lab_background_start
}

# lab_background_start: the background service. Tests start their own over databases of their own,
# since pages ask less where there are summaries.
lab_background_start() {
    ! lab_alive portal-background || return 0
    lab_spawn portal-background setpriv --reuid="$LAB_WEB_USER" --regid="$LAB_WEB_USER" \
        --init-groups -- "$LAB/bin/userportal" background --config "$LAB/etc/userportal.ini" \
        --secrets "$LAB/etc/userportal.secrets.ini"
}

lab_background_stop() { lab_end portal-background 30; }

lab_portal_stop() {
    lab_background_stop
    lab_end portal-api 30
    lab_end portal 30
}
