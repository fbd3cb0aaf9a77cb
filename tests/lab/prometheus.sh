# shellcheck shell=bash
# prometheus.sh: Prometheus with the shipped recording rules. Its first samples are blocks made from
# the simulated cluster's files; later ones are scraped from the running simulation.
#
# The targets (simulation/targets.json) have the labels and instances of real exporters, each at a
# path of its own; the address that is scraped is always that of the running simulation.

lab_prometheus_config() {
    local rules=$LAB_SOURCE/rpm/prometheus/userportal.rules.yml
    cat >"$LAB/etc/prometheus.yml" <<END
global:
  scrape_interval: 30s
  scrape_timeout: 25s
  evaluation_interval: 30s
rule_files: [$([ -e "$rules" ] && echo "'$rules'")]
scrape_configs:
  - job_name: simulation
    honor_labels: true
    file_sd_configs:
      - files: ['$LAB/simulation/targets.json']
        refresh_interval: 5s
    relabel_configs:
      - target_label: __address__
        replacement: 127.0.0.1:$LAB_PORT_SIMULATOR
END
}

# lab_prometheus_fill FILE: the few samples of the distant past become one block, rarely two; those
# of other files become one for each day. FILE is marked when its blocks are in place.
lab_prometheus_fill() {
    local block=24h
    case $1 in *-past.om) block=5000h ;; esac
    promtool tsdb create-blocks-from openmetrics --max-block-duration="$block" \
        "$1" "$LAB/prometheus" >>"$LAB/log/promtool.out" 2>&1 || return 1
    : >"$LAB/prometheus/.filled-${1##*/}"
}

# Two files at a time.
lab_prometheus_backfill() {
    local file running=0
    for file in "$LAB"/simulation/metrics*.om; do
        if [ ! -e "$file" ] || [ -e "$LAB/prometheus/.filled-${file##*/}" ]; then continue; fi
        if [ "$running" = 2 ]; then lab_prometheus_filled && running=1; fi
        lab_prometheus_fill "$file" &
        running=$((running + 1))
    done
    while [ "$running" -gt 0 ]; do
        lab_prometheus_filled
        running=$((running - 1))
    done
}

lab_prometheus_filled() { wait -n || lab_die "promtool failed; see $LAB/log/promtool.out"; }

lab_prometheus_start() {
    if ! lab_alive prometheus; then
        lab_prometheus_config
        lab_prometheus_backfill
        lab_port_free "$LAB_PORT_PROMETHEUS" Prometheus
        lab_spawn prometheus prometheus --config.file="$LAB/etc/prometheus.yml" \
            --web.listen-address="127.0.0.1:$LAB_PORT_PROMETHEUS" \
            --storage.tsdb.path="$LAB/prometheus" \
            --storage.tsdb.retention.time=120d --query.max-samples=50000000 --log.level=warn
    fi
    lab_wait prometheus curl -fsS -o /dev/null "http://127.0.0.1:$LAB_PORT_PROMETHEUS/-/ready"
}

lab_prometheus_stop() { lab_end prometheus 30; }
