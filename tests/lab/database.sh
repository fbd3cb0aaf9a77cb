# shellcheck shell=bash
# database.sh: the portal's own database, made as a site makes it: with the shipped grants and
# userportal-admin. A token that may write scripts is kept in DIR/secrets/token.

lab_admin_program() { echo "${LAB_ADMIN_PROGRAM:-$LAB_BUILD/fcgi/userportal-admin}"; }

# lab_admin COMMAND...: userportal-admin with the lab's files.
lab_admin() {
    "$(lab_admin_program)" "$@" --config "$LAB/etc/userportal.ini" \
        --secrets "$LAB/etc/admin.secrets.ini"
}

lab_database_grants() {
    sed -e "s/@DATABASE@/userportal/g" -e "s/@HOST@/127.0.0.1/g" -e "s/@USER@/userportal/g" \
        -e "s/@PASSWORD@/$(lab_password userportal)/g" -e "s/@ADMIN@/userportal_admin/g" \
        -e "s/@ADMIN_PASSWORD@/$(lab_password admin)/g" "$LAB_SOURCE/sql/grants/portal.sql" |
        lab_sql --force 2>"$LAB/log/grants.out"
}

lab_database_secrets() {
    (umask 077 && printf '[database]\nuser = userportal_admin\npassword = %s\n' \
        "$(lab_password admin)" >"$LAB/etc/admin.secrets.ini")
}

lab_database_token() {
    [ ! -s "$LAB/secrets/token" ] || return 0
    (umask 077 && lab_admin token create --name lab >"$LAB/secrets/token") \
        2>"$LAB/log/token.out" || lab_die "no token could be made; see $LAB/log/token.out"
}

# lab_database_start: after the portal's configuration, before the portal.
lab_database_start() {
    lab_database_secrets
    lab_database_grants || true
    lab_admin migrate >"$LAB/log/migrate.out" 2>&1 ||
        lab_die "the portal's database could not be made; see $LAB/log/migrate.out"
    lab_database_grants || lab_die "the grants of the portal's database fail"
    lab_database_token
}
