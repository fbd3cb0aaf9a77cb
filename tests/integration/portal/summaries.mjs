// What is kept of jobs that are over: made by userportal-admin summarize and by the background
// service over the real servers. Each row says what the job's page says, and a page made from it is
// the same page without a question to Prometheus.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { sleep, until } from '../../lab/wait.mjs';
import {
  ask, askAgain, each, graphUrls, jobPath, lab, resources, runTests, seeded, sql, test, truth,
  words,
} from './lib.mjs';
import { examine, expect } from './doctor_lib.mjs';
import { recorder } from './second.mjs';
import { OwnDatabase } from './summaries_lib.mjs';

const JOBS = 50;
const own = new OwnDatabase('userportal_summaries');
await own.make();

const over = truth.jobs.filter((job) => job.end !== 0 && job.end < truth.now - 600);
const drawn = (() => {
  const random = seeded(Number(process.env.SEED ?? 1));
  return over.filter((job) => !job.one_of_several_rows).map((job) => ({ job, at: random() }))
    .sort((a, b) => a.at - b.at).slice(0, JOBS).map(({ job }) => job);
})();
const stories = Object.values(truth.stories);

/** The summary of the row whose page is shown. */
async function summaryOf(job) {
  const row = await sql(`select job_db_inx from narval_job_table where id_job = ${job.id_job}
    and deleted = 0 order by time_submit desc, job_db_inx desc limit 1`);
  return (await own.rows(`job_db_inx = ${Number(row)}`)).get(Number(row));
}

/** Fails unless the number of a row is that of a page. */
function same(row, column, shown, what, scale = 1) {
  const kept = row[column] === null ? null : Number(row[column]) * scale;
  if (shown === null || shown === undefined || kept === null) {
    assert.equal(kept, shown ?? null, `${what} ${column}`);
  } else {
    assert.ok(Math.abs(kept - shown) <= 1e-5 * Math.abs(shown) + 1e-9,
      `${what} ${column}: ${kept}, page ${shown}`);
  }
}

function compare(row, html, what) {
  const table = resources(html);
  same(row, 'cores_used', table['CPU cores'].used, what);
  same(row, 'memory_peak', table.Memory.used, what);
  // Of what Slurm wrote no allocation, the request counts.
  const { allocated } = table['CPU cores'];
  if (allocated !== null) same(row, 'cores', allocated, what);
  if (table['GPU use']) same(row, 'gpu_used', table['GPU use'].used, what);
  if (table['GPU memory']) same(row, 'gpu_memory_peak', table['GPU memory'].used, what);
  if (table['GPU power']) same(row, 'gpu_watts', table['GPU power'].used, what);
  const said = [...html.matchAll(/data-rule="([^"]+)"/g)].map(([, rule]) => rule);
  const held = row.rules === '' ? [] : row.rules.split(',');
  for (const rule of said) assert.ok(held.includes(rule), `${what}: ${rule} in ${held}`);
}

/** Fails where two texts differ, and shows the place. */
function equalText(got, want, what) {
  let at = 0;
  while (at < want.length && got[at] === want[at]) at += 1;
  const near = (text) => text.slice(Math.max(at - 60, 0), at + 60);
  assert.ok(got === want, `${what}\n  ${near(got)}\n  ${near(want)}`);
}

const numbers = [...drawn, ...stories].map(({ id_job: id }) => id).join(', ');
const from = Number(await sql(`select min(time_end) from narval_job_table
  where id_job in (${numbers}) and time_end > 0`));
let first;

test('the past is filled in, and again in no time', async () => {
  first = await own.summarize(from, truth.now);
  assert.equal(first.code, 0, first.said);
  assert.match(first.said, /^done: \d+ written, 0 in order already/m);
  assert.equal(await own.lacking(from, truth.now - 600), '');
  const began = performance.now();
  const again = await own.summarize(from, truth.now);
  assert.equal(again.code, 0, again.said);
  assert.match(again.said, /^done: \d+ written, \d\d+ in order already/m);
  assert.ok(performance.now() - began < 20000);
});

test('each row says what the page says, for every story and 50 jobs', async () => {
  let compared = 0;
  await each([...stories, ...drawn], async (job) => {
    const page = await askAgain(lab.as.staff, jobPath(job));
    if (page.status !== 200) return;
    const row = await summaryOf(job);
    if (row === undefined) {
      const going = await sql(`select count(*) from narval_job_table where id_job = ${job.id_job}
        and (time_end = 0 or time_end > ${truth.now - 600})`);
      assert.ok(Number(going) > 0, `${job.id_job} has no summary`);
      return;
    }
    compare(row, page.text, `${job.id_job} ${job.story ?? ''}`);
    compared += 1;
  }, 2);
  assert.ok(compared > 70, `${compared} were compared`);
});

test('a page made from a summary is the same, and asks Prometheus nothing', async () => {
  const proxy = await recorder(lab.prometheus);
  const portal = await own.portal(proxy.url);
  let compared = 0;
  for (const job of [...stories, ...drawn]) {
    const asked = await askAgain(lab.as.staff, jobPath(job));
    if (asked.status !== 200 || await summaryOf(job) === undefined) continue;
    const before = proxy.queries.length;
    const kept = await askAgain(portal.url, jobPath(job));
    assert.equal(kept.status, 200);
    assert.equal(proxy.queries.length, before, `${job.story ?? job.id_job} asks`);
    // Related jobs may run meanwhile.
    const text = (html) => words(html.replace(/[\s\S]*<main/, '<main')
      .replace(/<section class="section" id="related"[\s\S]*?<\/section>/, '')
      .replace(/<p class="title-fresh">[\s\S]*?<\/p>/g, '')).replace(/ Request \S+$/, '');
    const [one, other] = [text(asked.text), text(kept.text)];
    // Past the retention the usual page knows less.
    if (!/Measurements are kept for/.test(one)) equalText(other, one, jobPath(job));
    compared += 1;
    if (compared % 20 !== 1) continue;
    const [graph] = graphUrls(kept.text);
    if (graph === undefined) continue;
    const queries = proxy.queries.length;
    assert.equal((await askAgain(portal.url, graph)).status, 200);
    assert.ok(proxy.queries.length > queries, 'graphs still ask');
  }
  assert.ok(compared > 60, `${compared} were compared`);
  await portal.stop();
  proxy.stop();
});

test('what a person wasted is the sum of their jobs', async () => {
  const portal = await own.portal(lab.prometheus);
  const path = '/secure/jobstats/alice/waste/?delta=31000000';
  const page = await askAgain(portal.url, path);
  assert.equal(page.status, 200);
  const rows = [...(await own.rows("login = 'alice'")).values()];
  const sum = (of, some = () => true) => rows.filter(some).reduce((all, row) => all + of(row), 0);
  const known = (row) => row.wasted_core_s !== null;
  const hours = (row) => row.run_s * row.cores / 3600;
  const said = /([\d.,]+)\s*% of ([\d.,]+) core-hours were used, ([\d.,]+) wasted/.exec(
    words(page.text));
  assert.ok(said, words(page.text).slice(0, 500));
  const [share, had, wasted] = said.slice(1).map((text) => Number(text.replaceAll(',', '')));
  const near = (shown, truly, what) => assert.ok(
    Math.abs(shown - truly) <= Math.max(truly * 0.006, 0.5), `${what}: ${shown}, not ${truly}`);
  near(had, sum(hours, known), 'core-hours');
  const used = sum((row) => Math.min(row.cores, row.cores_used) * row.run_s / 3600, known);
  near(share, 100 * used / sum(hours, known), '%');
  near(wasted, sum((row) => row.wasted_core_s / 3600), 'wasted');
  const listed = [...page.text.matchAll(/jobstats\/alice\/(\d+)\/\?attempt=\d+"/g)]
    .map(([, id]) => Number(id));
  assert.ok(listed.length >= 10, `${listed.length} jobs`);
  for (const other of ['bob', 'carol']) {
    assert.equal((await askAgain(portal.url, `/secure/jobstats/${other}/waste/`)).status, 200);
  }
  const list = await askAgain(portal.url, '/secure/jobstats/alice/');
  assert.match(words(list.text), /core-hours were used/);
  await portal.stop();
});

// As the graph's sums: what a run reads in its first minutes is partly lost.
test('bytes on file systems are those of the simulator', async () => {
  const sums = { bytes_read: [0, 0], bytes_written: [0, 0] };
  let compared = 0;
  for (const job of drawn) {
    const row = await summaryOf(job);
    const ran = job.end - job.start;
    if (row === undefined || row.bytes_read === null || ran < 3600) continue;
    for (const [column, want] of [['bytes_read', job.lustre_read_bytes],
      ['bytes_written', job.lustre_written_bytes]]) {
      const got = Number(row[column]);
      assert.ok(Math.abs(got - want) <= 0.4 * want, `${job.id_job} ${column} ${got}: ${want}`);
      sums[column] = [sums[column][0] + got, sums[column][1] + want];
    }
    compared += 1;
  }
  for (const [column, [got, want]] of Object.entries(sums)) {
    assert.ok(got > 0.8 * want && got < 1.02 * want, `${column}: ${got} of ${want}`);
  }
  assert.ok(compared > 20, `${compared} were compared`);
});

test('changed rules are applied to what is kept, without Prometheus', async () => {
  const proxy = await recorder(lab.prometheus);
  const before = await own.number('select count(*) from job_summary where grade_cores = 2');
  const changed = new OwnDatabase(own.name, [['verdict cores', 'good', '5'],
    ['verdict cores', 'poor', '1'], ['prometheus', 'url', proxy.url]]);
  const { code, said } = await changed.summarize(from, truth.now, '--again');
  assert.equal(code, 0, said);
  assert.equal(proxy.queries.length, 0);
  assert.ok(await own.number('select count(*) from job_summary where grade_cores = 2') > before);
  assert.equal(await own.number('select count(distinct rules_version) from job_summary'), 1);
  const back = await own.summarize(from, truth.now, '--again');
  assert.equal(back.code, 0);
  assert.equal(await own.number('select count(*) from job_summary where grade_cores = 2'), before);
  proxy.stop();
});

/** What check-config says over that database. */
const checked = async () => (await examine({ config: (text) => own.configure(text) })).findings;

test('the service keeps new jobs, tells how it is, and ends when told to', async () => {
  expect(await checked(), 'background', 'warning', /has never run/);
  const service = own.start();
  await own.caughtUp();
  const good = await checked();
  expect(good, 'background', 'ok', /^runs on \S+$/);
  expect(good, 'task summaries', 'ok', /^\d+ done, 0 s behind$/);
  const portal = await own.portal();
  const metrics = (await ask(portal.url, '/metrics')).text;
  assert.match(metrics, /^userportal_background_runs 1$/m);
  assert.match(metrics, /^userportal_background_behind_seconds\{task="summaries"\} 0$/m);
  const { background } = (await ask(portal.url, '/health')).json();
  assert.equal(background.runs, 'yes');
  assert.ok(background.tasks.some(({ task }) => task === 'summaries'));
  await own.stop(service);
  assert.equal(service.child.exitCode, 0);
  assert.match(service.log(), /background\.stopped/);
  await until(async () =>
    /^userportal_background_runs 0$/m.test((await ask(portal.url, '/metrics')).text), 'it is told');
  await portal.stop();
  expect(await checked(), 'background', 'error', /does not run; it ran on \S+ last/);
  await own.ask(`update task set behind_s = 100000, behind_jobs = 7, error = 'slurm timeout',
    error_at = unix_timestamp(); update lease set until = now() + interval 1 hour`);
  expect(await checked(), 'task summaries', 'warning',
    /27 h behind \(7 jobs\); .*: slurm timeout$/);
  await own.ask('delete from lease');
});

test('HUP takes good files over, and bad ones change nothing', async () => {
  const service = own.start();
  await until(() => service.log().includes('background.lease'), 'it works');
  service.child.kill('SIGHUP');
  await until(() => service.log().split('background.ready').length > 2, service.log);
  const config = service.child.spawnargs[service.child.spawnargs.indexOf('--config') + 1];
  writeFileSync(config, '[portal]\nnonsense = 1\n');
  service.child.kill('SIGHUP');
  await until(() => service.log().includes('background.not_replaced'), service.log);
  await sleep(200);
  assert.equal(service.child.exitCode, null);
  await own.stop(service);
});

test('without a database it says so and ends well', async () => {
  const bare = new OwnDatabase('nothing');
  bare.configure = (text) => text.replace(/\[database\]\n(?:(?!\[).*\n)*/, '');
  const service = bare.start();
  await service.ended;
  assert.equal(service.child.exitCode, 0);
  assert.match(service.log(), /background\.not_needed/);
});

await runTests();
