// Bad input gets a clear 4xx or an empty result, never a 500; and whatever is requested, the
// queries that reach Prometheus have the same shape as those of an honest visitor.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import {
  ask, askRaw, graphUrls, jobPath, lab, run, runTests, story, tableLines, test,
} from './lib.mjs';
import { recorder, secondPortal } from './second.mjs';

const logged = statSync(`${lab.state}/log/portal.out`).size;
const user = `/secure/jobstats/${lab.user}/`;
const job = jobPath(story('gpu_good'));

const cases = tableLines('bad_input.table').map((line) => {
  const [statuses, target] = line.split(/\t+/);
  const path = target.replace('@J', job).replace('@U', user)
    .replace(/\{(\d+)\}/g, (_, count) => 'x'.repeat(Number(count)));
  return { statuses: statuses.trim().split(' ').map(Number), path };
});

const request = (path, { method = 'GET', headers = '' } = {}) =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;

for (const { statuses, path } of cases) {
  test(`${path.slice(0, 90)}: ${statuses.join(' or ')}`, async () => {
    const answer = await askRaw(lab.as.user, request(path));
    assert.ok(statuses.includes(answer.status), `got ${answer.status}`);
    assert.ok(!/^x-evil/im.test(answer.text), 'no header of the visitor\'s');
    const staff = await askRaw(lab.as.staff, request(path));
    assert.ok(staff.status < 500, `staff got ${staff.status}`);
    const nobody = await askRaw(lab.as.nobody, request(path));
    assert.ok(nobody.status < 500 && nobody.status !== 200, `nobody got ${nobody.status}`);
  });
}

const oddHeaders = [
  'If-None-Match: "', `If-None-Match: ${'"a",'.repeat(1500)}`, 'Cookie: =;;=;portal_language',
  `Cookie: ${'a=b;'.repeat(1500)}`, 'Cookie: theme="><script>alert(1)</script>',
  'Cookie: theme=dark" onload="x', 'Accept-Language: \xff\xfe', 'X-Request-Id: <script>',
  'X-Request-Start: t=99999999999999999999', 'X-Request-Start: t=-1', 'Accept: application/xml',
  'Range: bytes=0-10', 'Range: bytes=99999999-', 'Expect: 100-continue', 'Upgrade: h2c',
  'Accept-Encoding: gzip;q=x, \x01', 'Sec-Fetch-Site: cross-site', 'Origin: https://evil.example',
  'Content-Length: 0', 'Content-Type: multipart/form-data; boundary=', 'If-Modified-Since: never',
];

for (const header of oddHeaders) {
  test(`header ${header.slice(0, 60)}`, async () => {
    for (const path of [user, `${job}graph/cpu.json`, '/nothing']) {
      const answer = await askRaw(lab.as.user, request(path, { headers: `${header}\r\n` }));
      assert.ok([200, 206, 304, 400, 404, 416, 417].includes(answer.status), `${answer.status}`);
      assert.ok(!answer.text.includes('<script>alert') && !/ onload=/.test(answer.text));
      assert.ok(!/^x-request-id: .*</im.test(answer.text));
    }
  });
}

test('odd methods and lengths get a 4xx or 501', async () => {
  const odd = [['get', ''], ['GETT', ''], ['CONNECT', ''], ['G\x00T', ''], ['X'.repeat(3000), ''],
    ['POST', 'Content-Length: -1\r\n'], ['POST', 'Content-Length: x\r\n'],
    ['POST', 'Content-Length: 1\r\nContent-Length: 2\r\n'], ['POST', 'Content-Length: 5000000\r\n'],
    ['POST', 'Transfer-Encoding: gzip\r\n'], ['GET', 'Content-Length: 10\r\n']];
  for (const [method, headers] of odd) {
    const answer = await askRaw(lab.as.user, request(user, { method, headers }));
    assert.ok((answer.status >= 400 && answer.status < 500) || answer.status === 501,
      `${method.slice(0, 20)} ${headers.trim()}: ${answer.status}`);
  }
});

test('no visitor is told of anything inside', async () => {
  for (const { path } of cases) {
    const { text } = await askRaw(lab.as.user, request(path));
    assert.doesNotMatch(text, /SQLSTATE|MariaDB|slurm_acct_db|std::|terminate|\/work\/|\.cpp:/);
    assert.ok(!text.includes(lab.state));
  }
});

test('the largest range asked for is at most 500 points a series', async () => {
  for (const query of ['start=0&end=4102444800', 'delta=300000000', 'start=0&series=all', '']) {
    for (const path of [`${job}graph/cpu.json`, `${user}graph/cpu.json`]) {
      const answer = await ask(lab.as.user, `${path}?${query}`);
      if (answer.status !== 200) continue;
      assert.ok(answer.json().grid.n <= 502, `${path}?${query}: ${answer.json().grid.n}`);
    }
  }
});

/** A query with what may differ between visitors and moments taken out. */
const shapeOf = (query) => query
  .replace(/=~"(?:[^"\\]|\\.)*"/g, '=~LIST').replace(/"(?:[^"\\]|\\.)*"/g, 'TEXT')
  .replace(/\[\d+[smhd]\]/g, '[TIME]');

/** Values between quotes that nobody but the portal itself would write. */
const hostile = (query) => [...query.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text)
  .filter((text) => !/^[\w.:@ ()?|*[\]+\\$\/^-]*$/.test(text));

test('the shape of the queries to Prometheus never changes', async () => {
  const watched = await recorder(lab.prometheus);
  const portal = await secondPortal(watched.url, { login: lab.user, staff: false });
  try {
    const visit = async (path) => {
      const answer = await ask(portal.url, path);
      return answer.status === 200 ? answer.text : '';
    };
    for (const path of [user, job, jobPath(story('good_cpu'))]) {
      for (const url of new Set(graphUrls(await visit(path)))) {
        await visit(url);
        await visit(`${url}?series=all`);
      }
      await visit(`${path}value/cost.json`);
    }
    await visit('/secure/accountstats/DEF-SMITH_cpu/'); // asks for both spellings
    const honest = new Set(watched.queries.map(({ query }) => shapeOf(query)));
    assert.ok(honest.size >= 10, `${honest.size} shapes`);
    assert.deepEqual([...new Set(watched.queries.flatMap(({ query }) => hostile(query)))], []);
    watched.queries.length = 0;
    for (const { path } of cases) {
      if (/%(?![0-9a-f]{2})/i.test(path) || !decodable(path)) continue;
      await ask(portal.url, path);
    }
    for (const { query } of watched.queries) {
      assert.ok(honest.has(shapeOf(query)), `a new shape: ${query}`);
      assert.deepEqual(hostile(query), [], query);
    }
  } finally {
    await portal.stop();
    watched.stop();
  }
});

function decodable(path) {
  try {
    decodeURIComponent(path.split('?')[0]);
    return true;
  } catch {
    return false;
  }
}

test('a name from the address never becomes a name for Slurm\'s table', async () => {
  const text = "' or '1'='1";
  const answer = await ask(lab.as.user, `${user}?name=${encodeURIComponent(text)}`);
  assert.equal(answer.status, 200);
  assert.ok(!answer.text.includes('class="row-link"'), 'nothing is called so');
  const { code } = await run(`${lab.state}/bin/userportal`, ['routes', '--config', 'x']);
  assert.equal(code, 2, 'an unknown option is an error');
});

test('after all this the pool still has all of its first workers', async () => {
  const pid = (await run('cat', [`${lab.state}/run/portal.own`])).out.split(' ')[0];
  const since = readFileSync(`${lab.state}/log/portal.out`).subarray(logged).toString();
  assert.doesNotMatch(since, /worker\.ended|pool\.killed/);
  assert.ok(Number(pid) > 0);
});

await runTests();
