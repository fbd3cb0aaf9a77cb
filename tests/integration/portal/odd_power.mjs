// odd_power.mjs: what the nodes of an odd world (odd_world.mjs) take, and whose it is: a card is
// its job's; the rest of a node is shared by cores; what nobody has is nobody's.
import { levelAt } from './odd_world.mjs';

const IDLE_W = 50;
const FULL_W = 400;
const STEP_S = 15;

/** Watts of a card that is busy for that share of the time. */
export const cardWatts = (level) => IDLE_W + (FULL_W - IDLE_W) * level;

const runningAt = (world, node, time) =>
  world.byNode.get(node).filter((job) => time > job.start && time <= job.end);

/** Watts of a node's chassis without its cards. */
export function chassisAt(world, node, time) {
  const busy = runningAt(world, node, time).reduce((sum, job) =>
    sum + job.cores_per_node * levelAt(job.core, job, time - job.start), 0);
  return node.idle_w + node.span_w * busy / node.cores;
}

/** Watts of one of a node's cards. */
export function cardAt(world, node, gpu, time) {
  for (const job of runningAt(world, node, time)) {
    const first = job.slots[0] * (node.gpus / 4);
    if (gpu < first || gpu >= first + job.gpus_per_node) continue;
    return cardWatts(levelAt(job.gpu, job, time - job.start));
  }
  return IDLE_W;
}

/**
 * Joules that a node takes from the world's beginning to `until`: {whole, nobody, jobs}, of which
 * `jobs` is a map.
 */
export function energyOf(world, node, until) {
  const energy = { whole: 0, nobody: 0, jobs: new Map() };
  for (let time = world.begin + STEP_S / 2; time < until; time += STEP_S) {
    const chassis = chassisAt(world, node, time);
    energy.whole += STEP_S * chassis;
    for (let gpu = 0; gpu < node.gpus; gpu += 1) {
      energy.whole += STEP_S * cardAt(world, node, gpu, time);
    }
    let [cores, cards] = [node.cores, node.gpus];
    for (const job of runningAt(world, node, time)) {
      const own = job.gpus_per_node * cardWatts(levelAt(job.gpu, job, time - job.start));
      const joules = STEP_S * (job.cores_per_node * chassis / node.cores + own);
      energy.jobs.set(job, (energy.jobs.get(job) ?? 0) + joules);
      cores -= job.cores_per_node;
      cards -= job.gpus_per_node;
    }
    energy.nobody += STEP_S * (cores * chassis / node.cores + cards * IDLE_W);
  }
  return energy;
}

/** The most that a job can take on one of its nodes, in watts. */
export const mostWatts = (job, node) => FULL_W * job.gpus_per_node
  + (node.idle_w + node.span_w) * job.cores_per_node / node.cores;
