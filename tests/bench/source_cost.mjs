// What a page or graph costs its sources: processor time of Prometheus for our questions and for
// those of the original, each asked raw in turn, and of our worker, Apache and MariaDB for the
// whole request.
import {readFileSync, readdirSync} from 'node:fs';
import {recorded, report, seconds, times} from './measure.mjs';
import * as original from './original.mjs';
import {Pool, processTime} from './pool.mjs';

const {LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus, LAB_STATE: state} = process.env;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 30);
const BATCH = 6; // requests
const LEAST_BATCH = 0.03; // seconds of a batch: shorter ones are lost in the clock's noise
const truth = JSON.parse(
  readFileSync(`${process.env.LAB_SIMULATION}/truth.json`, 'utf8').split('\n')[0] + ']}');
const FS = 'lustre02';
const day = 86400;
const failures = [];

const pidOf = (server) => readFileSync(`${state}/run/${server}.own`, 'utf8').split(' ')[0];

// Of a process and its children.
function familyTime(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean));
  return children.reduce((sum, child) => sum + familyTime(child), processTime(pid));
}

async function ask({path, body}) {
  const answer = await fetch(prometheus + path, {method: 'POST', body: new URLSearchParams(body)});
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${text.slice(0, 300)} ${body}`);
}

const timeOf = async (clock, work) => {
  const before = clock();
  await work();
  return clock() - before;
};

// Processor seconds of Prometheus for each list of questions: the least of interleaved batches.
async function prometheusCost(...lists) {
  const batches = [];
  for (const list of lists) {
    const once = await timeOf(Pool.prometheusTime, () => Promise.all(list.map(ask)));
    batches.push(Math.max(1, Math.min(50, Math.ceil(LEAST_BATCH / Math.max(once, 1e-4)))));
  }
  const best = lists.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, list] of lists.entries()) {
      const took = await timeOf(Pool.prometheusTime, async () => {
        for (let n = 0; n < batches[i]; n++) await Promise.all(list.map(ask));
      });
      best[i] = Math.min(best[i], took / batches[i]);
    }
  }
  return best;
}

// Milliseconds of the worker, Apache and MariaDB for one request: the median of batches, since the
// clocks of threads that end go with them.
async function ownCost(path) {
  const pool = await Pool.start(prometheus, 1);
  const clocks = [() => pool.workerTime(), () => familyTime(pidOf('apache')),
    () => familyTime(pidOf('mariadbd'))];
  seconds(staff + path);
  const batches = [];
  for (let batch = 0; batch < 5; batch++) {
    const before = clocks.map((clock) => clock());
    for (let n = 0; n < BATCH; n++) seconds(staff + path);
    batches.push(clocks.map((clock, i) => (clock() - before[i]) / BATCH * 1000));
  }
  await pool.stop();
  return clocks.map((_, i) => batches.map((batch) => batch[i]).sort((a, b) => a - b)[2]);
}

// A question of the original over the points that our graph has.
function overPoints(question, recordedQuestions) {
  const ours = recordedQuestions.map(({body}) => new URLSearchParams(body))
    .find((form) => form.has('step'));
  if (!ours) throw new Error('this graph asks no range');
  return {path: '/api/v1/query_range', body: new URLSearchParams({query: question,
    start: ours.get('start'), end: ours.get('end'), step: ours.get('step')}).toString()};
}

const overRange = (question, start, end) => ({path: '/api/v1/query_range',
  body: new URLSearchParams({query: question, start, end, step: original.PAGE_STEP}).toString()});
const atOnce = (question) => ({path: '/api/v1/query',
  body: new URLSearchParams({query: question}).toString()});

async function compare(name, path, theirs) {
  const {queries} = await recorded(path);
  const list = theirs(queries);
  const [ours, original_] = await prometheusCost(queries, list);
  const [worker, apache, mariadb] = await ownCost(path);
  const shown = (value) => `${(value * 1000).toFixed(2)}`;
  report(`${name}: ${queries.length} against ${list.length} questions; worker ` +
    `${worker.toFixed(1)}, Apache ${apache.toFixed(1)}, MariaDB ${mariadb.toFixed(1)} ms`,
  times(1.0), ours / original_, `${(ours / original_).toFixed(2)} × (${shown(ours)} / ` +
    `${shown(original_)} ms)`);
}

async function graphsOf(name, base, rows) {
  for (const [graph, questions] of Object.entries(rows)) {
    await attempt(`${name} ${graph}`, base + graph,
      (ours) => questions.map((question) => overPoints(question, ours)));
  }
}

async function attempt(name, path, theirs) {
  try {
    await compare(name, path, theirs);
  } catch (error) {
    failures.push(`${name}: ${error.message}`);
    console.error(`${name}: ${error.message}`);
  }
}

const storyJob = (story) => {
  const {id_job: id} = truth.stories[story];
  const row = allJobs().find((one) => one.id_job === id);
  return {id, login: row.user, nodes: nodesOf(row.nodes), gpus: row.gpus, start: row.start,
    end: row.end};
};

// "nc[10001-10010,10020]" or a single name.
function nodesOf(list) {
  const [, head, inside] = list.match(/^([^[]+)\[([^\]]+)\]$/) ?? [];
  if (!head) return [list];
  return inside.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return Array.from({length: to - from + 1}, (_, i) => `${head}${from + i}`);
  });
}

let jobs;
function allJobs() {
  jobs ??= JSON.parse(readFileSync(`${process.env.LAB_SIMULATION}/truth.json`, 'utf8')).jobs;
  return jobs;
}

async function jobCost(story) {
  const it = storyJob(story);
  const page = `/secure/jobstats/${it.login}/${it.id}/`;
  await attempt(`page of ${story}`, page,
    () => original.jobPage(it).map((question) => overRange(question, it.start, it.end)));
  await graphsOf(story, `${page}graph/`, Object.fromEntries(Object.entries(original.jobGraphs(it))
    .filter(([graph]) => !graph.startsWith('value/'))));
  await attempt(`${story} cost.json`, `${page}value/cost.json`, () =>
    original.jobGraphs(it)['value/cost.json'].map((one) => overRange(one, it.start, it.end)));
}

async function sourceCost() {
  for (const story of ['good_cpu', 'multi_node_512_cores', 'gpu_good']) await jobCost(story);
  const now = Math.floor(Date.now() / 1000);
  await attempt('page of a person', '/secure/jobstats/alice/',
    () => original.userPage('alice').map((one) => overRange(one, now - 3600, now)));
  await graphsOf('a person\'s', '/secure/jobstats/alice/graph/', original.userGraphs('alice'));
  const account = 'rrg-boeuf_cpu';
  const rows = original.accountGraphs(account);
  const fortnight = Object.fromEntries(Object.entries(rows).map(([graph, list]) =>
    [graph.includes('priority') ? graph
      : graph.replace(/\?|$/, (mark) => `?delta=${14 * day}${mark === '?' ? '&' : ''}`), list]));
  await graphsOf('account', `/secure/accountstats/${account}/graph/`, fortnight);
  const {data} = await (await fetch(`${prometheus}/api/v1/query?query=` + encodeURIComponent(
    'topk(100, sum by (user) (slurm_job:allocated_core:count_user_account))'))).json();
  const users = data.result.map(({metric}) => metric.user);
  await attempt('top compute', '/secure/top/compute/',
    () => original.topCompute(users).map(atOnce));
  await graphsOf('top', '/secure/top/lustre/graph/', original.topLustre(FS));
  await graphsOf('home', `/graph/lustre/${FS}/`, original.home(FS));
  if (failures.length) throw new Error(failures.join('; '));
}

export const costParts = [sourceCost];
