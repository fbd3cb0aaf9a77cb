// Every route with hostile values in every path and query parameter, as a visitor who may see
// everything: no answer is a 5xx, and the queries that reach Prometheus and MariaDB have the same
// shape as those of an honest visitor.
import assert from 'node:assert/strict';
import { ask, graphUrls, jobPath, lab, run, runTests, sql, story, test } from './lib.mjs';
import { recorder, secondPortal } from './second.mjs';

const VALUES = [
  '"', "'", '"}', '} or up{x="', '.*', '|.*', 'a|b', '\\', '\\"', 'a\nb', 'a\r\nX-Evil: 1', '{{',
  '%', '$(id)',
  "' or '1'='1", "x'; drop table t; --", '(uid=*)', '*)(uid=*', '../..', '\u0430lice',
  'alice\u200b', '\uff41lice', '花', '😀', '-1', '99999999999999999999', '1e400', 'NaN',
  'x'.repeat(300),
];
const PARAMETERS = ['start', 'end', 'delta', 'series', 'after', 'state', 'account', 'partition',
  'name', 'from', 'to', 'job', 'sort', 'user', 'page', 'back', 'q'];
const HONEST = {
  username: 'alice', job_id: String(story('gpu_good').id_job), graph: 'cpu', code: 'fr',
  account: 'def-smith_cpu', project: 'def-smith', fs: 'lustre03',
  uuid: '00000000-0000-0000-0000-000000000000', id: '1',
};

async function patterns() {
  const { out } = await run(`${lab.state}/bin/userportal`, ['routes']);
  return out.trim().split('\n').map((line) => line.split(' '))
    .filter(([method]) => method === 'GET').map(([, pattern]) => pattern);
}

/** The pattern with its captures filled; `odd` fills the one named `name`. */
const fill = (pattern, name, odd) => pattern.replace(/\{(\w+)\}/g, (_, capture) =>
  encodeURIComponent(capture === name ? odd : HONEST[capture] ?? 'x'));

function* hostileAddresses(all) {
  for (const pattern of all) {
    for (const [, name] of pattern.matchAll(/\{(\w+)\}/g)) {
      for (const value of VALUES) yield fill(pattern, name, value);
    }
    for (const [at, parameter] of PARAMETERS.entries()) {
      for (let i = 0; i < VALUES.length; i += 4) {
        const value = VALUES[(i + at) % VALUES.length];
        yield `${fill(pattern)}?${parameter}=${encodeURIComponent(value)}`;
      }
    }
  }
}

/** A query to Prometheus without what differs between honest visitors and moments. */
const shapeOf = (query) => query
  .replace(/=~"(?:[^"\\]|\\.)*"/g, '=~LIST').replace(/"(?:[^"\\]|\\.)*"/g, 'TEXT')
  .replace(/\[\d+[smhd](:\d*[smhd]?)?\]/g, '[TIME]').replace(/\b\d+(\.\d+)?\b/g, 'N');

/** The statement without the length of its lists. */
const statementShape = (text) => text.replace(/\(\s*\?(?:\s*,\s*\?)*\s*\)/g, '(LIST)')
  .replace(/\s+/g, ' ').trim();

/** Shapes of the statements that the portal prepared since the log was emptied. */
async function preparedShapes() {
  const out = await sql(`select replace(convert(argument using utf8mb4), '\\n', ' ')
    from mysql.general_log where command_type = 'Prepare' and thread_id in (select thread_id from
    mysql.general_log where command_type = 'Connect' and argument like 'userportal@%')`);
  return new Set(out.split('\n').filter(Boolean).map(statementShape));
}

const LOG_ON = `set global log_output = 'TABLE'; truncate mysql.general_log;
  set global general_log = 1`;
const LOG_OFF = "set global general_log = 0; set global log_output = 'FILE'";

/** The pages that an honest visitor sees, and all graphs on them, folded and not. */
async function honestVisit(portal, all) {
  const pages = all.filter((one) => !one.includes('.json')).map((one) => fill(one));
  for (const name of ['good_cpu', 'gpu_multi_node']) pages.push(jobPath(story(name)));
  for (const page of pages) {
    const { status, text } = await ask(portal.url, page);
    if (status !== 200) continue;
    for (const url of new Set(graphUrls(text))) {
      await ask(portal.url, url);
      await ask(portal.url, `${url}?series=all`);
    }
  }
  const filter = 'state=completed&account=a&partition=b&name=c&from=2026-01-01&to=2026-01-02';
  await ask(portal.url, `/secure/jobstats/alice/?${filter}`);
  await ask(portal.url, `/secure/jobstats/?job=${HONEST.job_id}`);
  await ask(portal.url, '/secure/jobstats/alice/name/?name=train-1');
  await ask(portal.url, '/secure/jobstats/alice/name/?name=train-1&account=a');
  const [task] = /\b\d+_\d+\b/.exec((await ask(portal.url, jobPath(story('array_task')))).text);
  assert.equal((await ask(portal.url, `/secure/jobstats/?job=${task}`)).status, 302);
  // Of a name with capitals the small letters are looked for too.
  for (const one of all.filter((pattern) => pattern.includes('{account}'))) {
    await ask(portal.url, fill(one, 'account', 'nosuchgroup_cpu'));
    await ask(portal.url, fill(one, 'account', 'NoSuchGroup_cpu'));
  }
  for (const one of all.filter((pattern) => pattern.includes('.json'))) {
    await ask(portal.url, fill(one));
  }
}

async function hostileVisit(portal, all) {
  let count = 0;
  for (const address of hostileAddresses(all)) {
    const answer = await ask(portal.url, address);
    count += 1;
    assert.ok(answer.status < 500, `${answer.status} for ${address}`);
    assert.equal(answer.headers['x-evil'], undefined, address);
    assert.doesNotMatch(answer.text, /SQLSTATE|MariaDB server|std::|\.cpp:/, address);
  }
  return count;
}

test('hostile values change no query, in Prometheus or MariaDB', async () => {
  const all = await patterns();
  const watched = await recorder(lab.prometheus);
  await sql(LOG_ON);
  const portal = await secondPortal(watched.url);
  try {
    await honestVisit(portal, all);
    const honest = new Set(watched.queries.map(({ query }) => shapeOf(query)));
    const statements = await preparedShapes();
    assert.ok(honest.size >= 20 && statements.size >= 5, `${honest.size}, ${statements.size}`);
    watched.queries.length = 0;
    const count = await hostileVisit(portal, all);
    assert.ok(count > 1000, `${count} addresses`);
    for (const { query } of watched.queries) {
      assert.ok(honest.has(shapeOf(query)), `a new shape for Prometheus: ${query}`);
    }
    for (const text of await preparedShapes()) {
      assert.ok(statements.has(text), `a new statement for MariaDB: ${text}`);
    }
  } finally {
    await sql(LOG_OFF);
    await portal.stop();
    watched.stop();
  }
});

await runTests();
