# shellcheck shell=bash disable=SC2154
# root.sh: the root that the packages are installed into, and how the steps look into it. Sourced by
# check-install.
#   ROOT   the root as processes inside see it        ROOT_WORK   notes beside it
export PATH=$PATH:/usr/sbin:/sbin
ROOT_WORK=/run/portal-rpm
ROOT=$ROOT_WORK/root
repository=$(cd "$here/../../.." && pwd)
failures=0

fail() {
    echo "check-install: $*" >&2
    failures=$((failures + 1))
}
die() {
    echo "check-install: $*" >&2
    tail -n 5 "$ROOT"/var/log/userportal*.log "$ROOT"/var/log/httpd/*.log >&2 2>/dev/null || true
    exit 1
}
PATH_INSIDE=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
inside() { chroot "$ROOT" /usr/bin/env -i PATH="$PATH_INSIDE" LC_ALL=C.UTF-8 HOME=/ "$@"; }

# Everything here is in memory and disappears with the namespace.
make_root() {
    mount -t tmpfs tmpfs /run
    mkdir -p "$ROOT_WORK"/{upper,work,root}
    mount -t overlay overlay -o "lowerdir=/,upperdir=$ROOT_WORK/upper,workdir=$ROOT_WORK/work" \
        "$ROOT"
    mount -t proc proc "$ROOT/proc"
    mount --rbind /dev "$ROOT/dev"
    mount -t tmpfs tmpfs "$ROOT/run"
    mkdir -p "$ROOT/run/systemd/system"
    find "$ROOT/var/log" -mindepth 1 -delete
    make_httpd
    mv "$ROOT/usr/bin/systemctl" "$ROOT/usr/bin/systemctl.real"
    install -m 755 "$here/systemctl" "$ROOT/usr/bin/systemctl"
    # As on EL: no service starts by itself, and rpm is the machine's own package manager.
    echo 'disable *' >"$ROOT/usr/lib/systemd/system-preset/00-disable.preset"
    program rpm '/usr/bin/rpm --force-debian'
    mkdir "$ROOT"/{packages,next}
    cp "$packages"/first/RPMS/*/*.rpm "$ROOT/packages"
    cp "$packages"/second/RPMS/*/*.rpm "$ROOT/next"
    inside getent passwd slurm >/dev/null || inside useradd -r -s /sbin/nologin slurm
    inside rpmdb --initdb
}

# program NAME COMMAND: a program of that name that runs the command with its own arguments.
program() {
    printf '#!/bin/sh\nexec %s "$@"\n' "$2" >"$ROOT/usr/local/bin/$1"
    chmod 755 "$ROOT/usr/local/bin/$1"
}

# What EL has, mainly its package httpd: user, folders, a program of that name. The configuration
# is the lab's, with the modules that EL enables.
make_httpd() {
    inside useradd -r -d /usr/share/httpd -s /sbin/nologin apache
    mkdir -p "$ROOT"/etc/httpd/{conf,conf.d} "$ROOT/var/log/httpd" "$ROOT/run/httpd"
    mkdir -p "$ROOT"/etc/pki/tls/{certs,private} "$ROOT/usr/lib/sysusers.d"
    mkdir -p "$ROOT"/usr/share/{licenses,selinux/packages}
    program httpd 'apache2 -d /etc/httpd -f conf/httpd.conf'
    PORT=$((${LAB_URL##*:} + 23))
    sed -e '/[Ss]hib/d' -e 's|@PLACE@/userportal.conf|/etc/httpd/conf.d/*.conf|' \
        -e 's|@PLACE@/log|/var/log/httpd|' -e 's|@PLACE@/run|/run/httpd|' \
        -e 's|^Include |IncludeOptional |' -e 's|@WEB_USER@|apache|' \
        -e "s|@LISTEN@|Listen 127.0.0.1:$PORT\nListen 127.0.0.1:$((PORT + 1))|" \
        "$repository/tests/lab/httpd.conf" >"$ROOT/etc/httpd/conf/httpd.conf"
}

# What differs from the machine's own root (files that are new, changed or gone, and new folders),
# except for logs, accounts, rpm's own database and the files of the stand-ins.
list_files() {
    local kind path
    {
        find "$ROOT_WORK/upper" -printf '%y %P\n'
        find "$ROOT/run" -printf '%y run/%P\n'
    } | while read -r kind path; do
        if [ "$kind" != d ] || [ ! -d "/$path" ]; then echo "/$path"; fi
    done | grep -vE "$LEFT_ALONE" | sort
}
LEFT_ALONE='^/(var/(lib/rpm|log|tmp)|run/(stand-in|httpd|systemd)|tmp|packages|next)(/|$)'
LEFT_ALONE+='|^/etc/(passwd|group|shadow|gshadow|subuid|subgid)-?$|^/etc/\.pwd\.lock$'

# ---- what an administrator types and sees
TRANSCRIPT=$ROOT_WORK/transcript

# admin COMMAND: run inside; command and output go into the transcript.
admin() {
    local status=0
    echo "# $1" >>"$TRANSCRIPT"
    inside bash -c "cd /packages && $1" >"$ROOT_WORK/out" 2>&1 || status=$?
    tee -a "$TRANSCRIPT" <"$ROOT_WORK/out"
    return "$status"
}
# edits FILE WHAT: adds the line of an edit that the step makes itself.
edits() { echo "# vi $1        # $2" >>"$TRANSCRIPT"; }

transcript_begins() { : >"$TRANSCRIPT"; }
transcript_ends() {
    sed -e "s/localhost:$PORT/portal.example.org/g" -e "s/-0\.[0-9.]*-1\.el9/-VERSION-1.el9/g" \
        "$TRANSCRIPT" >"$packages/install.txt"
}

# docs/install.md has the transcript in its block of the type console.
check_transcript() {
    local page=$repository/docs/install.md
    awk -v file="$packages/install.txt" '
        /^```$/ && inside { inside = 0 }
        !inside { print }
        /^```console$/ { inside = 1; while ((getline line <file) > 0) print line }' \
        "$page" >"$packages/install.md"
    diff -u "$page" "$packages/install.md" >&2 ||
        fail "docs/install.md is not what was seen; see $packages/install.md"
}

finish() {
    inside systemctl stop httpd
    [ "$failures" = 0 ] || die "$failures checks failed"
    echo "installed, started, upgraded without a lost request, erased"
}

# page PATH [USER]: the body; its status must be 200.
page() {
    curl -fsSk ${2:+-u "$2:$2-demo"} "https://localhost:$PORT$1" ||
        fail "no answer from $1 as ${2:-nobody}"
}
status_of() { curl -sk -o /dev/null -w '%{http_code}' "https://localhost:$PORT$1" || true; }

expect() { # expect WHAT WANTED FOUND
    [ "$2" = "$3" ] || fail "$1: wanted '$2', found '$3'"
}
