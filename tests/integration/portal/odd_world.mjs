// odd_world.mjs: a second cluster, made apart from the simulator and from nothing but a seed:
// people run jobs on its nodes, and each job has a truth that can be calculated. What is odd about
// a job (its samples, its rows) is an item of a list, applied by odd_samples.mjs and
// odd_world_rows.mjs.
import { seeded } from './lib.mjs';

const GIB = 2 ** 30;
export const GPU_TYPE = 'NVIDIA A100-SXM4-40GB';
export const GPU_BYTES = 40 * GIB;
const NODE_BYTES_PER_CORE = 4 * GIB;
const SLOTS = 4; // parts of a node that jobs are given

/** What sites do to the samples of a job. They change no number of it. */
export const SAMPLE_ODDITIES = [
  'replicas', 'second_port', 'account_error', 'long_name', 'gpu_blank', 'gpu_nan', 'gpu_negative',
  'gpu_infinite', 'gpu_above', 'memory_sentinel', 'memory_negative', 'memory_nan',
  'memory_infinite', 'power_blank', 'no_peak', 'gpu_renumbered', 'cores_reset', 'chassis_parts',
  'sparse', 'renamed_target', 'power_spike', 'chassis_spike',
];

/** What Slurm's rows look like now and then. */
export const ROW_ODDITIES = [
  'end_before_start', 'no_length', 'never_ended', 'final_without_end', 'suspended_longer',
  'sentinel_limit', 'sentinel_memory', 'exclusive', 'no_gres', 'no_steps', 'steps_without_seconds',
  'extern_only', 'too_much_time', 'reused_number', 'empty_tres', 'odd_name', 'no_partition',
];

const NODE_NAMES = [
  (index) => `ox${String(index).padStart(3, '0')}`,
  (index) => `C-${Math.floor(index / 8)}-${index % 8}`,
  (index) => `GRA${index + 1}`,
  (index) => `${1 + (index >> 3)}u-a${index % 8}`,
];

const AHEAD_S = 1800; // samples of what runs go on while the tests do

const pick = (random, list) => list[Math.floor(random() * list.length)];
const between = (random, low, high) => low + random() * (high - low);
/** A length whose logarithm is even between two lengths. */
const length = (random, low, high) => Math.round(low * (high / low) ** random());

function makeNodes(random, names) {
  return Array.from({ length: 24 }, (_, index) => {
    const gpus = index % 3 === 2 ? 4 : 0;
    return {
      name: names(index), cores: gpus > 0 ? 48 : 32, gpus, phase: Math.floor(random() * 1000),
      idle_w: Math.round(between(random, 120, 250)), span_w: Math.round(between(random, 200, 400)),
    };
  });
}

/** Busy share of something: one level, then another from `turn` on. */
function makeLevels(random) {
  return { first: random(), then: random(), turn: between(random, 0.2, 0.8) };
}

/** Nodes of a job, and which parts of each: whole ones of one kind side by side, or some of one. */
function drawPlace(random, nodes) {
  const node = pick(random, nodes);
  const alike = nodes.filter(({ gpus }) => gpus === node.gpus);
  const many = alike.slice(0, 2 + Math.floor(random() * 3));
  const first = Math.floor(random() * SLOTS);
  const kind = random();
  if (kind < 0.12) return { used: many, slots: [0, 1, 2, 3] };
  if (kind < 0.25) return { used: [node], slots: first < 2 ? [0, 1] : [2, 3] };
  return { used: [node], slots: [first] };
}

/** Cards of a job on each node: some have none, some fewer than their part of the node has. */
function drawCards(random, most) {
  if (most === 0 || random() < 0.35) return 0;
  return random() < 0.5 ? most : Math.ceil(random() * most);
}

/** A job on parts of nodes, once they are free; null if it would be over after `latest`. */
function makeJob(random, { people, free }, { used, slots }, { latest, length_s }) {
  const person = pick(random, people);
  const busy = used.flatMap((node) => slots.map((slot) => free.get(node)[slot]));
  const start = Math.max(...busy) + Math.floor(random() * 600);
  const end = start + length_s;
  if (end > latest) return null;
  for (const node of used) for (const slot of slots) free.get(node)[slot] = end;
  const share = slots.length / SLOTS;
  const { cores, gpus } = used[0];
  const given = random() < 0.2 ? cores * share / 2 : cores * share;
  const peak = Math.round(between(random, 0.05, 0.95) * given * NODE_BYTES_PER_CORE);
  return {
    person, nodes: used, slots, start, end, running: false, cores_per_node: given,
    gpus_per_node: drawCards(random, gpus * share),
    memory_per_node: given * NODE_BYTES_PER_CORE, peak, core: makeLevels(random),
    gpu: makeLevels(random), gpu_bytes: Math.round(between(random, 0.05, 0.95) * GPU_BYTES),
    odd: [], odd_row: null,
  };
}

/** What runs now: one job on two of five free parts of a node, for three hours at most. */
function stillRunning(random, place, now) {
  const jobs = [];
  for (const node of place.nodes) {
    for (const [slot, since] of place.free.get(node).entries()) {
      const start = Math.max(since + 60, now - length(random, 1200, 3 * 3600));
      if (start > now - 1200 || random() < 0.6) continue;
      const job = makeJob(random, place, { used: [node], slots: [slot] },
        { latest: Infinity, length_s: 0 });
      Object.assign(job, { start, end: now + AHEAD_S, running: true });
      jobs.push(job);
    }
  }
  return jobs;
}

/**
 * A cluster of `count` finished jobs within the last `hours`, and of some that run. `people` is a
 * list of {login, uid, account, assoc}. About every second job has something odd about its samples,
 * about every eighth about its rows; of each kind there are some.
 */
export function makeWorld(seed, { people, now, count = 350, hours = 30 }) {
  const random = seeded(seed);
  const nodes = makeNodes(random, pick(random, NODE_NAMES));
  const interval = pick(random, [15, 30, 60]);
  const begin = now - hours * 3600;
  const free = new Map(nodes.map((node) => [node, Array(SLOTS).fill(begin)]));
  const place = { people, nodes, free };
  const jobs = [];
  for (let tries = 0; jobs.length < count && tries < 20 * count; tries += 1) {
    const length_s = length(random, 12 * interval, 3 * 3600);
    const job = makeJob(random, place, drawPlace(random, nodes), { latest: now - 900, length_s });
    if (job) jobs.push(job);
  }
  jobs.push(...stillRunning(random, place, now));
  for (const [index, job] of jobs.entries()) {
    if (index % 2 === 1) job.odd = [SAMPLE_ODDITIES[(index >> 1) % SAMPLE_ODDITIES.length]];
    if (index % 8 === 0 && !job.running) {
      job.odd_row = ROW_ODDITIES[(index >> 3) % ROW_ODDITIES.length];
    }
    Object.assign(job, { index, id: 91_000_000 + index });
  }
  const byNode = new Map(nodes.map((node) =>
    [node, jobs.filter((job) => job.nodes.includes(node))]));
  return { seed, now, interval, nodes, jobs, begin, byNode };
}

/** Seconds that something with these levels was busy until `t` seconds after the start. */
export function busySeconds({ first, then, turn }, job, t) {
  const at = turn * (job.end - job.start);
  return first * Math.min(t, at) + then * Math.max(0, t - at);
}

/** Its level at that moment. */
export const levelAt = ({ first, then, turn }, job, t) =>
  (t <= turn * (job.end - job.start) ? first : then);

/** Memory that a node of the job holds at that moment: it grows for a third of the run. */
export function memoryAt(job, t) {
  const grows = (job.end - job.start) / 3;
  return Math.round(job.peak * (0.3 + 0.7 * Math.min(1, t / grows)));
}

/** What is true of a job. */
export function truthOf(job) {
  const run = job.end - job.start;
  const nodes = job.nodes.length;
  return {
    cores: job.cores_per_node * nodes * busySeconds(job.core, job, run) / run,
    allocated: job.cores_per_node * nodes,
    memory: job.peak * nodes,
    gpus: job.gpus_per_node * nodes,
    gpu: busySeconds(job.gpu, job, run) / run,
    gpu_memory: job.gpu_bytes * job.gpus_per_node * nodes,
  };
}
