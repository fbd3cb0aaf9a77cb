// odd_samples.mjs: the samples of an odd world (odd_world.mjs) as OpenMetrics text, either as they
// should be or with what is odd about each job.
import { cardAt, cardWatts, chassisAt } from './odd_power.mjs';
import { GPU_BYTES, GPU_TYPE, busySeconds, levelAt, memoryAt } from './odd_world.mjs';

const BLANK = 140737488355328; // what DCGM says before it measures
const UNSIGNED = 18446744073709551615;

const text = (value) => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
};

class Series {
  constructor() { this.families = new Map(); }

  add(metric, labels, points) {
    if (points.length === 0) return;
    const names = Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(',');
    const lines = points.map(([time, value]) => `${metric}{${names}} ${text(value)} ${time}`);
    if (!this.families.has(metric)) this.families.set(metric, []);
    this.families.get(metric).push(lines.join('\n'));
  }

  /** Of each metric all series side by side, as the format asks for. */
  text() {
    return [...this.families.values()].flat().concat('# EOF\n').join('\n');
  }
}

/** Moments at which a node is scraped between two times, the ends not included. */
function ticks(node, interval, from, to) {
  const times = [];
  const offset = node.phase % interval;
  for (let t = Math.floor(from / interval) * interval + offset; t < to; t += interval) {
    if (t > from) times.push(t);
  }
  return times;
}

/** Replaces some samples by something that cannot be. */
function spoil(points, value, from) {
  return points.map(([time, good], index) =>
    [time, index === from || index === from + 1 ? value : good]);
}

/** A counter that began anew at a sample. */
function reset(points, at) {
  const base = points[at]?.[1] ?? 0;
  return points.map(([time, value], index) => [time, index < at ? value : value - base]);
}

const GPU_SPOILS = {
  gpu_blank: 100 * BLANK, gpu_nan: NaN, gpu_negative: -1, gpu_infinite: Infinity, gpu_above: 255,
};
const MEMORY_SPOILS = {
  memory_sentinel: UNSIGNED, memory_negative: -4096, memory_nan: NaN, memory_infinite: Infinity,
};

/** Writes one series as the job's oddities make it: once, twice, in parts, spoilt. */
function write(series, { job, odd, now }, metric, labels, points) {
  const has = (name) => odd && job.odd.includes(name);
  const at = job.running ? points.filter(([time]) => time <= now).length - 3
    : Math.floor(points.length * (0.2 + 0.6 * ((job.id * 0.618034) % 1)));
  let kept = points;
  for (const [name, value] of Object.entries(GPU_SPOILS)) {
    if (has(name) && metric === 'slurm_job_utilization_gpu') kept = spoil(kept, value, at);
  }
  for (const [name, value] of Object.entries(MEMORY_SPOILS)) {
    if (has(name) && /^slurm_job_memory_(usage|rss|max)$/.test(metric)) {
      kept = spoil(kept, value, at);
    }
  }
  if (has('power_blank') && metric === 'slurm_job_power_gpu') kept = spoil(kept, UNSIGNED, at);
  if (has('power_spike') && metric === 'slurm_job_power_gpu') kept = spoil(kept, 65535000, at);
  if (has('no_peak') && metric === 'slurm_job_memory_max') return;
  if (has('cores_reset') && metric === 'slurm_job_core_usage_total') kept = reset(kept, at);
  if (has('sparse')) kept = kept.filter((_, index) => index % 2 === 0 || index === kept.length - 1);
  const whole = (more, some = kept) => series.add(metric, { ...labels, ...more }, some);
  if (has('replicas')) {
    whole({ prometheus_replica: 'a' });
    whole({ prometheus_replica: 'b' });
  } else if (has('second_port')) {
    whole({});
    whole({ instance: labels.instance.replace(/:\d+$/, ':19798'), job: 'slurm-job-old' });
  } else if (has('long_name')) {
    whole({});
    whole({ instance: labels.instance.replace(':', '.odd.example.org:') });
  } else if (has('renamed_target')) {
    const half = kept.length >> 1;
    whole({}, kept.slice(0, half));
    whole({ instance: labels.instance.replace(':', '.odd.example.org:') }, kept.slice(half));
  } else if (has('account_error')) {
    whole({}, kept.filter((_, index) => index !== at));
    whole({ account: 'error' }, kept.slice(at, at + 1));
  } else if (has('gpu_renumbered') && labels.gpu !== undefined) {
    whole({}, kept.slice(0, at));
    whole({ gpu: String(Number(labels.gpu) + 4) }, kept.slice(at));
  } else {
    whole({});
  }
}

function writeJob(series, world, job, odd) {
  for (const node of job.nodes) {
    const times = ticks(node, world.interval, job.start, job.end);
    const instance = `${node.name.toLowerCase()}:9798`;
    const labels = {
      instance, job: 'slurm-job', cluster: 'narval', user: job.person.login,
      account: job.person.account, slurmjobid: String(job.id),
    };
    const put = (metric, more, value) => write(series, { job, odd, now: world.now },
      metric, { ...labels, ...more }, times.map((time) => [time, value(time - job.start)]));
    const firstCore = job.slots[0] * (node.cores / 4);
    for (let core = 0; core < job.cores_per_node; core += 1) {
      put('slurm_job_core_usage_total', { core: String(firstCore + core) },
        (t) => Math.round(1e9 * busySeconds(job.core, job, t)));
    }
    put('slurm_job_memory_usage', {}, (t) => memoryAt(job, t));
    put('slurm_job_memory_rss', {}, (t) => Math.round(0.9 * memoryAt(job, t)));
    put('slurm_job_memory_max', {}, (t) => memoryAt(job, t));
    put('slurm_job_memory_limit', {}, () => job.memory_per_node);
    for (let index = 0; index < job.gpus_per_node; index += 1) {
      const gpu = job.slots[0] * (node.gpus / 4) + index;
      const card = {
        gpu: String(gpu), gpu_type: GPU_TYPE, uuid: `GPU-${node.name.toLowerCase()}-${gpu}`,
      };
      const level = (t) => levelAt(job.gpu, job, t);
      put('slurm_job_utilization_gpu', card, (t) => Math.round(10000 * level(t)) / 100);
      put('slurm_job_memory_usage_gpu', card, () => job.gpu_bytes);
      put('slurm_job_memory_total_gpu', card, () => GPU_BYTES);
      put('slurm_job_power_gpu', card, (t) => Math.round(1000 * cardWatts(level(t))));
    }
  }
}

/** Idle time of a node's cores. Only how many there are is read: seldom, but within each run. */
function writeCores(series, world, node) {
  const times = new Set(world.byNode.get(node).map(({ end }) => end - 60));
  for (let t = world.begin; t < world.now + 1800; t += 900) times.add(t);
  const points = [...times].sort((a, b) => a - b).map((time) => [time, time - world.begin]);
  for (let cpu = 0; cpu < node.cores; cpu += 1) {
    series.add('node_cpu_seconds_total', { instance: `${node.name.toLowerCase()}:9100`,
      job: 'node', cluster: 'narval', cpu: String(cpu), mode: 'idle' }, points);
  }
}

function writeNode(series, world, node, odd) {
  const times = ticks(node, 60, world.begin, world.now + 1800);
  const name = node.name.toLowerCase();
  const labels = { instance: `${name}-oob`, job: 'redfish', cluster: 'narval', chassis_id: '1' };
  const watts = times.map((time) => [time, Math.round(chassisAt(world, node, time))]);
  const cards = Array.from({ length: node.gpus }, (_, gpu) =>
    times.map((time) => [time, cardAt(world, node, gpu, time)]));
  const whole = watts.map(([time, value], index) =>
    [time, cards.reduce((sum, card) => sum + card[index][1], value)]);
  const metric = 'redfish_chassis_power_average_consumed_watts';
  const spiked = [...whole];
  // A meter that says the most that 16 bits can, once, half-way through a job.
  for (const job of odd ? world.byNode.get(node) : []) {
    const half = (job.start + job.end) / 2;
    const at = job.odd.includes('chassis_spike') ? whole.findIndex(([time]) => time > half) : -1;
    if (at >= 0) spiked[at] = [whole[at][0], 65535];
  }
  const parts = odd && world.byNode.get(node).some((job) => job.odd.includes('chassis_parts'));
  series.add(metric, parts ? { ...labels, part: 'Server Power Control' } : labels, spiked);
  if (parts) {
    const part = (name_, share) => series.add(metric, { ...labels, part: name_ },
      whole.map(([time, value]) => [time, Math.round(share * value)]));
    part('CPU Sub-system Power', 0.6);
    part('Memory Sub-system Power', 0.15);
  }
  for (const [gpu, points] of cards.entries()) {
    series.add('nvidia_gpu_power_usage_milliwatts',
      { instance: `${name}:9445`, job: 'nvidia', cluster: 'narval', minor_number: String(gpu),
        uuid: `GPU-${name}-${gpu}` },
      points.map(([time, value]) => [time, Math.round(1000 * value)]));
  }
}

/** All samples of a world; `odd` with what is odd about them. */
export function samplesOf(world, odd) {
  const series = new Series();
  for (const job of world.jobs) writeJob(series, world, job, odd);
  for (const node of world.nodes) {
    writeNode(series, world, node, odd);
    writeCores(series, world, node);
  }
  return series.text();
}
