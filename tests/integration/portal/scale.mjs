// Two hosts behind a balancer, as apache/userportal-balancer.conf has them, over one database of
// the portal's own: 16 clients read pages and upload scripts while one host loses its power, comes
// back, and is reloaded. Only the requests that this host was serving fail; no script that was
// accepted is lost. Nothing that a client sends changes who it is or where it comes from.
// SECONDS=N makes each part longer.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { sleep, until } from '../../lab/wait.mjs';
import { jobPath, lab, labScript, runTests, story, test } from './lib.mjs';
import { admin, digest, labToken, removeJobs, storedDigests } from './scripts_lib.mjs';
import { ca } from './sso_client.mjs';

const portal = process.env.LAB_URL_BALANCER;
const seconds = Number(process.env.SECONDS ?? 4);
const READERS = 10;
const WRITERS = 6;
const SCRIPT_BYTES = 200_000;
const FIRST_JOB = 910_000_000;
const PATHS = ['/secure/jobstats/alice/', jobPath(story('good_cpu')), '/secure/usersummary/alice/',
  `${jobPath(story('good_cpu'))}graph/cpu.json`, '/', '/secure/me.json'];
const password = `Basic ${Buffer.from('alice:alice-demo').toString('base64')}`;

await labScript('server', lab.state, 'hosts', 'stop');
const started = await labScript('server', lab.state, 'hosts', 'start');
assert.equal(started.code, 0, started.err);

/** One request; answers {status, headers, text}, status 0 if the connection broke. */
function ask(path, { at = portal, method = 'GET', headers = {}, body, agent, from } = {}) {
  return new Promise((resolve) => {
    const failed = ({ code }) => resolve({ status: 0, headers: {}, text: code });
    const options = { method, headers, ca, agent: agent ?? false, localAddress: from };
    const request = https.request(at + path, options, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('error', failed);
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    request.on('error', failed);
    request.end(body);
  });
}

/** One client with a connection and a cookie of its own: which host it has come to, and what became
 * of each of its requests. */
class Client {
  #agent = new https.Agent({ keepAlive: true, maxSockets: 1 });

  constructor(kind) {
    this.kind = kind;
    this.host = undefined;
    this.done = [];
  }

  async #send(path, options) {
    const cookie = this.host && { cookie: `portal_route=.${this.host}` };
    const start = performance.now();
    const headers = { ...options.headers, ...cookie };
    const answer = await ask(path, { ...options, headers, agent: this.#agent });
    const given = /portal_route=\.(\w)/.exec(answer.headers['set-cookie']?.join() ?? '')?.[1];
    const host = given ?? this.host;
    if (this.kind === 'reader') this.host = host;
    const { status } = answer;
    const one = { kind: this.kind, start, end: performance.now(), status, host };
    this.done.push(one);
    return one;
  }

  async read(number) {
    const path = PATHS[number % PATHS.length];
    await this.#send(path, { headers: { authorization: password } });
  }

  async write(job) {
    const script = `#!/bin/bash\n${randomBytes(SCRIPT_BYTES / 2).toString('hex')}\n`;
    const body = JSON.stringify({ id_job: job, submit_script: script });
    const headers = { 'content-type': 'application/json', authorization: `Token ${labToken}`,
      'content-length': Buffer.byteLength(body) };
    const one = await this.#send('/api/jobscripts/', { method: 'POST', headers, body });
    if (one.status === 201) taken.set(job, digest(script));
  }

  close() { this.#agent.destroy(); }
}

const taken = new Map();
let nextJob = FIRST_JOB;
let over = false;

async function work(client) {
  for (let number = 0; !over; number += 1) {
    if (client.kind === 'reader') await client.read(number);
    else await client.write(nextJob++);
  }
}

const pidOf = (name) => Number(readFileSync(`${lab.state}/run/${name}.own`, 'utf8').split(' ')[0]);
const count = (all, wanted) => all.filter(wanted).length;
const ok = ({ status }) => status === 200 || status === 201;

function printTable(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => `${row[at]}`.length)));
  for (const row of rows) {
    console.log(`        ${row.map((cell, at) => `${cell}`.padEnd(widths[at])).join('  ')}`);
  }
}

/** Until the host answers readers again, who come without a cookie; in milliseconds. */
async function untilBack(since) {
  await until(async () => {
    const { headers } = await ask('/');
    return /portal_route=\.a/.test(headers['set-cookie']?.join() ?? '');
  }, 'the host comes back');
  return performance.now() - since;
}

test('a host that dies takes with it what it had in hand, and nothing else', async () => {
  await removeJobs(FIRST_JOB, FIRST_JOB + 99_999);
  const clients = Array.from({ length: READERS + WRITERS },
    (_, index) => new Client(index < READERS ? 'reader' : 'writer'));
  const working = clients.map(work);
  const host = (action) => labScript('server', lab.state, 'host_a', action);
  await sleep(seconds * 1000);
  const killing = performance.now();
  assert.equal((await host('kill')).code, 0);
  const dead = performance.now();
  await sleep(seconds * 1000);
  const starting = performance.now();
  assert.equal((await host('start')).code, 0);
  const back = performance.now() + await untilBack(performance.now());
  await sleep(seconds * 1000);
  const reloading = performance.now();
  for (const [name, signal] of [['host-a-apache', 'SIGUSR1'], ['host-a', 'SIGHUP'],
    ['host-a-api', 'SIGHUP']]) process.kill(pidOf(name), signal);
  await sleep(seconds * 1000);
  over = true;
  await Promise.all(working);
  clients.forEach((client) => client.close());

  const all = clients.flatMap(({ done }) => done);
  const parts = {
    'both hosts': all.filter(({ end }) => end < killing),
    'one dies': all.filter(({ start, end }) => start <= dead && end >= killing),
    'one is dead': all.filter(({ start }) => start > dead && start < starting),
    'it starts': all.filter(({ start }) => start >= starting && start < back),
    'both again': all.filter(({ start }) => start >= back && start < reloading),
    'it reloads': all.filter(({ start }) => start >= reloading),
  };
  printTable([['', 'requests', 'uploads', 'host a', 'failed', 'longest'],
    ...Object.entries(parts).map(([name, some]) => [name, some.length,
      count(some, ({ kind }) => kind === 'writer'), count(some, (one) => one.host === 'a'),
      count(some, (one) => !ok(one)),
      `${Math.round(Math.max(0, ...some.map(({ start, end }) => end - start)))} ms`])]);
  console.log(`        the host takes requests ${Math.round(back - starting)} ms after its start`);
  const { 'one dies': dying, 'one is dead': without, ...others } = parts;
  const lost = dying.filter((one) => !ok(one));
  const failed = [...without, ...Object.values(others).flat()].filter((one) => !ok(one));
  assert.deepEqual(failed, []);
  assert.ok(lost.length > 0 && lost.length <= READERS + WRITERS, `${lost.length} were in hand`);
  assert.deepEqual(lost.filter((one) => one.host === 'b'), []);
  assert.equal(count(without, (one) => one.host === 'a'), 0, 'the host was dead');
  for (const name of ['both hosts', 'both again', 'it reloads']) {
    const shares = ['a', 'b'].map((letter) => count(parts[name], (one) => one.host === letter));
    assert.ok(Math.min(...shares) > 0, `${name}: ${shares} requests`);
  }
});

test('every script that was taken is in the database, each byte of it', async () => {
  const stored = await storedDigests(FIRST_JOB, FIRST_JOB + 99_999);
  const missing = [...taken].filter(([job, sum]) => !stored.get(job)?.has(sum));
  assert.deepEqual(missing, []);
  assert.ok(taken.size > 20, `${taken.size} scripts`);
  console.log(`        ${taken.size} scripts taken, ${stored.size} stored`);
  await removeJobs(FIRST_JOB, FIRST_JOB + 99_999);
});

test('nothing that passes the balancer says who one is', async () => {
  for (const name of ['Remote-User', 'REMOTE_USER', 'X-Remote-User', 'affiliation', 'Auth-Type']) {
    const headers = { [name]: 'staff@alliancecan.ca' };
    const { status } = await ask('/secure/me.json', { headers });
    assert.ok([400, 401].includes(status), `${name}: ${status}`);
  }
  const headers = { authorization: password, cookie: 'portal_route=.zzz' };
  assert.equal((await ask('/secure/me.json', { headers })).status, 200);
});

test('a client is where the balancer says, whatever it claims itself', async () => {
  const made = await admin('token', 'create', '--name', 'scale', '--network', '127.0.0.9/32');
  assert.equal(made.code, 0, made.err);
  const body = JSON.stringify({ id_job: FIRST_JOB, submit_script: '#!/bin/sh\n' });
  const status = async (from, more = {}, at = portal) => (await ask('/api/jobscripts/', { at, from,
    method: 'POST', body, headers: { 'content-type': 'application/json', ...more,
      'content-length': body.length, authorization: `Token ${made.out.trim()}` } })).status;
  const claim = { 'x-forwarded-for': '127.0.0.9' };
  assert.equal(await status('127.0.0.9'), 201);
  assert.notEqual(await status('127.0.0.8'), 201);
  assert.notEqual(await status('127.0.0.8', claim), 201);
  assert.notEqual(await status('127.0.0.8', claim, process.env.LAB_URL_HOST), 201);
  await removeJobs(FIRST_JOB, FIRST_JOB);
});

await runTests();
