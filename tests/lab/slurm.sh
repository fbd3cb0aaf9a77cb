# shellcheck shell=bash
# slurm.sh: a real Slurm: munged, slurmdbd, slurmctld and one slurmd for each node, all inside the
# private namespace.
#
# Nodes: lab1 lab2 (64 cores), labg1 (48 cores, four fake A100), labl1 (large memory). They only
# pretend to have that hardware. SlurmUser is root; jobs run as the lab's people. Job numbers begin
# at 60000000, far from the simulated ones in the same tables. AccountingStoragePass must name
# munge's socket: slurmdbd's clients do not look at AuthInfo.

LAB_NODES="lab1 lab2 labg1 labl1"
LAB_ACCOUNTS="alice:def-smith bob:def-smith carol:def-jones staff:def-staff"

lab_munge_start() {
    [ -s "$LAB/munge/key" ] || (umask 077 && head -c 128 /dev/urandom >"$LAB/munge/key")
    lab_alive munged && return
    rm -f "$LAB/munge/sock" "$LAB/munge/sock.lock"
    lab_spawn munged nsenter --mount="/proc/$(lab_pid namespace)/ns/mnt" \
        munged -F --force --num-threads=2 --key-file="$LAB/munge/key" --socket="$LAB/munge/sock" \
        --pid-file="$LAB/run/munged.pid" --log-file="$LAB/log/munged.log" \
        --seed-file="$LAB/munge/seed"
    lab_wait munged test -S "$LAB/munge/sock"
}

lab_slurm_node_line() { # NAME PORT
    local hardware
    case $1 in
        labg*) hardware="CPUs=48 RealMemory=510000 Gres=gpu:a100:4 Features=a100" ;;
        labl*) hardware="CPUs=64 RealMemory=4000000 Features=largemem" ;;
        *) hardware="CPUs=64 RealMemory=249000" ;;
    esac
    echo "NodeName=$1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$2 $hardware"
}

lab_slurm_nodes() {
    local node port=$LAB_PORT_SLURMD
    for node in $LAB_NODES; do
        mkdir -p "$LAB/spool/$node"
        lab_slurm_node_line "$node" "$port"
        port=$((port + 1))
    done
}

lab_slurm_conf() {
    cat <<END
ClusterName=$LAB_CLUSTER
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$LAB_PORT_SLURMCTLD
SlurmUser=root
SlurmdUser=root
FirstJobId=60000000
AuthType=auth/munge
AuthInfo=socket=$LAB/munge/sock
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$LAB/ctld
SlurmdSpoolDir=$LAB/spool/%n
SlurmctldPidFile=$LAB/run/slurmctld.pid
SlurmdPidFile=$LAB/run/slurmd.%n.pid
SlurmctldLogFile=$LAB/log/slurmctld.log
SlurmdLogFile=$LAB/log/slurmd.%n.log
PlugStackConfig=$LAB/etc/plugstack.conf
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=5
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
GresTypes=gpu
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=300
BatchStartTimeout=120
MessageTimeout=60
InactiveLimit=0
KillWait=2
MinJobAge=60
CompleteWait=0
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=5
PriorityType=priority/multifactor
AccountingStorageType=accounting_storage/slurmdbd
AccountingStoragePass=$LAB/munge/sock
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$LAB_PORT_SLURMDBD
AccountingStorageEnforce=associations,limits,qos
AccountingStorageTRES=gres/gpu,gres/gpu:a100
AccountingStoreFlags=job_comment,job_script
$(lab_slurm_nodes)
PartitionName=cpubase Nodes=lab1,lab2 Default=YES MaxTime=7-0 DefMemPerCPU=256 State=UP
PartitionName=gpubase Nodes=labg1 MaxTime=7-0 DefMemPerCPU=256 State=UP
PartitionName=largemem Nodes=labl1 MaxTime=7-0 DefMemPerCPU=256 State=UP
END
}

lab_slurmdbd_conf() {
    cat <<END
AuthType=auth/munge
AuthInfo=socket=$LAB/munge/sock
CommunicationParameters=NoInAddrAny
DbdHost=$(hostname -s)
DbdAddr=127.0.0.1
DbdPort=$LAB_PORT_SLURMDBD
SlurmUser=root
LogFile=$LAB/log/slurmdbd.log
PidFile=$LAB/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$LAB_PORT_MARIADB
StorageUser=slurm
StoragePass=$(lab_password slurm)
StorageLoc=slurm_acct_db
END
}

lab_slurm_config() {
    local gpu
    for gpu in 0 1 2 3; do : >>"$LAB/dev/gpu$gpu"; done
    lab_slurm_conf >"$LAB/etc/slurm.conf"
    (umask 077 && lab_slurmdbd_conf >"$LAB/etc/slurmdbd.conf")
    : >"$LAB/etc/plugstack.conf"
    echo "NodeName=labg1 Name=gpu Type=a100 File=$LAB/dev/gpu[0-3]" >"$LAB/etc/gres.conf"
    echo "CgroupPlugin=cgroup/v1" >"$LAB/etc/cgroup.conf"
}

# lab_slurm COMMAND...: one of Slurm's commands, inside.
lab_slurm() { lab_inside env SLURM_CONF="$LAB/etc/slurm.conf" "$@"; }

lab_slurm_spawn() { # NAME COMMAND...
    local name=$1
    shift
    lab_spawn "$name" env SLURM_CONF="$LAB/etc/slurm.conf" \
        nsenter --mount="/proc/$(lab_pid namespace)/ns/mnt" -- "$@"
}

lab_sacctmgr_add() {
    local said
    said=$(lab_slurm sacctmgr -i add "$@" 2>&1) && return
    grep -q 'Nothing new\|already exist' <<<"$said" || lab_die "sacctmgr add $*: $said"
}

lab_slurm_accounts() {
    local pair
    [ -e "$LAB/run/accounts.done" ] && return
    lab_sacctmgr_add cluster "$LAB_CLUSTER"
    for pair in $LAB_ACCOUNTS; do
        lab_sacctmgr_add account "${pair#*:}" Cluster="$LAB_CLUSTER" Organization=lab \
            Description="${pair#*:}"
        lab_sacctmgr_add user "${pair%:*}" Account="${pair#*:}" Cluster="$LAB_CLUSTER"
    done
    : >"$LAB/run/accounts.done"
}

# lab_slurmdbd_start: makes the tables too, at its first start and when the cluster is added.
lab_slurmdbd_start() {
    lab_munge_start
    if ! lab_alive slurmdbd; then
        lab_slurm_config
        lab_port_free "$LAB_PORT_SLURMDBD" slurmdbd
        lab_slurm_spawn slurmdbd slurmdbd -D
    fi
    lab_wait slurmdbd lab_slurm sacctmgr -n show cluster
    lab_slurm_accounts
}

lab_slurm_nodes_ready() {
    local states
    states=$(lab_slurm sinfo -h -N -o %T) && ! grep -qvE '^(idle|mixed|allocated)$' <<<"$states"
}

lab_slurm_start() {
    local node
    if ! lab_alive slurmctld; then
        lab_port_free "$LAB_PORT_SLURMCTLD" slurmctld
        lab_slurm_spawn slurmctld slurmctld -D
    fi
    lab_wait slurmctld lab_slurm scontrol ping
    for node in $LAB_NODES; do
        lab_alive "slurmd.$node" || lab_slurm_spawn "slurmd.$node" slurmd -D -N "$node"
    done
    lab_wait slurmctld lab_slurm_nodes_ready
}

lab_slurm_no_jobs() { [ -z "$(lab_slurm timeout 5 squeue -h -t R,CG,S 2>/dev/null)" ]; }

# Running jobs are cancelled, so that their rows get their real end.
lab_slurm_cancel_jobs() {
    local state tries=50
    lab_alive slurmctld && lab_alive namespace || return 0
    for state in RUNNING SUSPENDED; do
        lab_slurm timeout 10 scancel --full -t "$state" 2>/dev/null || true
    done
    until lab_slurm_no_jobs || ! ((tries -= 1)); do sleep 0.1; done
}

lab_slurm_stop() {
    local node
    lab_slurm_cancel_jobs
    for node in $LAB_NODES; do lab_end "slurmd.$node" & done
    lab_end slurmctld 30
    wait
    lab_end slurmdbd 30
    lab_end munged
}

# lab_submit USER SCRIPT [SBATCH OPTIONS...]: submits as that person and prints the job's number.
# The environment is emptied because sbatch passes the caller's on to the job.
lab_submit() {
    local user=$1 script=$2
    shift 2
    lab_inside runuser -u "$user" -- env -i PATH=/usr/bin:/bin HOME="$LAB/jobs" \
        USER="$user" LC_ALL=C.UTF-8 SLURM_CONF="$LAB/etc/slurm.conf" USERPORTAL_LAB="$LAB" \
        sbatch --parsable --chdir="$LAB/jobs" "$@" "$script"
}
