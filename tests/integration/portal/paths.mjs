// Portals below paths of a host that serves other things too (apache/userportal-paths.conf): two,
// /narval and /beluga, behind the real Apache and Shibboleth. No link of any page leads out of its
// own path, except those that are meant to; whatever else the host serves stays as it is.
import assert from 'node:assert/strict';
import https from 'node:https';
import { until } from '../../lab/wait.mjs';
import { decode, lab, labScript, runTests, story, test, words } from './lib.mjs';
import { pathOf, routes } from './routes.mjs';
import { labToken, removeJobs } from './scripts_lib.mjs';
import { Visitor, ca, provider } from './sso_client.mjs';

const host = process.env.LAB_URL_PATHS;
const base = '/narval';
const home = `${base}/`;
const sibling = '/beluga';
const JOB = 900_000_001;

const started = await labScript('server', lab.state, 'paths', 'start');
assert.equal(started.code, 0, started.err);

const anybody = new Visitor();
const staff = new Visitor();
const at = (path) => host + path;
const ask = (who, path, options) => who.ask(at(path), options);

/** A request with a body, over a connection of its own. */
function send(method, path, headers, body = '') {
  return new Promise((resolve, reject) => {
    const request = https.request(at(path), { method, headers, ca, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const own = { job: story('good_cpu'), account: 'def-smith_cpu', cloud: 'def-smith' };
/** Addresses that pages may have outside of their portal's path. */
const MEANT = [
  /^\/Shibboleth\.sso\/Logout\?return=\/narval\/$/, // the service provider is the host's
  new RegExp(`^${host}${sibling}/`), // the portal of another cluster
  /^https:\/\/docs\.alliancecan\.ca\//, // the site's own texts
];

/** All addresses in a page's attributes. */
function addresses(html) {
  const found = html.matchAll(/\s(?:href|src|action|data-[a-z-]+)="([^"]*)"/g);
  return [...found].map(([, value]) => decode(value))
    .filter((value) => /^(\/|[a-z]+:\S+$)/.test(value));
}

const isMeant = (address) => MEANT.some((pattern) => pattern.test(address));

test('signing in leads to the page that was asked for, below the path', async () => {
  const page = await staff.signIn('staff', at(`${base}/secure/jobstats/alice/?state=completed`));
  assert.equal(page.status, 200);
  assert.equal(page.url.href, at(`${base}/secure/jobstats/alice/?state=completed`));
  assert.ok(staff.session());
  assert.equal((await ask(staff, `${sibling}/secure/me.json`)).json().login, 'staff',
    'one session for both');
});

test('no page leads out of its path, and what its links lead to is there', async () => {
  const seen = new Set();
  const shapes = new Map();
  const outside = new Map();
  const todo = routes.filter(({ method, pattern }) => method === 'GET' && !/^\/(api|language)/
    .test(pattern)).map(({ pattern }) => base + pathOf(pattern, own));
  while (todo.length > 0) {
    const path = todo.shift();
    const shape = path.replace(/\?.*/, '').replace(/\d+/g, 'N');
    const times = (shapes.get(shape) ?? 0) + 1;
    if (seen.has(path) || times > 2) continue;
    seen.add(path);
    shapes.set(shape, times);
    const { status, headers, text } = await ask(staff, path);
    assert.ok([200, 302].includes(status), `${path}: ${status}`);
    const found = status === 302 ? [headers.location] : addresses(text);
    for (const address of found) {
      if (address.startsWith(home) && !/^\/narval\/(secure\/)?language\//.test(address)) {
        todo.push(address.replace(/#.*/, ''));
      } else if (!address.startsWith(home) && !isMeant(address)) {
        outside.set(address, path);
      }
    }
    if (/json/.test(headers['content-type'] ?? '')) {
      assert.doesNotMatch(text, /"\/(secure|static|graph|api|language)/, path);
    }
  }
  assert.deepEqual(Object.fromEntries(outside), {});
  assert.ok(seen.size > 60, `${seen.size} addresses`);
  console.log(`        ${seen.size} addresses, ${shapes.size} kinds`);
});

test('redirects stay below the path', async () => {
  const leads = async (who, path, to, status = 301) => {
    const answer = await ask(who, path);
    assert.equal(answer.status, status, path);
    assert.equal(new URL(answer.headers.location, host).href, at(to), path);
  };
  await leads(anybody, base, home);
  await leads(staff, `${base}/secure/jobstats/alice?state=failed`,
    `${base}/secure/jobstats/alice/?state=failed`);
  await leads(staff, `${base}/secure/jobstats/`, `${base}/secure/jobstats/staff/`, 302);
  await leads(staff, `${base}/secure/jobstats/?job=${own.job.id_job}`,
    `${base}/secure/jobstats/${own.job.user}/${own.job.id_job}/`, 302);
  const question = await ask(anybody, `${base}/secure/jobstats/`);
  assert.equal(question.status, 302);
  assert.ok(question.headers.location.startsWith(provider));
});

test('the language is kept for this portal alone, and leads back below its path', async () => {
  const back = (path) => ask(anybody, `${base}/language/`, { method: 'POST',
    headers: { origin: new URL(at('/')).origin },
    form: new URLSearchParams({ language: 'fr', back: path }) });
  const { headers } = await back(`${home}?delta=86400`);
  assert.equal(headers.location, `${home}?delta=86400`);
  assert.match(headers['set-cookie'][0], /; Path=\/narval;/);
  for (const away of ['/', '/other', '/narvalx/', `${sibling}/`, '//evil.example/']) {
    assert.equal((await back(away)).headers.location, home, away);
  }
  const page = await ask(anybody, home);
  assert.match(page.text, /<html lang="fr"/);
  assert.match(page.text, /data-theme-switch="\/narval\/"/);
});

test('signing out ends the session and leads back to the portal', async () => {
  const guest = new Visitor();
  const page = await guest.signIn('alice', at(`${base}/secure/usersummary/alice/`));
  const link = decode(/href="([^"]*Logout[^"]*)"/.exec(page.text)[1]);
  assert.equal(link, `/Shibboleth.sso/Logout?return=${home}`);
  assert.ok((await ask(guest, link)).headers.location.startsWith(provider));
  assert.equal((await ask(guest, `${base}/secure/me.json`)).status, 401);
});

test('static files are named after their content, packed, and nowhere else', async () => {
  const { text } = await ask(anybody, home);
  const files = addresses(text).filter((one) => one.includes('/static/'));
  assert.ok(files.length >= 3);
  for (const file of new Set(files.map((one) => one.replace(/#.*/, '')))) {
    const { status, headers } = await ask(anybody, file, { headers: { 'accept-encoding': 'br' } });
    assert.equal(status, 200, file);
    assert.match(headers['cache-control'], /max-age=31536000, immutable/);
    if (/\.(css|js)$/.test(file)) assert.equal(headers['content-encoding'], 'br', file);
    assert.equal((await ask(anybody, file.replace(base, ''))).status, 404);
  }
  assert.match((await ask(anybody, `${home}favicon.ico`)).headers['content-type'], /svg/);
});

const PROTECTED = ['content-security-policy', 'x-content-type-options', 'x-frame-options',
  'referrer-policy', 'permissions-policy', 'cross-origin-opener-policy', 'x-request-id'];

test('each answer below the path has each protection once, others have none', async () => {
  const graph = `${base}/graph/lustre/lustre03/ost.json?delta=604800`;
  const paths = [home, `${base}/nothing`, `${base}/static/nothing`, graph, graph,
    `${base}/secure/me.json`, `${base}/secure/jobstats/`, `${base}/api/`];
  const ids = new Set();
  for (const path of paths) {
    const { headers, names } = await ask(anybody, path);
    for (const header of PROTECTED) {
      assert.equal(names.filter((one) => one === header).length, 1, `${path}: ${header}`);
    }
    ids.add(headers['x-request-id']);
  }
  assert.equal(ids.size, paths.length - 1, 'an id each; from the cache that of who made it');
  const other = await ask(anybody, '/index.html');
  assert.match(other.text, /Something else of this host/);
  const beyond = PROTECTED.filter((header) => header in other.headers);
  assert.deepEqual(beyond, []);
});

test('a public graph is kept by Apache', async () => {
  const graph = `${base}/graph/lustre/lustre04/mdt.json?delta=86400`;
  // Apache's cached answer may expire between the two.
  await until(async () => {
    const first = await ask(anybody, graph);
    const again = await ask(anybody, graph);
    return 'age' in again.headers && again.text === first.text;
  }, 'the second answer comes from the cache', 10);
  const other = await ask(anybody, graph.replace(base, sibling));
  assert.equal(other.status, 200);
});

test('the host\'s own addresses are none of the portal', async () => {
  for (const path of ['/secure/jobstats/', '/secure/me.json', '/static/', '/graph/', '/api/',
    '/narvalx', '/narvalx/', '/narval.', '/favicon.ico']) {
    const { status, headers } = await ask(anybody, path);
    assert.equal(status, 404, path);
    assert.ok(!('content-security-policy' in headers), path);
  }
  const { status } = await send('POST', '/', { 'content-type': 'text/plain' }, 'body');
  assert.notEqual(status, 413);
  for (const trick of ['/narval/../secure/jobstats/', '/narval/%2e%2e/beluga/secure/top/']) {
    assert.notEqual((await send('GET', trick, {})).status, 200, trick);
  }
});

test('scripts are uploaded below the path, by the same rules', async () => {
  const api = `${base}/api/jobscripts/`;
  const type = { 'content-type': 'application/json', authorization: `Token ${labToken}` };
  const body = JSON.stringify({ id_job: JOB, submit_script: '#!/bin/sh\ntrue\n' });
  await removeJobs(JOB, JOB);
  const made = await send('POST', api, type, body);
  assert.equal(made.status, 201, made.text);
  if (made.headers.location) assert.match(made.headers.location, /\/narval\/api\/jobscripts\//);
  await removeJobs(JOB, JOB);
  assert.equal((await send('POST', api, { ...type, authorization: 'Token x' }, body)).status, 401);
  assert.equal((await send('POST', api, { ...type, 'content-length': 99999999 })).status, 413);
  const chunked = await send('POST', api, { ...type, 'transfer-encoding': 'chunked' }, body);
  assert.equal(chunked.status, 411);
  assert.match(chunked.headers['content-type'], /json/);
  assert.equal((await send('POST', `${base}/secure/jobstats/`, type, body)).status, 413);
});

test('headers of the client say nothing of who one is', async () => {
  for (const name of ['Remote-User', 'REMOTE_USER', 'Shib-Session-ID', 'eppn', 'affiliation']) {
    const headers = { [name]: 'staff@alliancecan.ca' };
    const { status } = await send('GET', `${base}/secure/me.json`, headers);
    assert.ok([400, 401].includes(status), `${name}: ${status}`);
  }
});

test('the portals of two clusters link to each other\'s pages', async () => {
  const links = async (path) => addresses((await ask(staff, path)).text)
    .filter((one) => one.startsWith(host));
  const job = `${base}/secure/jobstats/${own.job.user}/${own.job.id_job}/`;
  assert.deepEqual(await links(job), [at(`${sibling}/secure/jobstats/${own.job.user}/`)]);
  assert.deepEqual(await links(`${base}/secure/usersummary/alice/?delta=604800`),
    [at(`${sibling}/secure/usersummary/alice/?delta=604800`)]);
  assert.deepEqual(await links(`${sibling}/secure/top/compute/?user=a`),
    [at(`${base}/secure/top/compute/`)]);
  assert.deepEqual(await links(`${base}/secure/quotas/alice/`), [at(`${sibling}/`)]);
  const there = await ask(staff, `${sibling}/secure/jobstats/${own.job.user}/`);
  assert.equal(there.status, 200);
  assert.match(words(there.text), /Béluga/);
});

await runTests();
