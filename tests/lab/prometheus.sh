# shellcheck shell=bash
# prometheus.sh: Prometheus with the shipped recording rules. Its first samples are blocks made from
# the simulated cluster's files; later ones are scraped from the running simulation.
#
# The targets (simulation/targets.json) bear the labels and instances of real exporters, each behind
# a path of its own; the address scraped is always that of the running simulation.

lab_prometheus_config() {
    local rules=$LAB_SOURCE/rpm/prometheus/userportal.rules.yml
    cat >"$LAB/etc/prometheus.yml" <<END
global:
  scrape_interval: 30s
  scrape_timeout: 10s
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

# Each file becomes blocks, once: the few samples of the far past one or two, others one for each
# day. A file is marked when its blocks are in place.
lab_prometheus_backfill() {
    local file mark block
    for file in "$LAB"/simulation/metrics*.om; do
        mark=$LAB/prometheus/.filled-${file##*/}
        if [ ! -e "$file" ] || [ -e "$mark" ]; then continue; fi
        block=24h
        case $file in *-past.om) block=2400h ;; esac
        promtool tsdb create-blocks-from openmetrics --max-block-duration="$block" \
            "$file" "$LAB/prometheus" >>"$LAB/log/promtool.out" 2>&1 ||
            lab_die "promtool failed; see $LAB/log/promtool.out"
        : >"$mark"
    done
}

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
    lab_wait prometheus 120 curl -fsS -o /dev/null "http://127.0.0.1:$LAB_PORT_PROMETHEUS/-/ready"
}

lab_prometheus_stop() { lab_end prometheus 30; }
