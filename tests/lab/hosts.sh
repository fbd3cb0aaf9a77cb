# shellcheck shell=bash
# hosts.sh: the portal on several hosts behind a balancer (apache/userportal-balancer.conf), for
# the tests that need them (lab_hosts_start). Each host is an Apache with the shipped virtual host,
# sign-in with passwords (LAB_HOSTS_SIGN_IN=shibboleth: with a shibd of its own), and pools of its
# own. They share what real hosts share: Slurm's database, Prometheus, the directory, and the
# portal's own database.
#   PORT+20  the balancer, https://localhost       PORT+21, PORT+22  the hosts a and b
LAB_HOSTS="a b"
: "${LAB_HOSTS_SIGN_IN:=basic}"

lab_hosts_ports() {
    LAB_PORT_BALANCER=$((LAB_PORT + 20))
    LAB_URL_BALANCER=https://localhost:$LAB_PORT_BALANCER
}

# lab_host_port LETTER
lab_host_port() {
    case $1 in a) echo $((LAB_PORT + 21)) ;; b) echo $((LAB_PORT + 22)) ;; esac
}

lab_hosts_env() {
    cat <<END
export LAB_URL_BALANCER='$LAB_URL_BALANCER'
export LAB_URL_HOST='https://localhost:$(lab_host_port a)'
END
}

# Everything as in the lab's own shibd, except for the sessions.
lab_host_shibd_start() {
    local place=$LAB/$1
    if ! lab_alive "$1-shibd"; then
        install -d -o _shibd "$place/shibd"
        rm -f "$place/shibd/shibd.sock"
        sed "s|$LAB/sso/shibd|$place/shibd|" "$LAB/sso/shibd.logger" >"$place/shibd.logger"
        sed -e "s|$LAB/sso/shibd/|$place/shibd/|" \
            -e "s|$LAB/sso/shibd.logger|$place/shibd.logger|" \
            "$LAB/sso/shibboleth2.xml" >"$place/shibboleth2.xml"
        sed -i "s|^ShibConfig .*|ShibConfig \"$place/shibboleth2.xml\"|" "$place/httpd.conf"
        lab_spawn "$1-shibd" setpriv --reuid=_shibd --regid=_shibd --clear-groups -- \
            shibd -f -F -c "$place/shibboleth2.xml" -p "$place/shibd/shibd.pid"
    fi
    lab_wait "$1-shibd" test -S "$place/shibd/shibd.sock"
}

# lab_host_servers LETTER: those of the host's servers that run; the pools first.
lab_host_servers() {
    local part
    for part in "" -api -apache -shibd; do
        if lab_alive "host-$1$part"; then echo "host-$1$part"; fi
    done
}

# lab_host_start LETTER
lab_host_start() {
    local name=host-$1 port config=userportal.ini
    port=$(lab_host_port "$1")
    if ! lab_alive "$name-apache"; then
        lab_virtual_host "$name" userportal.conf "$port"
        lab_define "$name" portal_url "$LAB_URL_BALANCER"
        lab_define "$name" portal_address "127.0.0.1:$port"
        lab_define "$name" portal_sign_in "$LAB_HOSTS_SIGN_IN"
        lab_define "$name" portal_passwords "$LAB/etc/passwords"
        lab_define "$name" portal_affiliations "$LAB/etc/affiliations"
        lab_define "$name" portal_pages "$LAB/portal/$name.sock"
        lab_define "$name" portal_api "$LAB/portal/$name-api.sock"
        sed -i -e 's/#Define portal_balancer .*/Define portal_balancer 127.0.0.1/' \
            -e 's/#Define portal_host_name .*/Define portal_host_name localhost/' \
            -e 's/#\(Include .*behind-balancer.conf"\)/\1/' "$LAB/$name/userportal.conf"
    fi
    if [ "$LAB_HOSTS_SIGN_IN" = shibboleth ]; then
        config=userportal-sso.ini
        lab_host_shibd_start "$name"
    fi
    lab_portal_pool "$name" "$name.sock" "$LAB_WORKERS" "$config"
    lab_portal_pool "$name-api" "$name-api.sock" 2 userportal.ini
    lab_virtual_host_start "$name" "$port"
}

# lab_host_kill LETTER: everything on the host ends at once, as if its power had failed. Its
# workers are paused for a moment before, so that they are serving requests when it happens.
lab_host_kill() {
    local name names groups=()
    names=$(lab_host_servers "$1")
    for name in $names; do groups+=("-$(lab_pid "$name")"); done
    kill -STOP -- "${groups[@]:0:2}"
    sleep 0.5
    kill -KILL -- "${groups[@]}"
    for name in $names; do
        while lab_alive "$name"; do sleep 0.01; done
    done
}

lab_host_stop() {
    lab_virtual_host_stop "host-$1"
    lab_end "host-$1" 30
    lab_end "host-$1-api" 30
    lab_end "host-$1-shibd"
}

lab_host_a_start() { lab_host_start a; }
lab_host_a_stop() { lab_host_stop a; }
lab_host_b_start() { lab_host_start b; }
lab_host_b_stop() { lab_host_stop b; }

lab_hosts_start() {
    local letter
    for letter in $LAB_HOSTS; do lab_host_start "$letter"; done
    if ! lab_alive balancer-apache; then
        lab_virtual_host balancer userportal-balancer.conf "$LAB_PORT_BALANCER"
        lab_define balancer portal_url "$LAB_URL_BALANCER"
        lab_define balancer portal_address "127.0.0.1:$LAB_PORT_BALANCER"
        lab_define balancer portal_hosts_authority "$LAB/sso/keys/tls.crt"
        for letter in $LAB_HOSTS; do
            lab_define balancer "portal_host_$letter" "https://127.0.0.1:$(lab_host_port "$letter")"
        done
    fi
    lab_virtual_host_start balancer "$LAB_PORT_BALANCER"
}

lab_hosts_stop() {
    local letter
    lab_virtual_host_stop balancer
    for letter in $LAB_HOSTS; do lab_host_stop "$letter"; done
}
