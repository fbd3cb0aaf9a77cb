# shellcheck shell=bash
# virtual_host.sh: an Apache of its own for a shipped virtual host, as sites get it except for its
# definitions. All of it is in DIR/NAME; the certificate is that of sso.sh, and it listens on
# loopback only.

# lab_virtual_host NAME FILE PORT...: DIR/NAME with the virtual host (FILE of apache/) and the
# surrounding configuration of the server, which listens on the ports.
lab_virtual_host() {
    local place=$LAB/$1 file=$2 ports
    shift 2
    mkdir -p "$place"/{run,log,web}
    install -d -o "$LAB_WEB_USER" "$place/cache" "$place/cache/answers"
    ports=$(printf 'Listen 127.0.0.1:%s\\n' "$@")
    sed -e "s|@PLACE@|$place|g" -e "s|@SSO@|$LAB/sso|g" -e "s|@WEB_USER@|$LAB_WEB_USER|g" \
        -e "s|@LISTEN@|$ports|" "$LAB_SOURCE/tests/lab/httpd.conf" >"$place/httpd.conf"
    cp "$LAB_SOURCE/apache/$file" "$place/userportal.conf"
    sed -i -e "s|^\(Define portal_certificate\) .*|\1 \"$LAB/sso/keys/tls.crt\"|" \
        -e "s|^\(Define portal_key\) .*|\1 \"$LAB/sso/keys/tls.key\"|" \
        -e "s|^\(Define portal_parts\) .*|\1 \"$LAB_SOURCE/apache/parts\"|" \
        -e "s|^\(Define portal_static\) .*|\1 \"$LAB/static\"|" \
        -e "s|^\(Define portal_answers\) .*|\1 \"$place/cache/answers\"|" \
        -e "s|^\(Define portal_log\) .*|\1 \"$place/log\"|" "$place/userportal.conf"
}

# lab_define NAME DEFINITION VALUE: replaces a definition of a virtual host; it must be there.
lab_define() {
    local file=$LAB/$1/userportal.conf
    grep -q "^Define $2 " "$file" || lab_die "no definition of $2 in the virtual host $1"
    sed -i "s|^Define $2 .*|Define $2 \"$3\"|" "$file"
}

lab_virtual_host_answers() { curl -ks -o /dev/null "https://localhost:$1/favicon.ico"; }

# lab_virtual_host_start NAME PORT: the process is called NAME-apache.
lab_virtual_host_start() {
    local place=$LAB/$1
    if ! lab_alive "$1-apache"; then
        lab_port_free "$2" Apache
        rm -f "$place/run/apache.pid"
        lab_spawn "$1-apache" apache2 -d "$place" -f "$place/httpd.conf" -DFOREGROUND
    fi
    lab_wait "$1-apache" lab_virtual_host_answers "$2"
}

lab_virtual_host_stop() { lab_end "$1-apache" 30; }
