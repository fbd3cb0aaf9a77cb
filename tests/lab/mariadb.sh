# shellcheck shell=bash
# mariadb.sh: MariaDB with Slurm's accounting database. The tables are made by the real slurmdbd
# (slurm.sh).
#
# Accounts: slurm (slurmdbd, all rights), simulator (the simulated cluster, writes rows), userportal
# (the portal, read only, made by the grants file that is shipped: sql/grants/slurm.sql). Passwords
# are made up at the first start and stand in DIR/secrets (0600).

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
performance_schema=OFF
END
}

lab_mariadb_start() {
    lab_alive mariadbd && return
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
    lab_wait mariadbd 120 lab_sql -e 'select 1'
    lab_sql <<END
create database if not exists slurm_acct_db;
create user if not exists slurm@'127.0.0.1' identified by '$(lab_password slurm)';
create user if not exists simulator@'127.0.0.1' identified by '$(lab_password simulator)';
grant all on slurm_acct_db.* to slurm@'127.0.0.1';
grant select, insert, update, delete on slurm_acct_db.* to simulator@'127.0.0.1';
END
}

# lab_mariadb_grants: the portal's account, once Slurm's tables exist; the file's text is what sites
# run.
lab_mariadb_grants() {
    sed -e "s/@CLUSTER@/$LAB_CLUSTER/g" -e "s/@USER@/userportal/g" -e "s/@HOST@/127.0.0.1/g" \
        -e "s/@PASSWORD@/$(lab_password userportal)/g" "$LAB_SOURCE/sql/grants/slurm.sql" |
        lab_sql slurm_acct_db
}

lab_mariadb_stop() { lab_end mariadbd 60; }
