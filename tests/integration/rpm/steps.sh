# shellcheck shell=bash disable=SC2154
# steps.sh: the life of the packages, step by step. Sourced by check-install.
config=/etc/userportal/userportal.ini
secrets=/etc/userportal/userportal.secrets.ini
vhost=/etc/httpd/conf.d/userportal.conf

mode_of() { inside stat -c '%A %U:%G' "$1"; }
installed() { inside rpm -q --qf '%{VERSION} ' userportal; }

fresh_install() {
    local unit
    admin "rpm -U --nodeps userportal*.rpm" ||
        die "the packages cannot be installed"
    expect "what the scriptlets said" "" "$(<"$ROOT_WORK/out")"
    inside getent passwd userportal | grep -q ':/var/lib/userportal:/sbin/nologin$' ||
        fail "no user userportal"
    expect "secrets" "-rw-r----- root:userportal" "$(mode_of "$secrets")"
    expect "configuration" "-rw-r--r-- root:root" "$(mode_of "$config")"
    expect "state" "drwxr-x--- userportal:userportal" "$(mode_of /var/lib/userportal)"
    expect "answers" "drwx------ apache:apache" "$(mode_of /var/cache/userportal/answers)"
    expect "spool" "drwx------ slurm:slurm" "$(mode_of /var/spool/userportal-prolog)"
    expect "program" "-rwxr-xr-x root:root" "$(mode_of /usr/libexec/userportal/userportal)"
    expect "rpm -V" "" "$(inside rpm -V --nodeps userportal userportal-prolog userportal-selinux)"
    for unit in userportal.socket userportal.service userportal-api.service \
        userportal-background.service userportal-cache.timer; do
        inside systemctl is-enabled "$unit" >/dev/null && fail "$unit is enabled unasked"
    done
    inside systemd-analyze --man=no verify userportal.socket userportal.service \
        userportal-api.socket userportal-api.service userportal-prolog.service \
        userportal-background.service userportal-cache.service userportal-cache.timer \
        2>"$ROOT_WORK/verify" || true
    grep -E 'userportal' "$ROOT_WORK/verify" && fail "systemd-analyze finds mistakes in the units"
    for unit in userportal userportal-api userportal-background userportal-prolog \
        userportal-cache; do
        inside systemd-analyze security --offline=true --threshold=20 "$unit.service" \
            >/dev/null || fail "$unit.service is exposed more than 2.0"
    done
    inside httpd -t 2>"$ROOT_WORK/out" ||
        fail "the package breaks the web server: $(<"$ROOT_WORK/out")"
}

# set_define NAME VALUE
set_define() {
    grep -q "^Define $1 " "$ROOT$vhost" || fail "no definition of $1 in $vhost"
    sed -i "s|^Define $1 .*|Define $1 \"$2\"|" "$ROOT$vhost"
}

# The values of the lab in the files that were installed, which keep their owners and modes.
configure() {
    edits $config "your cluster, your sources"
    cat "$LAB_CONFIG" >"$ROOT$config"
    sed -i 's/^spool = /;&/' "$ROOT$config"
    edits $secrets "passwords"
    cat "$LAB_SECRETS" >"$ROOT$secrets"
    admin "/usr/libexec/userportal/userportal check-config --config $config --secrets $secrets" ||
        die "the configuration is refused"
    edits $vhost "the lines Define: address, certificate, sign-in"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -keyout "$ROOT/etc/pki/tls/private/userportal.key" \
        -out "$ROOT/etc/pki/tls/certs/userportal.crt" 2>/dev/null
    set_define portal_url "https://localhost:$PORT"
    set_define portal_address "127.0.0.1:$PORT"
    set_define portal_plain_address "127.0.0.1:$((PORT + 1))"
    set_define portal_sign_in basic
    cp "$LAB_STATE/etc/passwords" "$LAB_STATE/etc/affiliations" "$ROOT/etc/userportal"
}

first_start() {
    local units="userportal.service userportal-api.service userportal-cache.timer"
    admin "systemctl enable --now $units" ||
        die "the services cannot be started"
    admin "httpd -t" || die "the virtual host is refused"
    inside systemctl start httpd
    echo "# systemctl reload httpd" >>"$TRANSCRIPT"
    for _ in {1..600}; do [ "$(status_of /)" = 000 ] || break && sleep 0.1; done
    admin "curl -sk https://localhost:$PORT/ | grep -o '<title>.*</title>'" ||
        fail "the home page does not answer"
    admin "curl -sk -u alice:alice-demo https://localhost:$PORT/secure/me.json; echo" ||
        fail "nobody can sign in"
    grep -q alice "$ROOT_WORK/out" || fail "the portal does not know who signed in"
    admin "stat -c '%A %U:%G %n' /run/userportal/*" || true
    page /secure/jobstats/alice/ alice | grep 'jobstats/alice/[0-9]' >/dev/null ||
        fail "alice sees no jobs"
    expect "without a password" 401 "$(status_of /secure/jobstats/)"
    expect "the API without a token" 401 "$(status_of /api/jobscripts/)"
    # check-config knows the paths of the package: files, sockets, virtual host.
    inside userportal-admin check-config --config $config --secrets $secrets \
        >"$ROOT_WORK/check" 2>&1 || true
    expect "sockets that check-config finds" 2 \
        "$(grep -c 'somebody listens at /run/userportal/' "$ROOT_WORK/check" || true)"
    for unit in userportal.socket userportal.service userportal-api.socket \
        userportal-cache.timer; do
        inside systemctl is-enabled "$unit" >/dev/null || fail "$unit was not enabled"
    done
}

# What the unit runs each hour: the disk cache of public graphs shrinks to its limit, and what is
# within it stays.
clean_the_cache() {
    local answers=/var/cache/userportal/answers command unit
    unit=$ROOT/usr/lib/systemd/system/userportal-cache.service
    command=$(sed -n 's/^ExecStart=//p' "$unit")
    page /graph/lustre/lustre02/mdt.json >/dev/null
    expect "limit of the cache" 64M "$(sed -n 's/^Environment=LIMIT=//p' "$unit")"
    as_apache "${command//'${LIMIT}'/64M}" || fail "the cache cannot be cleaned"
    [ -n "$(inside find $answers -name '*.data')" ] || fail "what is within the limit is removed"
    as_apache "${command//'${LIMIT}'/4K}" || fail "the cache cannot be cleaned"
    expect "cached answers above the limit" "" "$(inside find $answers -name '*.data')"
}
# shellcheck disable=SC2086
as_apache() { inside setpriv --reuid=apache --regid=apache --init-groups $1; }

reload_with_a_mistake() {
    local said
    cp "$ROOT$config" "$ROOT_WORK/good.ini"
    echo 'nonsense = 1' >>"$ROOT$config"
    said=$(inside systemctl reload userportal.service 2>&1) && fail "a bad file was taken"
    grep -q "userportal.ini:[0-9]*: .*nonsense" <<<"$said" ||
        fail "the reload does not name the mistake: $said"
    expect "after a refused reload" 200 "$(status_of /)"
    cat "$ROOT_WORK/good.ini" >"$ROOT$config"
}

# The address of the style sheet that the home page names.
style_of_page() { page / | grep -o '/static/portal-[0-9a-f]*\.css' | head -n 1; }
how_sent() {
    curl -sk -o /dev/null -H 'Accept-Encoding: br' "https://localhost:$PORT$1" \
        -w '%{http_code}, %header{content-encoding}, %header{cache-control}'
}

# An upgrade removes the first name of a file while it is being requested. No request may fall into
# the gap, so the name that stays is looked for first.
second_names_come_first() {
    local style copy
    style=$(style_of_page)
    copy=$ROOT/usr/share/userportal/static/previous/${style##*/}
    echo "the one that stays" >"$copy"
    expect "which name is looked for first" "the one that stays" "$(page "$style")"
    rm "$copy"
}

sockets() { stat -c '%i %A %U %G' "$ROOT"/run/userportal/*.sock; }
pool() { cat "$ROOT/run/stand-in/$1.service.pid"; }
program_of() { "$ROOT/proc/$(pool "$1")/exe" --version; }

upgrade_under_load() {
    local style before_style sockets pid feed load
    second_names_come_first
    echo '; ours' >>"$ROOT$config"
    cp "$ROOT$config" "$ROOT_WORK/edited.ini"
    style=$(style_of_page)
    before_style=$(page "$style" | sha256sum)
    sockets=$(sockets)
    pid=$(pool userportal)
    : >"$ROOT/var/log/systemctl.calls"
    mkfifo "$ROOT_WORK/feed"
    node "$here/load.mjs" "https://localhost:$PORT" \
        / /secure/jobstats/alice/ /secure/me.json "$style" \
        <"$ROOT_WORK/feed" >"$ROOT_WORK/load" &
    load=$!
    exec {feed}>"$ROOT_WORK/feed"
    sleep 1
    inside bash -c 'rpm -U --nodeps /next/*.rpm' \
        >"$ROOT_WORK/out" 2>&1 || die "the upgrade failed: $(<"$ROOT_WORK/out")"
    for _ in {1..600}; do [ "$(style_of_page)" = "$style" ] || break && sleep 0.1; done
    sleep 1
    exec {feed}>&-
    wait "$load" || fail "requests were lost: $(<"$ROOT_WORK/load")"
    echo "answers during the upgrade: $(<"$ROOT_WORK/load")"

    expect "version" "99.0.0 " "$(installed)"
    expect "program that runs" "userportal 99.0.0" "$(program_of userportal)"
    for _ in {1..600}; do
        [ "$(program_of userportal-api)" != "userportal 99.0.0" ] || break && sleep 0.1
    done
    expect "program that runs for the API" "userportal 99.0.0" "$(program_of userportal-api)"
    expect "the pool's process" "$pid" "$(pool userportal)"
    expect "sockets" "$sockets" "$(sockets)"
    expect "style of the new release" /static/portal-0123456789ab.css "$(style_of_page)"
    expect "style of the release before" "$before_style" "$(page "$style" | sha256sum)"
    expect "how it is sent" \
        "200, br, public, max-age=31536000, immutable" "$(how_sent "$style")"
    cmp "$ROOT$config" "$ROOT_WORK/edited.ini" || fail "the edited configuration was replaced"
    expect "what is left to merge" "$config.rpmnew" \
        "$(cd "$ROOT" && find etc -name '*.rpmnew' -printf '/%p\n')"
    expect "what systemd was asked" "daemon-reload
try-reload-or-restart userportal.service userportal-api.service userportal-background.service
try-reload-or-restart httpd.service
daemon-reload" "$(grep -v prolog "$ROOT/var/log/systemctl.calls" | uniq)"
}

erase() {
    local left
    rm "$ROOT$config.rpmnew"
    inside rpm -e userportal userportal-prolog userportal-selinux >"$ROOT_WORK/out" 2>&1 ||
        die "the packages cannot be erased: $(<"$ROOT_WORK/out")"
    expect "what rpm said" "" "$(grep -v 'saved as' "$ROOT_WORK/out" || true)"
    expect "status without a pool" 503 "$(status_of /)"
    rm "$ROOT"/etc/pki/tls/{private/userportal.key,certs/userportal.crt}
    rm "$ROOT"/etc/userportal/{passwords,affiliations}
    list_files >"$ROOT_WORK/after"
    left=$(comm -13 "$ROOT_WORK/before" "$ROOT_WORK/after" | paste -sd ' ' -)
    expect "what is left" "$vhost.rpmsave /etc/userportal $config.rpmsave $secrets.rpmsave" "$left"
}
