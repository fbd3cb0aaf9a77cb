// Every route of the portal with every kind of visitor, as access.table has them; the table is
// compared with the routes that the serving program itself prints.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ask, askRaw, jobPath, lab, run, runTests, story, test, truth } from './lib.mjs';
import { pathOf, routes as rows } from './routes.mjs';

const signedIn = (login) => ({
  authorization: `Basic ${Buffer.from(`${login}:${login}-demo`).toString('base64')}`,
});
const mine = story('good_cpu');
const others = story('cores_640');
const crowds = truth.jobs.find(({ user, account }) => user !== 'olga' &&
  account.startsWith('rrg-boeuf'));

const token = readFileSync(process.env.LAB_API_TOKEN_FILE, 'utf8').trim();

const own = { job: mine, account: 'def-smith_cpu', cloud: 'def-smith' };
const foreign = { job: others, account: 'rrg-heavy_cpu', cloud: 'rrg-heavy' };
/** Who comes by which address, with which headers, and whose pages they ask for. */
const VISITORS = {
  anonymous: { at: lab.as.nobody, of: own },
  foreign: { at: lab.as.foreign, of: own },
  plain: { at: lab.as.plain, of: own },
  owner: { at: lab.as.user, of: own },
  other: { at: lab.as.user, of: foreign },
  staff: { at: lab.as.staff, of: own },
  member: { at: lab.as.signIn, headers: signedIn('bob'), of: own },
  former: { at: lab.as.signIn, headers: signedIn('olga'),
    of: { job: crowds, account: 'rrg-boeuf_cpu', cloud: 'cloud-boeuf' } },
  token: { at: lab.as.nobody, headers: { authorization: `Token ${token}` }, of: own },
};

test('the table has a status for each visitor', () => {
  for (const { pattern, statuses } of rows) {
    assert.equal(statuses.length, Object.keys(VISITORS).length, pattern);
  }
});

test('the table has the routes of the program, and the program those of the table', async () => {
  const { code, out } = await run(`${lab.state}/bin/userportal`, ['routes']);
  assert.equal(code, 0);
  const listed = rows.map(({ method, pattern, access }) => `${method} ${pattern} ${access}`);
  assert.deepEqual(out.trim().split('\n').sort(), listed.sort());
});

for (const { method, pattern, statuses } of rows) {
  Object.entries(VISITORS).forEach(([visitor, { at, headers, of }], index) => {
    test(`${method} ${pattern} for ${visitor}: ${statuses[index]}`, async () => {
      const path = pathOf(pattern, of);
      for (const verb of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        const answer = await ask(at, path, { method: verb, headers });
        assert.equal(answer.status, statuses[index], `${verb} ${path}`);
      }
    });
  });
}

test('another user\'s job is not found under the own login', async () => {
  const stolen = { user: lab.user, id_job: others.id_job };
  for (const end of ['', 'script', 'graph/cpu.json', 'value/cost.json', 'graph/power.json']) {
    const answer = await ask(lab.as.user, jobPath(stolen) + end);
    assert.equal(answer.status, 404, end);
  }
  assert.equal((await ask(lab.as.user, `/secure/jobstats/?job=${others.id_job}`)).status, 404);
  const found = await ask(lab.as.staff, `/secure/jobstats/?job=${others.id_job}`);
  assert.equal(found.headers.location, jobPath(others));
});

test('refused and not found cannot be told apart', async () => {
  const pairs = [
    ['/secure/jobstats/bob/', '/secure/jobstats/nosuchuser/'],
    [jobPath(others), `/secure/jobstats/nosuchuser/${others.id_job}/`],
    [`${jobPath(others)}graph/cpu.json`, `/secure/jobstats/bob/99999999/graph/cpu.json`],
    [`/secure/jobstats/alice/${others.id_job}/`, '/secure/jobstats/alice/99999999/'],
    [`/secure/jobstats/?job=${others.id_job}`, '/secure/jobstats/?job=99999999'],
    ['/secure/accountstats/rrg-heavy_cpu/', '/secure/accountstats/nosuchgroup_cpu/'],
  ];
  for (const [refused, missing] of pairs) {
    const [left, right] = [await ask(lab.as.user, refused), await ask(lab.as.user, missing)];
    assert.equal(left.status, 404);
    const strip = (answer) => answer.text.replaceAll(answer.headers['x-request-id'], 'ID')
      .replace(/\b(bob|nosuchuser|rrg-heavy_cpu|nosuchgroup_cpu|alice|99999999|3000\d{4})\b/g, 'X')
      .replace(/(3F|3D)X|99999999|30003000/g, 'X')
      .replace(/datetime="[^"]*"|\d\d:\d\d( UTC)?/g, '');
    assert.equal(strip(left), strip(right));
    const shown = (answer) => Object.keys(answer.headers).sort();
    assert.deepEqual(shown(left), shown(right));
  }
});

test('headers of the client never say who one is', async () => {
  const forged = [
    'Remote-User', 'X-Remote-User', 'REMOTE_USER', 'remote_user', 'X_Remote_User', 'affiliation',
    'Affiliation', 'Shib-affiliation', 'X-Forwarded-User', 'AUTH_TYPE', 'Auth-Type', 'Proxy',
  ];
  for (const name of forged) {
    const value = /aff/i.test(name) ? 'staff@alliancecan.ca' : 'staff@alliancecan.ca';
    const head = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${name}: ${value}\r\n` +
      'AUTH_TYPE: Basic\r\nConnection: close\r\n\r\n';
    const stranger = await askRaw(lab.as.nobody, head('/secure/jobstats/alice/'));
    assert.ok([400, 401].includes(stranger.status), `${name} as nobody: ${stranger.status}`);
    const other = await askRaw(lab.as.user, head('/secure/jobstats/bob/'));
    assert.ok([400, 404].includes(other.status), `${name} as a user: ${other.status}`);
    const plain = await askRaw(lab.as.plain, head('/secure/jobstats/bob/'));
    assert.ok([400, 404].includes(plain.status), `${name} without affiliation: ${plain.status}`);
  }
});

test('a wrong password and no password do not pass the sign-in', async () => {
  const basic = (text) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const path = '/secure/jobstats/alice/';
  assert.equal((await ask(lab.as.signIn, path)).status, 401);
  const wrong = await ask(lab.as.signIn, path, { headers: basic('alice:wrong') });
  assert.equal(wrong.status, 401);
  const right = await ask(lab.as.signIn, path, { headers: basic('alice:alice-demo') });
  assert.equal(right.status, 200);
  const other = await ask(lab.as.signIn, path, { headers: basic('bob:bob-demo') });
  assert.equal(other.status, 404);
  const staff = await ask(lab.as.signIn, path, { headers: basic('staff:staff-demo') });
  assert.equal(staff.status, 200);
});

await runTests();
