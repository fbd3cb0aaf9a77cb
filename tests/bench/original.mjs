// What the portal that this one replaces asks Prometheus, for each graph and page that both have:
// its own questions, as that program words them. Data of the bench; nothing else reads them.
const F = 'cluster="narval"';
const MINUTES = 60;

const job = (metric, id) => `${metric}{slurmjobid="${id}",${F}}`;
const cores = (id) => `rate(${job('slurm_job_core_usage_total', id)}[2m])/1000000000`;
const user = (metric, name) => `${metric}{user="${name}",${F}}`;
const account = (metric, name) => `${metric}{account="${name}",${F}}`;
const byUser = (selector) => `sum by (user) (${selector})`;
const hosts = (nodes, suffix) => nodes.map((node) => node + suffix).join('|');

const MEMORY = ['limit', 'max', 'usage', 'cache', 'rss', 'rss_huge', 'mapped_file', 'active_file',
  'inactive_file', 'unevictable'];

const jobOperations = (id) => [
  'sum(rate(lustre_job_stats_total{component=~"mdt",' +
    `jobid=~"${id}",${F}}[5m])) by (operation, fs) !=0`];
const jobBytes = (id) => ['read', 'write'].map((way) =>
  `sum(rate(lustre_job_${way}_bytes_total{component=~"ost",` +
    `jobid=~"${id}",target=~".*-OST.*",${F}}[5m])) by (fs) / (1024*1024)`);

const disks = (nodes, metrics) => metrics.map((metric) =>
  `rate(${metric}{instance=~"${hosts(nodes, ':9100')}",device=~"nvme0n1|sda",${F}}[2m])`);
const infiniband = (nodes) => ['received', 'transmitted'].map((way) =>
  `rate(node_infiniband_port_data_${way}_bytes_total{instance=~"${hosts(nodes, ':9100')}",` +
    `${F}}[2m]) * 8 / (1000*1000*1000)`);

const bare = (from, counted) =>
  `label_replace(${counted}, "instance", "$1", "instance", "${from}")`;

// Watts of a job without GPUs: its chassis by its share of the cores.
const corePower = (id, nodes) => [
  bare('(.*)-oob', 'sum by (instance) (redfish_chassis_power_average_consumed_watts{' +
    `instance=~"${hosts(nodes, '-oob')}",${F}})`) +
  ` * (${bare('(.*):.*',
    `count by (instance) (${job('slurm_job_core_usage_total', id)})`)} / ` +
  `${bare('(.*):.*', 'count by (instance) (node_cpu_seconds_total{mode="idle",' +
    `instance=~"${hosts(nodes, ':9100')}",${F}})`)})`];

const gpuCards = (id) => bare('(.*):.*', `sum by (instance) (${job('slurm_job_power_gpu', id)})`);
const nodeCards = (nodes, how) => bare('(.*):.*', `${how} by (instance) (` +
  `nvidia_gpu_power_usage_milliwatts{instance=~"${hosts(nodes, ':9445')}",${F}})`);
const gpuPower = (id, nodes) => [
  `(${bare('(.*)-oob', 'sum by (instance) (redfish_chassis_power_average_consumed_watts{' +
    `instance=~"${hosts(nodes, '-oob')}",${F}})`)} - ${nodeCards(nodes, 'sum')} / 1000)` +
  ` * (${bare('(.*):.*', `count by (instance) (${job('slurm_job_power_gpu', id)})`)} / ` +
  `${nodeCards(nodes, 'count')}) + ${gpuCards(id)} / 1000`];

// Graphs of a job; a question for each measure, asked over the same points as ours.
export function jobGraphs({id, nodes, gpus}) {
  const rows = {
    'cpu.json?series=all': [cores(id)],
    'mem.json?series=all': MEMORY.map((name) => `${job(`slurm_job_memory_${name}`, id)}` +
      '/(1024*1024*1024)'),
    'lustre_mdt.json': jobOperations(id),
    'lustre_ost.json': jobBytes(id),
    'infiniband_bdw.json?series=all': infiniband(nodes),
    'disk_iops.json?series=all': disks(nodes,
      ['node_disk_reads_completed_total', 'node_disk_writes_completed_total']),
    'disk_bdw.json?series=all': disks(nodes,
      ['node_disk_read_bytes_total', 'node_disk_written_bytes_total']),
    'disk_used.json?series=all': [
      `(node_filesystem_size_bytes{instance=~"${hosts(nodes, ':9100')}",` +
      `mountpoint="/localscratch",${F}} - node_filesystem_avail_bytes{` +
      `instance=~"${hosts(nodes, ':9100')}",mountpoint="/localscratch",${F}})/(1000*1000*1000)`],
    'power.json?series=all': gpus ? gpuPower(id, nodes) : corePower(id, nodes),
    'value/cost.json': gpus ? gpuPower(id, nodes) : corePower(id, nodes),
  };
  if (!gpus) return rows;
  return {
    ...rows,
    'gpu_utilization.json?series=all': [job('slurm_job_utilization_gpu', id)],
    'gpu_memory_utilization.json?series=all': [job('slurm_job_utilization_gpu_memory', id)],
    'gpu_memory.json?series=all': [`${job('slurm_job_memory_usage_gpu', id)}/(1024*1024*1024)`],
    'gpu_power.json?series=all': [`${job('slurm_job_power_gpu', id)}/1000`],
    'gpu_pcie.json?series=all': [`${job('slurm_job_pcie_gpu', id)}/(1024*1024)`],
  };
}

// Numbers of a job's page, each a range over the whole run whose mean or maximum Python makes.
export const jobPage = ({id, gpus}) => [
  `sum(${cores(id)})`, `sum(${job('slurm_job_memory_max', id)})`,
  ...(gpus ? [`sum(${job('slurm_job_utilization_gpu', id)})`,
    `sum(${job('slurm_job_memory_usage_gpu', id)})/(1024*1024*1024)`,
    `sum(${job('slurm_job_power_gpu', id)})/(1000)`] : []),
];

// Graphs of a person's page over the last six hours.
export const userGraphs = (name) => ({
  'cpu.json': [
    `sum(rate(${user('slurm_job_core_usage_total', name)}[1m])) / 1000000000`,
    `count(${user('slurm_job_core_usage_total', name)})`],
  'mem.json': ['limit', 'max', 'usage'].map((what) =>
    `sum(${user(`slurm_job_memory_${what}`, name)})/(1024*1024*1024)`),
  'lustre_mdt.json': ['sum(rate(lustre_job_stats_total{component=~"mdt",' +
    `user=~"${name}",${F}}[5m])) by (operation, fs) !=0`],
  'lustre_ost.json': ['read', 'write'].map((way) =>
    `sum(rate(lustre_job_${way}_bytes_total{component=~"ost",user=~"${name}",` +
    `target=~".*-OST.*",${F}}[5m])) by (fs) / (1024*1024)`),
  'gpu_utilization.json': [
    `count(${user('slurm_job_utilization_gpu', name)})`,
    `sum(${user('slurm_job_utilization_gpu', name)})/100`],
});

// Numbers of a person's page: the last hour, every three minutes.
export const userPage = (name) => [
  `sum(rate(${user('slurm_job_core_usage_total', name)}[2m])/1000000000)`,
  `sum(${user('slurm_job_memory_max', name)})`,
  `sum(${user('slurm_job_utilization_gpu', name)})/100`,
];

const wasted = (allocated, used, name) => [
  `clamp_min(${byUser(account(allocated, name))} - ${byUser(account(used, name))}, 0)`];

// Graphs of an account over 14 days; its Lustre graphs over six hours.
export function accountGraphs(name) {
  const core = ['slurm_job:allocated_core:count_user_account',
    'slurm_job:used_core:sum_user_account'];
  const memory = ['slurm_job:allocated_memory:sum_user_account',
    'slurm_job:rss_memory:sum_user_account'];
  return {
    'cpu_allocated.json?series=all': [byUser(account(core[0], name))],
    'cpu_used.json?series=all': [byUser(account(core[1], name))],
    'cpu_wasted.json?series=all': wasted(...core, name),
    'mem_allocated.json?series=all': [`${byUser(account(memory[0], name))}/(1024*1024*1024)`],
    'mem_used.json?series=all': [`${byUser(account(memory[1], name))}/(1024*1024*1024)`],
    'mem_wasted.json?series=all': wasted(...memory, name),
    'cpu_priority.json': [`sum(${account(core[0], name)})`, `sum(${account(core[1], name)})`,
      account('slurm_account_levelfs', name)],
  };
}

// Top's lists, each an instant question; the second to fourth name the hundred users of the first.
export const topCompute = (users) => {
  const named = (rule) => byUser(`slurm_job:${rule}:sum_user_account{user=~"${users.join('|')}",` +
    `${F}}`);
  return [
    'topk(100, sum by (user) (slurm_job:allocated_core:count_user_account))',
    named('used_core'), named('allocated_memory'), named('max_memory'),
    `topk(100, sum by (user) (slurm_job:allocated_gpu:count_user_account{${F}}))`,
    named('used_gpu'), named('non_idle_gpu'),
  ];
};

// Top's Lustre graphs of six hours: the five heaviest at each point.
export const topLustre = (fs) => ({
  [`lustre_mdt/${fs}.json`]: ['topk(5, sum by (user) (rate(lustre_job_stats_total{' +
    `instance=~"${fs}-mds.*",user!="root",${F}}[5m])))`],
  [`lustre_ost_read/${fs}.json`]: ['topk(5, sum by (user) (rate(lustre_job_read_bytes_total{' +
    `target=~"${fs}.*",${F}}[5m]))) / (1024*1024)`],
});

// The home page's graphs of 24 hours, every five minutes.
export const home = (fs) => ({
  'ost.json': [`lustre:read_bytes:rate3m{fs="${fs}",${F}}`,
    `lustre:write_bytes:rate3m{fs="${fs}",${F}}`],
  'mdt.json': [`sum by (operation) (lustre:metadata:rate3m{fs="${fs}",${F}}) != 0`],
});

export const PAGE_STEP = 3 * MINUTES;
