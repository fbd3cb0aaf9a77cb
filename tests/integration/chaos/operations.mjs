// operations.mjs: what a sysadmin does to a portal that is in use by 16 clients: pages, graphs and
// uploads of 200 kB through the real Apache, while the service is stopped and started with its
// socket held, replaced, upgraded, while Apache reloads and its log is rotated, and while MariaDB
// and Prometheus restart. No request may fail except those being served by a process that was
// killed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import readline from 'node:readline';
import { sleep, until } from '../../lab/wait.mjs';
import { jobPath, lab, labScript, story, truth } from '../portal/lib.mjs';
import { digest, labToken, removeJobs, storedDigests } from '../portal/scripts_lib.mjs';
import { check, finish, problem, table } from './table.mjs';

const kReaders = 12;
const kSenders = 4;
const kScript = 200_000;
const kBase = 4210000000;
const kCalmMs = 2500;

const program = join(lab.state, 'bin', 'userportal');
const server = async (name, action) => {
  const { code, err } = await labScript('server', lab.state, name, action);
  if (code !== 0) throw new Error(`${name} ${action}: ${err}`);
};

/** A pool whose socket is held by somebody else, as by systemd. */
class Held {
  constructor(socket, workers) {
    const account = 'www-data';
    this.process = spawn('setpriv', [`--reuid=${account}`, `--regid=${account}`, '--init-groups',
      '--', join(lab.scripts, 'hold-socket'), socket, program, 'serve', '--config',
      process.env.LAB_CONFIG, '--secrets', process.env.LAB_SECRETS, '--listen', 'fd:3',
      '--workers', String(workers)], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.log = '';
    this.process.stderr.on('data', (part) => { this.log += part; });
    this.lines = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.pid = 0;
  }

  async tell(word) {
    this.process.stdin.write(`${word}\n`);
    const { value } = await this.lines.next();
    this.pid = Number(/^started (\d+)$/.exec(value)?.[1] ?? this.pid);
  }

  /** Waits until the pool says this once more. */
  async says(event, action) {
    const count = () => this.log.split(event).length;
    const before = count();
    await action();
    await until(() => count() > before, () => `the pool says ${event}: ${this.log.slice(-2000)}`);
  }

  start() { return this.says('pool.ready', () => this.tell('start')); }
  stop() { return this.tell('stop'); }
  replace() { return this.says('pool.ready', async () => process.kill(this.pid, 'SIGHUP')); }

  /** Kills one worker with whatever it has in hand. */
  killWorker() {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
    process.kill(Number(children.trim().split(' ')[0]), 'SIGKILL');
  }

  async end() {
    const gone = new Promise((resolve) => { this.process.on('exit', resolve); });
    this.process.stdin.end();
    await gone;
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: kReaders });

/** One request; {status, retryAfter, whole} or {error, reused}. */
function once(at, path, { method = 'GET', body, headers = {}, kept = true } = {}) {
  const url = new URL(at);
  return new Promise((resolve) => {
    const request = http.request({ host: url.hostname, port: url.port, path, method, headers,
      agent: kept ? agent : false }, (response) => {
      let size = 0;
      response.on('data', (part) => { size += part.length; });
      response.on('error', (error) => resolve({ error: String(error), reused: false }));
      response.on('end', () => resolve({ status: response.statusCode, size,
        retryAfter: response.headers['retry-after'] }));
    });
    request.on('error', (error) =>
      resolve({ error: String(error), reused: request.reusedSocket }));
    request.setTimeout(30000, () => request.destroy(new Error('no answer in 30 s')));
    request.end(body);
  });
}

/** As every browser: a kept connection that the server closed meanwhile is replaced once. */
async function read(path) {
  const answer = await once(lab.as.user, path);
  return answer.error && answer.reused ? once(lab.as.user, path, { kept: false }) : answer;
}

const job = story('good_cpu');
const pages = [jobPath(job), `/secure/jobstats/${lab.user}/`, `/secure/usersummary/${lab.user}/`,
  `${jobPath(job)}graph/cpu.json`, `${jobPath(job)}graph/mem.json`,
  `/secure/accountstats/${truth.jobs.find(({ user }) => user === lab.user).account}/`];
const pool = randomBytes(kScript);

let phase;
const kept = new Map();
let over = false;
let next = kBase;

function count(kind, answer, ms) {
  phase[kind] += 1;
  phase.slowest = Math.max(phase.slowest, ms);
  if (answer.error || (answer.status >= 400 && answer.status !== 503)) {
    phase.failed += 1;
    phase.reasons.add(answer.error ?? `${kind}: ${answer.status}`);
  } else if (answer.status === 503) {
    // Asked to retry by the portal itself, or by Apache because no worker is there.
    if (answer.retryAfter) phase.later += 1;
    else { phase.failed += 1; phase.reasons.add(`${kind}: 503 of Apache`); }
  }
}

async function reader(number) {
  for (let i = number; !over; i += 1) {
    const begin = performance.now();
    const answer = await read(pages[i % pages.length]);
    count('pages', answer, performance.now() - begin);
    if (answer.status === 503) await sleep(200);
  }
}

/** Sends scripts, each until it is taken, as the uploader does. */
async function sender() {
  while (!over) {
    next += 1;
    const id = next;
    const body = Buffer.concat([Buffer.from(`#!/bin/bash\n# ${id}\n`), pool]);
    for (let taken = false; !taken && !over;) {
      const begin = performance.now();
      const answer = await once(lab.as.nobody, `/api/jobscripts/${id}/`, {
        method: 'PUT', body, kept: false,
        headers: { 'content-type': 'application/octet-stream', 'content-length': body.length,
          authorization: `Token ${labToken}` },
      });
      count('uploads', answer, performance.now() - begin);
      taken = answer.status === 200 || answer.status === 201;
      if (taken) kept.set(id, digest(body));
      else await sleep(200);
    }
  }
}

const rows = [];
/** Does something under load; `may`: {later, failed} are allowed to be as many. */
async function during(name, action, may = {}) {
  phase = { pages: 0, uploads: 0, later: 0, failed: 0, slowest: 0, reasons: new Set() };
  await sleep(kCalmMs / 2);
  await action();
  await sleep(kCalmMs);
  await until(() => phase.pages > 0 && phase.uploads > 0, `${name}: somebody comes through`);
  const { pages: read, uploads, later, failed, slowest, reasons } = phase;
  rows.push([name, read, uploads, later, failed, Math.round(slowest)].map(String));
  check(failed <= (may.failed ?? 0), `${name}: ${failed} failed: ${[...reasons].join('; ')}`);
  check(later <= (may.later ?? 0), `${name}: ${later} were asked to retry`);
}

const held = [];
const both = (action) => Promise.all(held.map(action));
const apache = () => Number(readFileSync(join(lab.state, 'run', 'apache.pid'), 'utf8'));
const reload = async () => { process.kill(apache(), 'SIGUSR1'); await sleep(1000); };

/** The program's file is replaced by renaming, as rpm does it, then the service reloads. */
async function upgrade() {
  copyFileSync(program, `${program}.next`);
  renameSync(`${program}.next`, program);
  await both((one) => one.replace());
}

async function rotate() {
  const log = join(lab.state, 'log', 'apache.access.log');
  renameSync(log, `${log}.1`);
  await reload();
  await until(() => existsSync(log) && statSync(log).size > 0, 'the new log is written');
}

async function restart(name) {
  await server(name, 'stop');
  await sleep(500);
  await server(name, 'start');
}

await removeJobs(kBase, kBase + 1_000_000);
await server('portal', 'stop');
held.push(new Held(process.env.LAB_SOCKET, 6), new Held(process.env.LAB_API_SOCKET, 2));
let clients = [];
try {
  await both((one) => one.start());
  phase = {};
  clients = [...Array.from({ length: kReaders }, (_, i) => reader(i)),
    ...Array.from({ length: kSenders }, sender)];
  const kAny = { later: Infinity };
  await during('nothing', async () => {});
  await during('service stopped for 1 s, started', async () => {
    await both((one) => one.stop());
    await sleep(1000);
    await both((one) => one.start());
  });
  await during('service reloaded (workers replaced)', () => both((one) => one.replace()));
  await during('service reloaded three times', async () => {
    for (let i = 0; i < 3; i += 1) await both((one) => one.replace());
  });
  await during('program replaced, service reloaded', upgrade);
  await during('Apache reloaded (graceful)', reload);
  await during('Apache\'s log rotated', rotate);
  await during('Prometheus stopped, started', () => restart('prometheus'), kAny);
  await during('MariaDB stopped, started', () => restart('mariadb'), kAny);
  await during('a worker of each pool killed', () => both((one) => one.killWorker()),
    { failed: 2 });
  over = true;
  await Promise.all(clients);
} catch (error) {
  problem(String(error.stack ?? error));
} finally {
  over = true;
  await Promise.all(clients);
  await both((one) => one.end());
  await server('portal', 'start');
}

table('With 16 clients on the portal', ['what happens', 'pages', 'uploads of 200 kB',
  'asked to retry', 'failed', 'slowest, ms'], rows);
const stored = await storedDigests(kBase, next + 1);
const lost = [...kept].filter(([id, hash]) => !stored.get(id)?.has(hash)).length;
console.log(`${kept.size} scripts were taken, ${lost} of them are not there`);
check(lost === 0, `${lost} scripts that were taken are not there`);
await removeJobs(kBase, next + 1);
finish();
