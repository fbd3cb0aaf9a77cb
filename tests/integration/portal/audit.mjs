// Which members of staff looked at whose data: one record for each page, kept while the database
// is away, shown to the person concerned, and beyond the portal's own reach once it is in the
// database.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import {
  ask, each, graphUrls, jobPath, lab, run, runTests, story, tableRows, test,
} from './lib.mjs';
import { secondPortal, set } from './second.mjs';

const job = story('good_cpu');

/** Rows of a statement, as the portal's own account. */
async function sql(statement) {
  const { code, out, err } = await run('mariadb', [
    '--no-defaults', '-h', process.env.LAB_DATABASE_HOST, '-P', process.env.LAB_DATABASE_PORT,
    '-u', process.env.LAB_DATABASE_USER, '-N', '-B', 'userportal', '-e', statement,
  ], { env: { ...process.env, MYSQL_PWD: process.env.LAB_DATABASE_PASSWORD } });
  return { code, err, rows: out.split('\n').filter(Boolean).map((line) => line.split('\t')) };
}

const admin = (...words) => run(process.env.LAB_ADMIN, [...words,
  '--config', process.env.LAB_CONFIG, '--secrets', process.env.LAB_ADMIN_SECRETS]);

/** Records of one who looked, once there are so many; tests beside this one look, too. */
const records = (viewer, count) => until(async () => {
  const { rows } = await sql(`select kind, subject, page from audit_view
    where viewer = '${viewer}' order by id`);
  return rows.length >= count && rows;
}, `${count} records of ${viewer}`);

const as = (login, options = {}) =>
  secondPortal(lab.prometheus, { login, staff: true }, options);

test('a page with all its graphs and its script is one record', async () => {
  const portal = await as('auditor1');
  try {
    const page = await ask(portal.url, jobPath(job));
    assert.equal(page.status, 200);
    assert.match(page.text, /This visit is logged/);
    const graphs = graphUrls(page.text);
    assert.ok(graphs.length > 5);
    await each(graphs, (url) => ask(portal.url, url));
    await ask(portal.url, `${jobPath(job)}script`);
    await ask(portal.url, '/secure/accountstats/rrg-heavy_cpu/');
    assert.deepEqual(await records('auditor1', 2), [
      ['user', job.user, jobPath(job)],
      ['account', 'rrg-heavy_cpu', '/secure/accountstats/rrg-heavy_cpu/'],
    ]);
    const lines = portal.log().match(/audit\.view viewer=auditor1 .*/g);
    assert.deepEqual(lines, [
      `audit.view viewer=auditor1 of=user subject=${job.user} page=${jobPath(job)}`,
      'audit.view viewer=auditor1 of=account subject=rrg-heavy_cpu ' +
        'page=/secure/accountstats/rrg-heavy_cpu/',
    ]);
  } finally {
    await portal.stop();
  }
});

test('the person sees who looked, at what', async () => {
  const page = await ask(lab.as.user, `/secure/usersummary/${lab.user}/`);
  const looks = tableRows(page.text, 'looks');
  const mine = looks.find(({ Who }) => Who.text === 'auditor1');
  assert.equal(mine.Page.text, `Job ${job.id_job}`);
  assert.ok(page.text.includes(`href="${jobPath(job)}"`));
  const french = await ask(lab.as.user, `/secure/usersummary/${lab.user}/`,
    { headers: { 'accept-language': 'fr' } });
  assert.match(french.text, /Qui a consulté ces pages/);
});

test('records wait while the database is away, and none is lost', async () => {
  const folder = mkdtempSync('/tmp/portal-audit.');
  const spool = (text) => set(text, 'audit', 'spool', join(folder, 'spool'));
  const waiting = () => readdirSync(join(folder, 'spool')).filter((name) => name.endsWith('.view'));
  const away = await as('auditor2',
    { config: (text) => set(spool(text), 'database', 'port', '1') });
  const users = ['alice', 'bob', 'carol'];
  try {
    for (const user of users) {
      assert.equal((await ask(away.url, `/secure/jobstats/${user}/`)).status, 200);
    }
    assert.equal(waiting().length, users.length);
    const health = (await ask(away.url, '/health')).status;
    assert.equal(health, 404, 'the second portal says no address of its visitors');
    const summary = await ask(away.url, '/secure/usersummary/alice/');
    assert.equal(summary.status, 200);
    assert.match(summary.text, /<section class="section" id="looks"[\s\S]*unavailable/);
  } finally {
    await away.stop();
  }
  assert.ok(waiting().length >= users.length, 'they outlive the pool');
  const back = await as('nobody-special', { config: spool });
  try {
    // Each request moves some of the waiting records into the database.
    await until(async () => {
      await ask(back.url, '/secure/jobstats/nobody-special/');
      return waiting().length === 0;
    }, 'no record waits');
    const found = (await records('auditor2', users.length + 1)).map(([, subject]) => subject);
    assert.deepEqual([...new Set(found)].sort(), users);
  } finally {
    await back.stop();
    rmSync(folder, { recursive: true });
  }
});

test('the portal can neither change nor remove a record', async () => {
  for (const statement of ['delete from audit_view', "update audit_view set viewer = 'nobody'"]) {
    const { code, err } = await sql(statement);
    assert.notEqual(code, 0);
    assert.match(err, /denied/);
  }
});

test('userportal-admin lists and prunes them', async () => {
  const listed = await admin('audit', 'list', '--viewer', 'auditor1', '--of', job.user);
  assert.equal(listed.code, 0, listed.err);
  const [head, ...lines] = listed.out.trim().split('\n').map((line) => line.split('\t'));
  assert.deepEqual(head, ['when', 'who', 'of', 'name', 'page', 'request']);
  assert.deepEqual(lines.map((line) => line.slice(1, 5)),
    [['auditor1', 'user', job.user, jobPath(job)]]);
  const pruned = await admin('audit', 'prune', '--days', '3650');
  assert.equal(pruned.code, 0, pruned.err);
  assert.match(pruned.out, /^0 records removed/);
  assert.equal((await records('auditor1', 2)).length, 2);
  assert.equal((await admin('audit', 'prune')).code, 2, 'never without a limit');
});

await runTests();
