// The speed table. Ratios are taken in one run: each measurement and its floor alternate, and the
// fastest of several rounds counts. Called by tests/bench/run inside the lab's environment.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {
  least, ms, notMeasured, printTable, ratio, recorded, replay, report, reportRatio, seconds, timed,
  times,
} from './measure.mjs';
import {moduleParts} from './modules.mjs';
import {Pool} from './pool.mjs';
import {relay, answerOfMegabytes} from './relay.mjs';
import {scriptParts} from './scripts.mjs';
import {costParts} from './source_cost.mjs';
import {storageParts} from './storage.mjs';
import {summaryParts} from './summaries.mjs';
import {topParts} from './top.mjs';

const wanted = process.env.BENCH_PARTS?.split(",");
const {LAB_URL_USER: base, LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus} = process.env;
const job = (id) => `/secure/jobstats/alice/${id}/`;
const truth = JSON.parse(
  readFileSync(`${process.env.LAB_SIMULATION}/truth.json`, 'utf8').split('\n')[0] + ']}');
const gpuJob = truth.stories.gpu_good.id_job;

async function graphs() {
  const small = await recorded(`${job(70000064)}graph/cpu.json?series=all`);
  const large = await recorded(`${job(70000512)}graph/cpu.json?series=all`);
  const pool = await Pool.start(prometheus, 2);
  for (const [name, id, {queries}] of [['64 × 500', 70000064, small],
                                       ['512 × 500', 70000512, large]]) {
    const url = `${staff}${job(id)}graph/cpu.json?series=all`;
    const [ours, floor] = await least(() => seconds(url), replay(queries));
    reportRatio(`cpu.json ${name}, Apache against curl of the same query`, times(1.4), ours, floor);
  }
  cpuTime(pool, `${staff}${job(70000064)}graph/cpu.json?series=all`);
  await pool.stop();
  await bytesOf(small);
}

function cpuTime(pool, url) {
  const before = [pool.workerTime(), Pool.prometheusTime()];
  for (let i = 0; i < 30; i++) seconds(url);
  const worker = pool.workerTime() - before[0];
  const theirs = Pool.prometheusTime() - before[1];
  report('worker CPU for 64 × 500, against Prometheus\'s', times(0.3), worker / theirs,
    `${ratio(worker / theirs)} (${ms(worker / 30)} / ${ms(theirs / 30)})`);
}

// Compared with a page that writes out one list of times for each series.
async function bytesOf({body, queries}) {
  let most = {result: []};
  for (const one of queries) {
    const answer = await fetch(prometheus + one.path,
      {method: 'POST', body: new URLSearchParams(one.body)});
    const {data} = await answer.json();
    if (data.result.length > most.result.length) most = data;
  }
  const written = most.result.map((series) => ({
    name: JSON.stringify(series.metric),
    x: series.values.map(([time]) => new Date(time * 1000).toISOString().slice(0, 19)),
    y: series.values.map(([, value]) => Number(value)),
  }));
  const ours = gzipSync(body).length;
  const theirs = gzipSync(JSON.stringify(written)).length;
  report('JSON of 64 × 500, gzip, against written times per series', times(0.33), ours / theirs,
    `${ratio(ours / theirs)} (${ours} / ${theirs} bytes)`);
}

async function memory() {
  const between = await relay(prometheus);
  const pool = await Pool.start(between.url, 1, 9000);
  await timed(`${staff}${job(70000064)}graph/cpu.json?series=all`);
  const idle = pool.memory('VmRSS');
  const grid = new URLSearchParams(between.queries.at(-1).body);
  between.answerWith(answerOfMegabytes(30, Number(grid.get('start')), Number(grid.get('step'))));
  await timed(`${staff}${job(70000064)}graph/cpu.json?series=all`);
  const over = (pool.memory('VmHWM') - idle) / 1024;
  report('peak worker memory for 30 MB of answer', {most: 32, text: '≤ 32 MiB over idle'}, over,
    `${over.toFixed(1)} MiB`);
  await pool.stop();
  between.close();
}

async function gpuPage() {
  const between = await relay(prometheus, 50);
  const pool = await Pool.start(between.url, 2);
  await timed(staff + job(gpuJob));
  between.queries.length = 0;
  await (await fetch(staff + job(gpuJob))).text();
  const queries = [...between.queries];
  const [page, ...singles] = await least(() => timed(staff + job(gpuJob)),
    ...queries.map((one) => () => timed(between.url + one.path, one.body)));
  reportRatio(`HTML of a GPU job (${queries.length} queries) over 50 ms, against the slowest query`,
    times(1.5), page, Math.max(...singles));
  await pool.stop();
  between.close();
}

async function userPages() {
  const pool = await Pool.start(prometheus, 2);
  const page = (user, query = '') => `${staff}/secure/jobstats/${user}/${query}`;
  const middle = process.env.BENCH_DEEP_CURSOR;
  const [first, deep, few] = await least(() => seconds(page('heavy')),
    () => seconds(page('heavy', `?after=${middle}`)), () => seconds(page('hundred')));
  for (const [name, value] of [['page 1', first], ['a deep page', deep]]) {
    reportRatio(`user page, 1,000,000 rows: 300,000 jobs, ${name}, against 100 jobs`, times(1.5),
      value, few);
  }
  await pool.stop();
}

// The page of an array against one task's: what all of its tasks cost in addition.
async function arrayPages() {
  const pool = await Pool.start(prometheus, 2);
  for (const [name, id, most] of [['10,000', 80000000, 300], ['100,000', 81000000, 1000]]) {
    const [whole, one] = await least(() => seconds(`${staff}/secure/jobstats/alice/array/${id}/`),
      () => seconds(`${staff}/secure/jobstats/alice/${id + 1}/`));
    report(`page of an array of ${name} tasks (page of one: ${ms(one)})`,
      {most, text: `≤ ${most} ms`}, whole * 1000, ms(whole));
  }
  await pool.stop();
}

async function settledMemory() {
  const pool = await Pool.start(prometheus, 1);
  for (let i = 0; i < 25; i++) {
    seconds(staff + job(gpuJob));
    seconds(`${staff}${job(gpuJob)}graph/cpu.json`);
    seconds(`${staff}${job(70000064)}graph/cpu.json?series=all`);
    seconds(`${staff}/secure/jobstats/alice/`);
  }
  const share = pool.proportionalShare() / 1024;
  report('worker after 100 requests, proportional set size', {most: 8, text: '≤ 8 MiB'}, share,
    `${share.toFixed(1)} MiB`);
  await pool.stop();
}

// Bytes of a body over the wire, as a browser requests it.
function wireBytes(url) {
  return Number(execFileSync('curl', ['-sS', '-H', 'Accept-Encoding: gzip, deflate, br', '-o',
    '/dev/null', '-w', '%{size_download}', url], {encoding: 'utf8'}));
}

async function firstVisit() {
  const pool = await Pool.start(prometheus, 2);
  const html = await (await fetch(base + job(gpuJob))).text();
  const assets = new Set([...html.matchAll(/(?:src|href)="([^"?#]+\.(?:css|js))"/g)]
    .map(([, path]) => path));
  let bytes = wireBytes(base + job(gpuJob));
  for (const path of assets) bytes += wireBytes(base + path);
  report(`first visit to a job page: HTML and ${assets.size} files of CSS and JS`,
    {most: 100, text: '≤ 100 KB'}, bytes / 1000, `${(bytes / 1000).toFixed(1)} KB`);
  await pool.stop();
}

const parts = [
  graphs, memory, gpuPage, userPages, arrayPages, settledMemory, firstVisit, ...moduleParts,
  ...topParts, ...storageParts, ...summaryParts, ...scriptParts,
  ...costParts,
];
for (const part of parts.filter(({name}) => !wanted || wanted.includes(name))) {
  try {
    await part();
  } catch (error) {
    console.error(error);
    notMeasured(part.name, error);
  }
}
await Pool.stopAll();
printTable();
// Whatever a part that failed left open must not keep this process.
process.exit(0);
