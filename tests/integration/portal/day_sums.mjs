// Sums by day over the real servers: made by the background service, they are those of the
// summaries; a page of days says of an account what its members' lines say, of the cluster what its
// accounts' say, of a person what their own page says; and all of it is the simulator's truth.
import assert from 'node:assert/strict';
import { askAgain, runTests, seeded, test, truth, words } from './lib.mjs';
import { OwnDatabase } from './summaries_lib.mjs';

const DAY = 86400;
const DAYS = 7;
const today = Math.floor(Date.now() / 1000 / DAY);
const from = (today - DAYS) * DAY;
const to = today * DAY;
const own = new OwnDatabase('userportal_days');
await own.make();
const filled = await own.summarize(from - DAY, to + DAY);
assert.equal(filled.code, 0, filled.said);

// A file has six digits of each number: a sum of them is off by some of these.
const near = (got, want, what, share = 1e-6) => assert.ok(
  Math.abs(got - want) <= share * Math.abs(want) + 1e-6, `${what}: ${got}, not ${want}`);

/** Rows of a CSV by name; an empty cell is null. */
async function file(at, path) {
  const answer = await askAgain(at, path);
  assert.equal(answer.status, 200, path);
  assert.match(answer.headers['content-type'], /^text\/csv/);
  const [head, ...lines] = answer.text.replace(/^\uFEFF/, '').trim().split('\r\n');
  const columns = head.split(',');
  return new Map(lines.map((line) => {
    const [name, ...cells] = line.split(',');
    return [JSON.parse(name), Object.fromEntries(cells.map((cell, at) =>
      [columns[at + 1], cell === '' ? null : Number(cell)]))];
  }));
}

const COLUMNS = ['jobs', 'short_jobs', 'jobs_with_limit', 'ended_at_limit', 'core_hours',
  'core_hours_used', 'core_hours_wasted', 'memory_byte_hours', 'memory_byte_hours_wasted',
  'gpu_hours', 'gpu_hours_used', 'gpu_hours_wasted', 'wasted_cost', 'cost', 'energy_kwh',
  'hours_requested', 'hours_run'];
const sum = (rows, column) => [...rows.values()].reduce((all, row) => all + (row[column] ?? 0), 0);
function sameSums(some, others, what) {
  for (const column of COLUMNS) near(sum(some, column), sum(others, column), `${what} ${column}`);
}

const service = own.start();
await own.sumsAreTrue(120);
const portal = await own.portal();
const top = '/secure/top/waste';

test('sums are those of the summaries, and follow what is written again', async () => {
  const random = seeded(Number(process.env.SEED ?? 1));
  const again = new OwnDatabase(own.name, [['cost', 'gpu_hour', String(2 + random())]]);
  const { code, said } = await again.summarize(from, to, '--again');
  assert.equal(code, 0, said);
  await own.sumsAreTrue(120);
  // A hole that nobody told of is found by counting.
  await own.stop(service);
  await own.ask('delete from job_summary order by job_db_inx limit 1');
  await own.ask("update task set position_end = 0 where name = 'days'");
  const next = own.start();
  await own.sumsAreTrue(240);
  await own.stop(next);
});

test('the cluster is its people and its accounts, an account its members', async () => {
  const people = await file(portal.url, `${top}.csv?days=${DAYS}`);
  const accounts = await file(portal.url, `${top}.csv?days=${DAYS}&by=account`);
  assert.ok(people.size > 3 && accounts.size > 3, `${people.size} ${accounts.size}`);
  sameSums(people, accounts, 'people and accounts');
  const [jobs, cores] = (await own.ask(`select count(*), sum(run_s * cores) / 3600
    from job_summary where time_end >= ${from} and time_end < ${to}`)).split('\t').map(Number);
  assert.equal(sum(people, 'jobs'), jobs);
  near(sum(people, 'core_hours'), cores, 'core-hours');
  for (const [account, row] of accounts) {
    const members = await file(portal.url, `/secure/accountstats/${encodeURIComponent(account)}/` +
      `waste.csv?days=${DAYS}`);
    sameSums(members, new Map([[account, row]]), account);
  }
});

test('a person is the sum of their jobs, from the line to the jobs', async () => {
  const people = await file(portal.url, `${top}.csv?days=${DAYS}`);
  const page = await askAgain(portal.url, `${top}/?days=${DAYS}`);
  assert.equal(page.status, 200);
  const [login] = [...people].sort(([, a], [, b]) => b.core_hours - a.core_hours)[0];
  const link = new RegExp(`href="([^"]*/jobstats/${login}/waste/[^"]*)"`).exec(page.text);
  const behind = await askAgain(portal.url, link[1].replaceAll('&amp;', '&'));
  const jobs = /([\d,]+) jobs? ended/.exec(words(behind.text));
  assert.equal(Number(jobs[1].replaceAll(',', '')), people.get(login).jobs);
  const wasted = /core-hours were used, ([\d.,]+) wasted/.exec(words(behind.text));
  near(Number(wasted[1].replaceAll(',', '')), people.get(login).core_hours_wasted, login, 0.006);
  assert.match(behind.text, /<rect class="day-used"/);
});

test('core-hours are those of the simulator', async () => {
  const simple = truth.jobs.filter((job) => !job.one_of_several_rows && job.end >= from &&
    job.end < to && job.end - job.start > 600);
  const rows = [...(await own.rows('cores_used is not null')).values()];
  const kept = new Map(rows.map((row) => [Number(row.id_job), row]));
  let [got, want, compared] = [0, 0, 0];
  for (const job of simple) {
    const row = kept.get(job.id_job);
    if (row === undefined || Number(row.flags) % 2 === 0) continue;
    got += row.run_s * row.cores_used;
    want += (job.end - job.start) * job.mean_cores_used;
    compared += 1;
  }
  assert.ok(compared >= 20, `${compared} were compared`);
  near(got, want, 'core-seconds', 0.02);
});

test('each period, each order, both kinds of rows, in both languages', async () => {
  for (const days of [1, 7, 30, 90]) {
    for (const by of ['user', 'account']) {
      for (const language of ['en', 'fr']) {
        const answer = await askAgain(portal.url, `${top}/?days=${days}&by=${by}`,
          { headers: { 'accept-language': language } });
        assert.equal(answer.status, 200, `${days} ${by} ${language}`);
      }
    }
  }
  const page = await askAgain(portal.url, `${top}/`);
  const orders = [...page.text.matchAll(/href="([^"]*[?&;]sort=[^"]*)"/g)].map(([, url]) => url);
  assert.ok(orders.length > 8, `${orders.length} columns`);
  for (const url of orders) {
    assert.equal((await askAgain(portal.url, url.replaceAll('&amp;', '&'))).status, 200, url);
  }
  assert.match(page.text, /href="[^"]*\/secure\/top\/compute\/"/);
  assert.match(words(page.text), /core-hours were used/);
  for (const wrong of ['days=2', 'days=x', 'by=job', 'sort=nothing']) {
    assert.equal((await askAgain(portal.url, `${top}/?${wrong}`)).status, 400, wrong);
  }
  const now = await askAgain(portal.url, '/secure/top/compute/');
  assert.match(now.text, /\/secure\/top\/waste\/\?days=30/);
});

test('without a database none of it is there', async () => {
  const bare = new OwnDatabase('nothing');
  bare.configure = (text) => text.replace(/\[database\]\n(?:(?!\[).*\n)*/, '');
  const other = await bare.portal();
  for (const path of [`${top}/`, `${top}.csv`, '/secure/accountstats/def-smith_cpu/waste/',
    '/secure/accountstats/def-smith_cpu/waste.csv']) {
    assert.equal((await askAgain(other.url, path)).status, 404, path);
  }
  for (const path of ['/secure/top/', '/secure/top/compute/',
    '/secure/accountstats/def-smith_cpu/']) {
    const page = await askAgain(other.url, path);
    assert.equal(page.status, 200, path);
    assert.doesNotMatch(page.text, /waste\//, path);
  }
  await other.stop();
  await portal.stop();
});

await runTests();
