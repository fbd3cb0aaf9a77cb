// What must be so whatever a site's data are like, over a second cluster made from a seed
// (odd_world.mjs): the same jobs once as they should be and once with what sites have made odd
// about samples and rows. SEEDS is a list of seeds, JOBS how many finished jobs each has.
import assert from 'node:assert/strict';
import { askAgain, each, integral, runTests, test, words } from './lib.mjs';
import { energyOf, mostWatts } from './odd_power.mjs';
import { bars, jobPage, readWorld } from './odd_reading.mjs';
import { peopleOfSlurm, serveWorld } from './odd_servers.mjs';
import { makeWorld, truthOf } from './odd_world.mjs';

const SEEDS = (process.env.SEEDS ?? '1 2 3').split(/[ ,]+/).map(Number);
const JOBS = Number(process.env.JOBS ?? 340);
const TOLERANCE = 0.02;
const LONG = 30; // scrapes
const DAY = 86400;
const KWH = 3.6e6; // joules
const POWER_S = 60; // between two samples of power
const LIVE = 0.1; // two looks at what runs are some seconds apart, and it was seen for minutes
const HOURS = 0.1; // of an account: samples that are lost are few of all

const people = await peopleOfSlurm();
const name = (job) =>
  `${job.id} (${[...job.odd, job.odd_row].filter((one) => one).join(', ') || 'plain'})`;
const scrapes = (world, job) => (Math.min(job.end, world.now) - job.start) / world.interval;

/** Whether two numbers of one thing agree; one that is not there agrees with itself only. */
const agree = (left, right, share = TOLERANCE) => (left === null || right === null
  ? left === right : Math.abs(left - right) <= Math.max(share * Math.abs(left), 1e-9));

/** The same, or no further apart than so many scrapes of something of that size can be. */
const nearBy = (left, right, share, { scrapes: lost, of, whole }) =>
  agree(left, right, share) || (left !== null && right !== null
    && Math.abs(left - right) <= lost * whole / of);

/** Gathers what is wrong, and how many values were compared; fails if any is wrong. */
class Comparison {
  constructor() { Object.assign(this, { wrong: [], count: 0 }); }

  see(right, what) {
    this.count += 1;
    if (!right) this.wrong.push(what());
  }

  end(least) {
    const few = this.wrong.slice(0, 40).join('\n');
    assert.equal(this.wrong.length, 0, `${this.wrong.length} of ${this.count}:\n${few}`);
    assert.ok(this.count >= least, `${this.count} values`);
    return `${this.count} values`;
  }
}

function everyPage({ world, good, bad }, seen) {
  assert.ok(world.jobs.length >= 0.8 * JOBS, `${world.jobs.length} jobs`);
  for (const { job, status } of [...good.jobs, ...bad.jobs]) {
    seen.see(status === 200, () => `${name(job)}: ${status}`);
  }
}

/** Of a run the first and the last moments are seen by no scrape: two of them at most. */
function trueNumbers({ world, good }, seen) {
  for (const { job, table } of good.jobs) {
    if (job.running) continue;
    const truth = truthOf(job);
    const of = scrapes(world, job);
    const check = (row, want, whole) => {
      const got = table[row]?.used ?? null;
      seen.see(nearBy(want, got, 0.01, { scrapes: 2, of, whole }),
        () => `${name(job)}: ${row} ${got}, truth ${want}`);
    };
    check('CPU cores', truth.cores, truth.allocated);
    check('Memory', truth.memory, 0);
    if (truth.gpus === 0) continue;
    check('GPU memory', truth.gpu_memory, 0);
    check('GPU use', truth.gpu, 1);
  }
}

function sharesThatCanBe({ bad }, seen) {
  for (const { job, text, table } of bad.jobs) {
    for (const bar of bars(text)) {
      seen.see(bar.share <= 1.001 || bar.grade !== 'is-good',
        () => `${name(job)}: ${JSON.stringify(bar)}`);
    }
    if (job.odd_row === 'too_much_time') continue;
    for (const [row, { used, allocated }] of Object.entries(table)) {
      if (row === 'Time' || !(allocated > 0)) continue;
      seen.see(!(used > 1.02 * allocated), () => `${name(job)}: ${row} ${used} of ${allocated}`);
    }
  }
}

/** Odd samples change no number of a job's page but by the samples that it then lacks. */
function samePages({ world, good, bad }, seen) {
  for (const [index, { job, table }] of good.jobs.entries()) {
    if (job.odd_row) continue;
    const of = scrapes(world, job);
    const share = (job.running ? LIVE : TOLERANCE) + (job.odd.includes('sparse') ? 6 : 3) / of;
    for (const [row, { used, value, allocated }] of Object.entries(table)) {
      const twin = bad.jobs[index].table[row];
      const [mine, other] = [used ?? value ?? null, twin?.used ?? twin?.value ?? null];
      const whole = allocated ?? (row === 'GPU use' ? 1 : 0);
      const lost = job.odd.includes('cores_reset') ? 5 : 2;
      seen.see(nearBy(mine, other, share, { scrapes: lost, of, whole }),
        () => `${name(job)}: ${row} ${other}, without the oddity ${mine}`);
    }
  }
}

/** The list has of a finished job what Slurm counted, the page what was sampled. */
function listAndPage({ world, good }, seen) {
  for (const { job, table } of good.jobs) {
    const cells = good.lists.get(job.id);
    if (job.running || !cells) continue;
    for (const [row, label] of [['CPU cores', 'Cores'], ['Memory', 'Memory']]) {
      const page = table[row].used / table[row].allocated;
      seen.see(agree(page, cells[label], 0.03 + 3 / scrapes(world, job)),
        () => `${name(job)}: list ${cells[label]}, page ${page}`);
    }
  }
}

/** Of counters that began anew a moment ago what grew up to then since the last scrape is lost. */
function sameLists({ world, good, bad }, seen) {
  for (const job of world.jobs) {
    if (!job.running || /sparse/.test(job.odd)) continue;
    const lost = /cores_reset/.test(job.odd) ? 2 * world.interval / 300 : 0;
    for (const [label, want] of Object.entries(good.lists.get(job.id) ?? {})) {
      const got = bad.lists.get(job.id)?.[label] ?? null;
      seen.see(agree(want, got, LIVE + lost),
        () => `${name(job)}: ${label} ${got}, without ${want}`);
    }
  }
}

/** Rows of a table that name a person, in both portals; `held` is what may differ besides. */
function sameRows(rows, twins, seen, { where, share, held = () => 0 }) {
  for (const row of rows) {
    const twin = twins.find((other) => other.name === row.name);
    for (const [label, cell] of Object.entries(row)) {
      if (label === 'name' || cell.value === null) continue;
      const got = twin?.[label]?.value ?? null;
      seen.see(agree(cell.value, got, share)
        || (got !== null && Math.abs(cell.value - got) <= held(row.name, label)),
        () => `${where} ${row.name}: ${label} ${got}, without the oddities ${cell.value}`);
    }
  }
}

/**
 * Whoever has a job whose labels change is left out: a real Prometheus marks the end of the series
 * that gave way, samples from a file cannot. So is who has one whose counters began
 * anew a moment ago: of four minutes one is not known then.
 */
function sameTop({ world, good, bad }, seen) {
  const changing = new Set(world.jobs.filter(({ running, odd }) =>
    running && /account_error|gpu_renumbered|cores_reset/.test(odd))
    .map(({ person }) => person.login));
  for (const [table, rows] of good.top) {
    const some = rows.filter((row) => !changing.has(row.name));
    sameRows(some, bad.top.get(table), seen, { where: `top ${table}`, share: 2 * LIVE });
  }
}

/**
 * Samples that cannot be are missing in the hours of use, and so add to those of waste. Where a
 * GPU gets another number its former series is seen for five minutes more: samples from a file do
 * not mark its end.
 */
function sameAccounts({ world, good, bad }, seen) {
  const held = (person, label) => world.jobs
    .filter(({ person: { login }, odd }) => login === person && odd.includes('gpu_renumbered'))
    .reduce((hours, job) => hours + job.gpus_per_node * job.nodes.length / 12, 0)
    * (label.includes('GPU') ? 1 : 0);
  for (const [account, rows] of good.accounts) {
    const used = rows.map((row) => Object.fromEntries(
      Object.entries(row).filter(([label]) => !label.startsWith('Wasted'))));
    sameRows(used, bad.accounts.get(account), seen, { where: account, share: HOURS, held });
  }
}

/**
 * The hours of a person in an account are those of their jobs of the last day, and the total is
 * that of its members. A job counts until its last sample is five minutes old.
 */
function hoursAddUp({ world, good }, seen) {
  for (const [account, rows] of good.accounts) {
    const label = 'Allocated (core-hours)';
    const members = rows.filter(({ name: login }) => login !== 'Total');
    const sum = members.reduce((all, row) => all + (row[label]?.value ?? 0), 0);
    const total = rows.find(({ name: login }) => login === 'Total')?.[label]?.value;
    if (total !== undefined) {
      seen.see(agree(total, sum, 0.001), () => `${account}: members ${sum}, total ${total}`);
    }
    for (const row of members) {
      const [least, most] = [0, 480].map((after) => world.jobs.reduce((all, job) => {
        if (job.person.account !== account || job.person.login !== row.name) return all;
        const from = Math.max(job.start, world.now - DAY);
        const to = Math.min(job.end, world.now) + after;
        return all + Math.max(0, to - from) * job.cores_per_node * job.nodes.length / 3600;
      }, 0));
      const got = row[label]?.value ?? 0;
      seen.see(got >= 0.97 * least - 1 && got <= 1.03 * most + 1,
        () => `${account} ${row.name}: ${got} core-hours, by the jobs ${least} to ${most}`);
    }
  }
}

/** A graph of all lines has each core once, and their time is that of the page. */
async function coresOnce({ world, odd }, seen) {
  const some = world.jobs.filter((job, index) =>
    !job.odd_row && !job.running && index % 3 === 1);
  await each(some, async (job) => {
    const answer = await askAgain(odd.url, `${jobPage(job)}graph/cpu.json?series=all`);
    assert.equal(answer.status, 200, name(job));
    const { grid, graphs: [graph] } = answer.json();
    const truth = truthOf(job);
    seen.see(graph.series.length <= truth.allocated,
      () => `${name(job)}: ${graph.series.length} lines of ${truth.allocated} cores`);
    if (scrapes(world, job) < LONG) return; // a rate looks back over four intervals
    const [got, want] = [integral(graph, grid), truth.cores * (job.end - job.start)];
    const of = scrapes(world, job);
    const whole = truth.allocated * (job.end - job.start);
    seen.see(nearBy(want, got, 0.04, { scrapes: 5, of, whole }),
      () => `${name(job)}: ${got} core-seconds, truth ${want}`);
  }, 3);
}

/** Joules of a job on each of its nodes until then, by its graph. */
async function joulesByNode(url, job, until) {
  const answer = await askAgain(url, `${jobPage(job)}graph/power.json?series=all`);
  assert.equal(answer.status, 200, name(job));
  const { grid, graphs: [graph] } = answer.json();
  const end = Math.min(job.end, until);
  return new Map(graph.series.map(({ labels, values }) => [labels.node, values.reduce(
    (sum, watts, index) => {
      const at = grid.start + index * grid.step;
      const from = index === 0 ? job.start : at - grid.step / 2;
      const to = index === values.length - 1 ? end : at + grid.step / 2;
      return sum + (watts ?? 0) * Math.max(0, Math.min(to, end) - Math.max(from, job.start));
    }, 0)]));
}

/** The same by the page of a job that ran on one node. */
async function joulesOnNodes(url, { job, table }, until) {
  if (job.running || job.nodes.length > 1) return joulesByNode(url, job, until);
  return new Map([[job.nodes[0].name, (table.Energy?.value ?? NaN) * KWH]]);
}

/** The jobs of a node and nobody make its energy, and each job has what is its own. */
async function energyAddsUp({ world, plain, good }, seen) {
  const until = world.now - 900;
  const all = await each(good.jobs, async (one) =>
    ({ job: one.job, shown: await joulesOnNodes(plain.url, one, until) }), 3);
  for (const node of world.nodes) {
    const { whole, nobody, jobs } = energyOf(world, node, until);
    let sum = nobody;
    for (const { job, shown } of all.filter(({ job: { nodes } }) => nodes.includes(node))) {
      const got = shown.get(node.name) ?? NaN;
      sum += got;
      const run = Math.min(job.end, until) - job.start;
      const most = { scrapes: 2, of: run / POWER_S, whole: run * mostWatts(job, node) };
      seen.see(nearBy(jobs.get(job) ?? 0, got, TOLERANCE, most),
        () => `${name(job)}: ${got} J on ${node.name}, truth ${jobs.get(job)}`);
    }
    seen.see(agree(whole, sum, 0.01),
      () => `${node.name}, ${node.gpus} GPUs: jobs and nobody ${sum} J, node ${whole} J`);
  }
}

function noSentinels({ bad }, seen) {
  for (const { job, text } of bad.jobs) {
    const found = /NaN|Infinity|undefined|18446744|4294967|9223372/.exec(words(text));
    seen.see(!found, () => `${name(job)}: ${found[0]}`);
  }
}

async function serversEnd({ plain, odd }, seen) {
  for (const portal of [plain, odd]) {
    seen.see(!/worker\.ended/.test(portal.log()), () => portal.log().slice(-2000));
    await portal.stop();
  }
}

const CHECKS = [
  ['every job has its page, and no page fails', everyPage],
  ['the numbers of plain jobs are true', trueNumbers],
  ['no share is above all of it, or called good then', sharesThatCanBe],
  ['odd samples change no number of a page', samePages],
  ['lists say of a finished job what its page says', listAndPage],
  ['odd samples change nothing of what runs in lists', sameLists, 20],
  ['odd samples change nothing of Top', sameTop, 10],
  ['odd samples change nothing of accounts', sameAccounts, 50],
  ['hours of accounts are those of the jobs of their members', hoursAddUp, 10],
  ['graphs show each core once, for as long as it was busy', coresOnce, 50],
  ['the energy of a node is that of its jobs and of nobody', energyAddsUp],
  ['no page shows a number that stands for none', noSentinels],
  ['the servers of this world end', serversEnd, 2],
];

async function put(seed) {
  // The same world but for its date: scrapes and steps fall on the same places of it.
  const now = 300 * Math.floor(Date.now() / 300_000);
  const world = makeWorld(seed, { people, now, count: JOBS });
  const plain = await serveWorld(world, { odd: false, name: 'plain_acct_db' });
  const odd = await serveWorld(world, { odd: true, name: 'odd_acct_db' });
  const [good, bad] = await Promise.all([plain, odd].map(({ url }) => readWorld(url, world)));
  return { world, plain, odd, good, bad };
}

for (const seed of SEEDS) {
  let here = null;
  for (const [what, check, least = JOBS / 2] of CHECKS) {
    test(`seed ${seed}: ${what}`, async () => {
      here ??= put(seed);
      const seen = new Comparison();
      await check(await here, seen);
      console.log(`        ${seen.end(least)}`);
    });
  }
}

await runTests();
