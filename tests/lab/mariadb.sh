# shellcheck shell=bash
# mariadb.sh: MariaDB with Slurm's accounting database, whose tables are made by the real slurmdbd
# (slurm.sh), and with two Robinhood databases: rbh_lustre06 of the project file system, and
# rbh_nearline of one with an HSM.
#
# Accounts: slurm (slurmdbd, all rights), simulator (the simulated cluster, writes rows),
# userportal (the portal, read only, made with the shipped grants: sql/grants). Passwords are
# generated at the first start and kept in DIR/secrets (0600).

LAB_ROBINHOOD="rbh_lustre06 rbh_nearline"

# lab_sql [ARGUMENTS]: the mysql client as the database's root.
lab_sql() {
    mysql --no-defaults -S "$LAB/run/mysql.sock" -uroot --default-character-set=utf8mb4 "$@"
}

# lab_password NAME: a password kept in DIR/secrets/NAME.
lab_password() {
    local file=$LAB/secrets/$1
    [ -s "$file" ] || (umask 077 && od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$file")
    cat "$file"
}

# lab_certificates: a certificate for 127.0.0.1 and the authority that signed it, in DIR/etc/tls.
lab_certificates() {
    local folder=$LAB/etc/tls
    [ ! -e "$folder/server.pem" ] || return 0
    mkdir -p "$folder"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
        -subj "/CN=Lab authority" -keyout "$folder/ca.key" -out "$folder/ca.pem"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=127.0.0.1" \
        -keyout "$folder/server.key" -out "$folder/server.csr"
    openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" \
        -days 3650 -extfile <(echo "subjectAltName = IP:127.0.0.1") -out "$folder/server.pem.new"
    mv "$folder/server.pem.new" "$folder/server.pem"
    chmod 644 "$folder"/*.pem
} 2>>"$LAB/log/openssl.out"

lab_mariadb_config() {
    cat >"$LAB/etc/my.cnf" <<END
[mysqld]
datadir=$LAB/mysql
socket=$LAB/run/mysql.sock
pid-file=$LAB/run/mariadbd.pid
log-error=$LAB/log/mariadbd.log
port=$LAB_PORT_MARIADB
bind-address=127.0.0.1
user=root
innodb_buffer_pool_size=${LAB_DATABASE_BUFFER:-256M}
innodb_log_file_size=64M
innodb_lock_wait_timeout=900
innodb_flush_log_at_trx_commit=2
max_allowed_packet=64M
skip-name-resolve
ssl_ca=$LAB/etc/tls/ca.pem
ssl_cert=$LAB/etc/tls/server.pem
ssl_key=$LAB/etc/tls/server.key
performance_schema=OFF
sql_mode=STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
END
}

lab_mariadb_start() {
    lab_alive mariadbd && return
    lab_certificates
    lab_mariadb_config
    if [ ! -d "$LAB/mysql/mysql" ]; then
        mariadb-install-db --defaults-file="$LAB/etc/my.cnf" --user=root --skip-test-db \
            --auth-root-authentication-method=normal >"$LAB/log/mariadb-install.out" 2>&1 ||
            lab_die "mariadb-install-db failed; see $LAB/log/mariadb-install.out"
    fi
    lab_port_free "$LAB_PORT_MARIADB" MariaDB
    lab_spawn mariadbd mariadbd --defaults-file="$LAB/etc/my.cnf"
}

lab_mariadb_ready() {
    lab_wait mariadbd lab_sql -e 'select 1'
    lab_sql <<END
create database if not exists slurm_acct_db;
$(printf 'create database if not exists %s;\n' $LAB_ROBINHOOD)
create user if not exists slurm@'127.0.0.1' identified by '$(lab_password slurm)';
create user if not exists simulator@'127.0.0.1' identified by '$(lab_password simulator)';
grant all on slurm_acct_db.* to slurm@'127.0.0.1';
grant select, insert, update, delete on slurm_acct_db.* to simulator@'127.0.0.1';
END
}

# lab_grants FILE DATABASE: makes the portal's account; sites run the same file.
lab_grants() {
    sed -e "s/@CLUSTER@/$LAB_CLUSTER/g" -e "s/@DATABASE@/$2/g" -e "s/@USER@/userportal/g" \
        -e "s/@HOST@/127.0.0.1/g" -e "s/@PASSWORD@/$(lab_password userportal)/g" \
        "$LAB_SOURCE/sql/grants/$1" | lab_sql "$2"
}

# lab_mariadb_grants: once Slurm's tables exist.
lab_mariadb_grants() { lab_grants slurm.sql slurm_acct_db; }

# lab_robinhood_load: loads the rows that the simulated cluster has written, once; without it there
# are none.
lab_robinhood_load() {
    local database
    if [ ! -e "$LAB/simulation/robinhood.sql" ] || [ -e "$LAB/simulation/scanned" ]; then
        return 0
    fi
    lab_sql <"$LAB/simulation/robinhood.sql" 2>>"$LAB/log/history.out" ||
        lab_die "loading robinhood.sql failed; see $LAB/log/history.out"
    for database in $LAB_ROBINHOOD; do
        lab_grants robinhood.sql "$database"
    done
    : >"$LAB/simulation/scanned"
}

lab_mariadb_stop() { lab_end mariadbd 60; }
