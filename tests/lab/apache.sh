# shellcheck shell=bash
# apache.sh: Apache with its own configuration, made from apache/userportal-local.conf. Who a
# request comes from:
#   PORT     basic auth on /secure with the lab's accounts
#            (or the identity of run-local's environment, without sign-in)
#   PORT+1   LAB_USER      PORT+2  LAB_STAFF (staff)      PORT+3  nobody
#   PORT+4   a login of a domain that is not ours         PORT+5  LAB_USER without an affiliation

LAB_MEMBER="member@alliancecan.ca"
LAB_STAFF_MEMBER="staff@alliancecan.ca;member@alliancecan.ca"

# lab_accounts: "login password role" of everybody who can sign in at PORT.
lab_accounts() {
    local login
    echo "$LAB_USER $LAB_USER-demo user"
    echo "$LAB_STAFF $LAB_STAFF-demo staff"
    for login in alice bob carol heavy hundred olga; do
        [ "$login" = "$LAB_USER" ] || echo "$login $login-demo user"
    done
}

# Passwords for everybody to see: the quick SHA-1 form is enough, and costs nothing per request.
lab_apache_accounts() {
    local login password role hash
    while read -r login password role; do
        hash=$(printf %s "$password" | openssl dgst -sha1 -binary | openssl base64)
        echo "$login:{SHA}$hash" >&3
        [ "$role" = staff ] && echo "$login $LAB_STAFF_MEMBER" >&4 || echo "$login $LAB_MEMBER" >&4
    done 3>"$LAB/etc/passwords" 4>"$LAB/etc/affiliations" < <(lab_accounts)
    chmod 644 "$LAB/etc/passwords" "$LAB/etc/affiliations"
}

lab_apache_config() {
    lab_apache_accounts
    sed -e "s|@STATE@|$LAB|g" -e "s|@PARTS@|$LAB_SOURCE/apache/parts|g" \
        -e "s|@PORT@|$LAB_PORT|g" -e "s|@PORT_USER@|$((LAB_PORT + 1))|g" \
        -e "s|@PORT_STAFF@|$((LAB_PORT + 2))|g" -e "s|@PORT_NOBODY@|$((LAB_PORT + 3))|g" \
        -e "s|@PORT_FOREIGN@|$((LAB_PORT + 4))|g" -e "s|@PORT_PLAIN@|$((LAB_PORT + 5))|g" \
        -e "s|@USER@|$LAB_USER|g" -e "s|@STAFF@|$LAB_STAFF|g" -e "s|@WEB_USER@|$LAB_WEB_USER|g" \
        -e "s|@MEMBER@|$LAB_MEMBER|g" -e "s|@STAFF_MEMBER@|$LAB_STAFF_MEMBER|g" \
        "$LAB_SOURCE/apache/userportal-local.conf" >"$LAB/etc/apache.conf"
}

lab_apache_answers() { curl -s -o /dev/null "http://127.0.0.1:$LAB_PORT/favicon.ico"; }

lab_apache_start() {
    local port options=(-DFOREGROUND)
    [ -z "$LAB_ENVIRONMENT_IDENTITY" ] || options+=(-DEnvironmentIdentity)
    if ! lab_alive apache; then
        lab_apache_config
        for port in 0 1 2 3 4 5; do lab_port_free $((LAB_PORT + port)) Apache; done
        rm -f "$LAB/run/apache.pid"
        lab_spawn apache apache2 -d "$LAB" -f "$LAB/etc/apache.conf" "${options[@]}"
    fi
    lab_wait apache lab_apache_answers
}

lab_apache_stop() { lab_end apache 30; }
