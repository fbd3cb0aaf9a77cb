// What looks after the portal: /health and /metrics of both pools through the real Apache, read by
// Prometheus's own tool, and the alerts and the dashboard compared with the metrics that really
// exist.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  fstatSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { ask, each, here, jobPath, lab, runTests, sql, story, test } from './lib.mjs';
import { set } from './second.mjs';

const shipped = join(here, '..', '..', '..', 'rpm');
const scrape = async (path = '/metrics') => {
  const answer = await ask(lab.as.nobody, path);
  assert.equal(answer.status, 200, path);
  return answer.text;
};

/** Value of the sample whose name and labels begin so; 0 if there is none. */
const value = (text, sample) => {
  const line = text.split('\n').find((one) => one.startsWith(sample));
  return line === undefined ? 0 : Number(line.split(' ').at(-1));
};

test('health of each pool is ok, and names what runs', async () => {
  await ask(lab.as.user, jobPath(story('good_cpu')));
  for (const path of ['/health', '/api/health']) {
    const answer = await ask(lab.as.nobody, path);
    assert.equal(answer.status, 200);
    const health = answer.json();
    assert.match(health.build, /^[0-9a-f]{16,}$/);
    assert.ok(health.workers_busy >= 1 && health.workers_busy <= health.workers);
    const names = health.sources.map(({ source, database }) => database ?? source);
    assert.deepEqual(names,
      ['prometheus', 'slurm', 'ldap', 'portal', 'lustre06', 'nearline']);
  }
});

test('through a proxy there is nothing', async () => {
  for (const headers of [{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }]) {
    assert.equal((await ask(lab.as.nobody, '/metrics', { headers })).status, 404);
  }
});

test('Prometheus finds nothing to say against the metrics', async () => {
  for (const path of ['/metrics', '/api/metrics']) {
    const said = execFileSync('promtool', ['check', 'metrics'],
      { input: await scrape(path), encoding: 'utf8' });
    assert.equal(said, '', path);
  }
});

test('what all workers do is counted, by route and status', async () => {
  const page = jobPath(story('good_cpu'));
  const good = 'userportal_requests_total{method="GET",' +
    'route="/secure/jobstats/{username}/{job}/",status="200"}';
  const missing = good.replace('200', '404');
  const asked = 'userportal_source_questions_total{source="slurm",outcome="answered"}';
  const before = await scrape();
  await each(Array.from({ length: 40 }), () => ask(lab.as.user, page), 8);
  await each(Array.from({ length: 5 }), () => ask(lab.as.user, '/secure/jobstats/alice/4294967/'));
  // The last ones are counted once their answers have been sent.
  const count = good.replace('requests_total', 'request_duration_seconds_count')
    .replace(',status="200"', '');
  const most = { [missing]: 5, [good]: 40, [asked]: 45, [count]: 45 };
  await until(async () => {
    const after = await scrape();
    return Object.entries(most).every(([name, n]) => value(after, name) - value(before, name) >= n);
  }, 'all answers are counted');
});

test('alerts and the dashboard ask for metrics that are there', async () => {
  // As if the background service had run here.
  await sql(`insert into task values ('test', 0, 0, 0, 0, 0, 0, 0, 0, '', null)`, 'userportal');
  const there = new Set((await scrape()).match(/^userportal_\w+/gm));
  await sql(`delete from task where name = 'test'`, 'userportal');
  for (const file of ['prometheus/userportal.alerts.yml', 'grafana/userportal.json']) {
    const text = readFileSync(join(shipped, file), 'utf8').replace(/#.*/g, '');
    const names = new Set(text.match(/\buserportal_\w+/g));
    assert.ok(names.size > 5, file);
    for (const name of names) assert.ok(there.has(name), `${file}: ${name}`);
  }
});

test('one id leads from Apache\'s answer through its log and ours to the error page', async () => {
  const answer = await ask(lab.as.user, '/secure/jobstats/alice/4294967/');
  const id = answer.headers['x-request-id'];
  assert.ok(id.length > 10);
  assert.ok(answer.text.includes(id), 'the page shows it');
  for (const log of ['portal.out', 'apache.access.log']) {
    await until(() => readFileSync(join(lab.state, 'log', log), 'utf8').includes(id),
      `the id stands in ${log}`);
  }
});

test('in the journal each line has its level; a spool that cannot be written is told', () => {
  const folder = mkdtempSync('/tmp/portal-journal.');
  const file = (name, text) => {
    writeFileSync(join(folder, name), text, { mode: 0o640 });
    return join(folder, name);
  };
  const config = file('portal.ini', set(readFileSync(process.env.LAB_CONFIG, 'utf8'),
    'audit', 'spool', '/proc/nowhere/audit'));
  const words = ['serve', '--config', config, '--secrets', process.env.LAB_SECRETS,
    '--listen', 'unix:/nowhere', '--check-only'];
  const said = (journal) => {
    const log = openSync(join(folder, journal ? 'journal' : 'plain'), 'w+');
    const { dev, ino } = fstatSync(log);
    const env = { ...process.env, ...(journal ? { JOURNAL_STREAM: `${dev}:${ino}` } : {}) };
    const { status } = spawnSync(join(lab.state, 'bin', 'userportal'), words,
      { env, stdio: ['ignore', 'ignore', log] });
    assert.equal(status, 0);
    return readFileSync(join(folder, journal ? 'journal' : 'plain'), 'utf8');
  };
  const line = 'error - audit.no_spool folder=/proc/nowhere/audit reason="No such file or ' +
    'directory"\n';
  assert.equal(said(false), line);
  assert.equal(said(true), `<3>${line}`);
  rmSync(folder, { recursive: true });
});

await runTests();
