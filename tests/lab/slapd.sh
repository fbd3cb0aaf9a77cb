# shellcheck shell=bash
# slapd.sh: an LDAP directory with people and allocations, which allows anonymous reading. At each
# start it is filled with the people of the simulated cluster (its people.ldif), or with
# ldap/lab.ldif without one.

lab_slapd_config() {
    cat >"$LAB/etc/slapd.conf" <<END
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
include $LAB_SOURCE/tests/lab/ldap/schema.conf
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile $LAB/run/slapd.pid
argsfile $LAB/run/slapd.args
loglevel none
threads 4
sizelimit unlimited
database mdb
maxsize 1073741824
suffix "dc=computecanada,dc=local"
rootdn "cn=admin,dc=computecanada,dc=local"
rootpw $(lab_password ldap)
directory $LAB/ldap
dbnosync
index objectClass,uid,uidNumber,cn,gidNumber,memberUid,ccRapStatus eq
access to * by * read
END
    chmod 600 "$LAB/etc/slapd.conf"
}

lab_slapd_fill() {
    local people=$LAB/simulation/people.ldif
    [ -e "$people" ] || people=$LAB_SOURCE/tests/lab/ldap/lab.ldif
    rm -rf "$LAB/ldap"
    mkdir -p "$LAB/ldap"
    slapadd -q -f "$LAB/etc/slapd.conf" -l "$people"
}

lab_slapd_answers() {
    ldapsearch -x -LLL -H "ldap://127.0.0.1:$LAB_PORT_SLAPD" -s base \
        -b "uid=$LAB_USER,ou=People,dc=computecanada,dc=local" dn
}

lab_slapd_start() {
    if ! lab_alive slapd; then
        lab_slapd_config
        lab_slapd_fill >>"$LAB/log/slapadd.out" 2>&1 ||
            lab_die "slapadd failed; see $LAB/log/slapadd.out"
        lab_port_free "$LAB_PORT_SLAPD" slapd
        lab_spawn slapd slapd -d 0 -f "$LAB/etc/slapd.conf" -h "ldap://127.0.0.1:$LAB_PORT_SLAPD"
    fi
    lab_wait slapd lab_slapd_answers
}

lab_slapd_stop() { lab_end slapd; }
