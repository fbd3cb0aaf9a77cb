# shellcheck shell=bash
# namespace.sh: the mount namespace in which Slurm lives. It has its own /etc/passwd and
# /etc/group: those of the machine plus the people of the directory, so that jobs run as them
# without adding them to the machine.
#
# A process that only sleeps ("namespace") keeps it alive. Servers and commands enter it with
# lab_inside.

# lab_people_records FILE: "login uid gid" of each posixAccount in an LDIF.
lab_people_records() {
    awk -F ': ' '
        /^dn: / { login = uid = gid = "" }
        $1 == "uid" { login = $2 } $1 == "uidNumber" { uid = $2 } $1 == "gidNumber" { gid = $2 }
        login && uid && gid { print login, uid, gid; login = "" }' "$1"
}

lab_namespace_files() {
    local people=$LAB/simulation/people.ldif
    [ -e "$people" ] || people=$LAB_SOURCE/tests/lab/ldap/lab.ldif
    cp /etc/passwd "$LAB/etc/passwd"
    cp /etc/group "$LAB/etc/group"
    lab_people_records "$people" | awk -v home="$LAB/jobs" -v group="$LAB/etc/group" '
        BEGIN { while ((getline line <group) > 0) { split(line, field, ":"); known[field[3]] = 1 } }
        { print $1 ":x:" $2 ":" $3 "::" home ":/bin/bash" }
        !known[$3]++ { print "lab" $3 ":x:" $3 ":" >>group }' >>"$LAB/etc/passwd"
    chmod 644 "$LAB/etc/passwd" "$LAB/etc/group"
}

# lab_inside COMMAND...: runs COMMAND (a program) in the namespace.
lab_inside() {
    nsenter --mount="/proc/$(lab_pid namespace)/ns/mnt" --wd="$PWD" -- "$@"
}

# Whether the lab's user is in the namespace's passwd: false before the first mount, and after the
# machine's own file was replaced (by the installation of a package), which removes a mount on it.
lab_namespace_mounted() {
    lab_inside grep -q "^$LAB_USER:x:.*:$LAB/jobs:" /etc/passwd 2>/dev/null
}

lab_namespace_mount() {
    local file
    for file in passwd group; do
        lab_inside mount --bind "$LAB/etc/$file" "/etc/$file" || return 1
    done
}

lab_namespace_separate() {
    [ "$(readlink "/proc/$(lab_pid namespace)/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ]
}

lab_namespace_start() {
    if ! lab_alive namespace; then
        lab_spawn namespace unshare --mount --propagation private sleep infinity
        lab_wait namespace lab_namespace_separate
    fi
    lab_namespace_mounted && return
    lab_namespace_files
    lab_namespace_mount || lab_die "cannot mount in a private namespace: CAP_SYS_ADMIN is needed"
}

lab_namespace_stop() { lab_end namespace; }
