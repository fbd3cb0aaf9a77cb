# shellcheck shell=bash
# sso.sh: sign-in as in production. The shipped virtual host (apache/userportal.conf) in an Apache
# of its own with TLS and mod_shib, a shibd, an identity provider (SimpleSAMLphp), and a pool of
# the portal that accepts Shibboleth. Keys are made at the first start; all of it lives in DIR/sso.
#   PORT+16  the portal, https://localhost     PORT+17  the identity provider, http://127.0.0.1
#   PORT+18  plain HTTP, which leads to the portal
#   PORT+19  two portals below paths, https://localhost (lab_paths_start)
# The two are different sites to a browser, as they are in production. The lab's accounts can sign
# in, and the odd people of tests/lab/sso/authsources.php.

lab_sso_ports() {
    LAB_PORT_SSO=$((LAB_PORT + 16))
    LAB_PORT_IDP=$((LAB_PORT + 17))
    LAB_PORT_SSO_PLAIN=$((LAB_PORT + 18))
    LAB_URL_SSO=https://localhost:$LAB_PORT_SSO
    LAB_URL_IDP=http://127.0.0.1:$LAB_PORT_IDP
    LAB_PORT_PATHS=$((LAB_PORT + 19))
    LAB_URL_PATHS=https://localhost:$LAB_PORT_PATHS
}

# lab_sso_key NAME FOLDER OWNER: a key and its certificate.
lab_sso_key() {
    local folder=$LAB/sso/$2
    [ ! -s "$folder/$1.crt" ] || return 0
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=localhost" \
        -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
        -keyout "$folder/$1.key" -out "$folder/$1.crt" 2>>"$LAB/log/sso-keys.out" ||
        lab_die "no key could be made; see $LAB/log/sso-keys.out"
    chown "$3" "$folder/$1.key"
    chmod 400 "$folder/$1.key"
    chmod 444 "$folder/$1.crt"
}

lab_sso_folders() {
    local sso=$LAB/sso
    (
        umask 022
        mkdir -p "$sso"/{log,keys,shibd} "$sso/idp"/{keys,data,temp,metadata}
    )
    chown _shibd "$sso/shibd"
    chown "$LAB_WEB_USER" "$sso/idp"/{data,temp}
    chmod 700 "$sso/idp"/{data,temp}
    lab_sso_key tls keys root
    lab_sso_key sp keys _shibd
    lab_sso_key idp idp/keys "$LAB_WEB_USER"
    cp "$sso/keys/sp.crt" "$sso/idp/keys/sp.crt"
    [ -s "$sso/idp/salt" ] || openssl rand -hex 16 >"$sso/idp/salt"
}

# lab_sso_file NAME TARGET: a file of tests/lab/sso with its @NAMES@ filled in.
lab_sso_file() {
    sed -e "s|@SSO@|$LAB/sso|g" -e "s|@SALT@|$(cat "$LAB/sso/idp/salt")|g" \
        -e "s|@PORTAL@|$LAB_URL_SSO|g" -e "s|@IDP@|$LAB_URL_IDP|g" \
        -e "s|@PATHS@|$LAB_URL_PATHS|g" -e "s|@BALANCER@|$LAB_URL_BALANCER|g" \
        "$LAB_SOURCE/tests/lab/sso/$1" >"$LAB/sso/$2"
}

lab_sso_people() {
    local login password role affiliation
    while read -r login password role; do
        affiliation=$LAB_MEMBER
        [ "$role" != staff ] || affiliation=$LAB_STAFF_MEMBER
        printf '{"login": "%s", "password": "%s", "affiliation": "%s"}\n' \
            "$login" "$password" "$affiliation"
    done < <(lab_accounts) | paste -sd, | sed -e 's/^/[/' -e 's/$/]/' >"$LAB/sso/idp/people.json"
}

lab_sso_virtual_host() {
    lab_virtual_host sso userportal.conf "$LAB_PORT_SSO" "$LAB_PORT_SSO_PLAIN"
    lab_define sso portal_url "$LAB_URL_SSO"
    lab_define sso portal_address "127.0.0.1:$LAB_PORT_SSO"
    lab_define sso portal_plain_address "127.0.0.1:$LAB_PORT_SSO_PLAIN"
    lab_define sso portal_pages "$LAB/portal/sso.sock"
    lab_define sso portal_api "$LAB/portal/api.sock"
}

# The configuration of the lab's portal as it would be at a site with Shibboleth.
lab_sso_portal_config() {
    local file=$LAB/etc/userportal-sso.ini
    cp "$LAB/etc/userportal.ini" "$file"
    lab_ini_set "$file" identity auth_types shibboleth
    lab_ini_set "$file" identity default_domain ""
    lab_ini_set "$file" identity sign_out_url "/Shibboleth.sso/Logout?return=/"
    chmod 644 "$file"
}

lab_sso_config() {
    local file
    lab_sso_folders
    lab_sso_people
    for file in config authsources; do lab_sso_file $file.php idp/$file.php; done
    for file in idp-hosted sp-remote; do
        lab_sso_file saml20-$file.php idp/metadata/saml20-$file.php
    done
    for file in shibboleth2.xml shibd.logger apache.logger; do
        lab_sso_file $file $file
    done
    cp "$LAB_SOURCE/tests/lab/sso/router.php" "$LAB/sso/idp/router.php"
    lab_sso_virtual_host
    lab_sso_portal_config
}

lab_sso_metadata() {
    curl -fsS -o "$LAB/sso/idp-metadata.xml" "$LAB_URL_IDP/simplesaml/saml2/idp/metadata.php"
}

lab_sso_idp_start() {
    if ! lab_alive sso-idp; then
        lab_port_free "$LAB_PORT_IDP" "the identity provider"
        SIMPLESAMLPHP_CONFIG_DIR=$LAB/sso/idp PHP_CLI_SERVER_WORKERS=3 lab_spawn sso-idp \
            setpriv --reuid="$LAB_WEB_USER" --regid="$LAB_WEB_USER" --clear-groups -- \
            php -d session.save_path="$LAB/sso/idp/data" \
            -S "127.0.0.1:$LAB_PORT_IDP" "$LAB/sso/idp/router.php"
    fi
    lab_wait sso-idp lab_sso_metadata
}

# Its child processes do not end with it.
lab_sso_idp_stop() {
    local pid
    pid=$(lab_pid sso-idp) || pid=
    lab_end sso-idp
    [ -z "$pid" ] || kill -TERM -- "-$pid" 2>/dev/null || true
}

lab_shibd_start() {
    if ! lab_alive shibd; then
        rm -f "$LAB/sso/shibd/shibd.sock"
        lab_spawn shibd setpriv --reuid=_shibd --regid=_shibd --clear-groups -- \
            shibd -f -F -c "$LAB/sso/shibboleth2.xml" -p "$LAB/sso/shibd/shibd.pid"
    fi
    lab_wait shibd test -S "$LAB/sso/shibd/shibd.sock"
}

lab_shibd_stop() { lab_end shibd; }

lab_sso_env() {
    cat <<END
export LAB_URL_SSO='$LAB_URL_SSO'
export LAB_URL_SSO_PLAIN='http://localhost:$LAB_PORT_SSO_PLAIN'
export LAB_URL_IDP='$LAB_URL_IDP'
export LAB_URL_PATHS='$LAB_URL_PATHS'
END
}

# Portals of two clusters below /narval and /beluga of one host (apache/userportal-paths.conf),
# each the other's sibling; for the tests that need them. Both show the lab's one cluster.
lab_paths_config() {
    local name=$1 title=$2 other=$3 other_title=$4 file=$LAB/etc/userportal-$1.ini
    cp "$LAB/etc/userportal-sso.ini" "$file"
    sed -i '/^sign_out_url =/d' "$file"
    lab_ini_set "$file" portal base_path "/$name"
    lab_ini_set "$file" portal title_en "$title"
    lab_ini_set "$file" portal title_fr "$title"
    cat >>"$file" <<END
[sibling $other]
title_en = $other_title
title_fr = $other_title
url = $LAB_URL_PATHS/$other/
modules = usersummary, jobstats, accountstats, cloudstats, top
END
    chmod 644 "$file"
}

lab_paths_virtual_host() {
    local name
    lab_virtual_host paths userportal-paths.conf "$LAB_PORT_PATHS"
    lab_define paths portal_url "$LAB_URL_PATHS"
    lab_define paths portal_address "127.0.0.1:$LAB_PORT_PATHS"
    for name in narval beluga; do
        lab_define paths "${name}_pages" "$LAB/portal/$name.sock"
        lab_define paths "${name}_api" "$LAB/portal/$name-api.sock"
    done
    sed -i "s|DocumentRoot .*|DocumentRoot \"$LAB/paths/web\"|" "$LAB/paths/userportal.conf"
    echo "Something else of this host" >"$LAB/paths/web/index.html"
    cat >>"$LAB/paths/httpd.conf" <<END
<Directory "$LAB/paths/web">
    Require all granted
</Directory>
END
}

lab_paths_start() {
    local name
    if ! lab_alive paths-apache; then
        lab_paths_virtual_host
        lab_paths_config narval Narval beluga Béluga
        lab_paths_config beluga Béluga narval Narval
    fi
    for name in narval beluga; do
        lab_portal_pool "paths-$name" "$name.sock" 2 "userportal-$name.ini"
        lab_portal_pool "paths-$name-api" "$name-api.sock" 1 "userportal-$name.ini"
    done
    lab_virtual_host_start paths "$LAB_PORT_PATHS"
}

lab_paths_stop() {
    local name
    lab_virtual_host_stop paths
    for name in narval beluga; do
        lab_end "paths-$name" 30
        lab_end "paths-$name-api" 30
    done
}

lab_sso_start() {
    lab_alive sso-apache || lab_sso_config
    lab_sso_idp_start
    lab_shibd_start
    lab_portal_pool portal-sso sso.sock "$LAB_WORKERS" userportal-sso.ini
    lab_virtual_host_start sso "$LAB_PORT_SSO"
}

lab_sso_stop() {
    lab_paths_stop
    lab_virtual_host_stop sso
    lab_end portal-sso 30
    lab_shibd_stop
    lab_sso_idp_stop
}
