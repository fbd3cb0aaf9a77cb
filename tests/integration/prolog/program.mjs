// userportal-prolog against a portal that is up, away, slow, hanging and wrong.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sleep, until } from '../../lab/wait.mjs';
import { Portal } from './portal.mjs';

const program = process.env.PROLOG;
const tests = [];
const test = (name, body) => tests.push({ name, body });

/** One controller: state folder, spool, configuration, a portal. */
class Site {
  constructor() {
    this.folder = mkdtempSync('/tmp/prolog-test.');
    this.spool = join(this.folder, 'spool');
    this.children = [];
    this.token = 'ab'.repeat(32);
    for (let hash = 0; hash < 10; hash += 1) {
      mkdirSync(join(this.folder, 'state', `hash.${hash}`), { recursive: true });
    }
    this.file('token', `${this.token}\n`, 0o600);
  }

  async start() {
    this.portal = await new Portal().start();
    this.configure();
    return this;
  }

  configure(more = {}) {
    const keys = { url: `http://127.0.0.1:${this.portal.port}/api/jobscripts/`, timeout_ms: 20_000,
      interval_s: 1, most_mib: 256, keep_free_mib: 1, ...more };
    const ca = keys.ca_file ? `ca_file = ${keys.ca_file}\n` : '';
    this.config = this.file('prolog.ini', `[portal]\nurl = ${keys.url}\n${ca}` +
      `token_file = ${this.folder}/token\ntimeout_ms = ${keys.timeout_ms}\n` +
      `[slurm]\nstate_save_location = ${this.folder}/state\ninterval_s = ${keys.interval_s}\n` +
      `[spool]\nfolder = ${this.spool}\nmost_mib = ${keys.most_mib}\n` +
      `keep_free_mib = ${keys.keep_free_mib}\n`);
  }

  file(name, content, mode = 0o644) {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode });
    chmodSync(path, mode);
    return path;
  }

  jobFolder(id) { return join(this.folder, 'state', `hash.${id % 10}`, `job.${id}`); }

  /** A script as Slurm keeps it: one NUL behind it. */
  submit(id, script, nul = '\0') {
    mkdirSync(this.jobFolder(id), { recursive: true });
    writeFileSync(join(this.jobFolder(id), 'script'),
      Buffer.concat([Buffer.from(script), Buffer.from(nul)]));
  }

  /** Runs the hook as slurmctld does; answers {status, ms}. */
  hook(environment, args = ['--config', this.config]) {
    const begin = performance.now();
    const { status, signal } = spawnSync(program, args, { env: environment, detached: true });
    return { status: signal ?? status, ms: performance.now() - begin };
  }

  run(...words) {
    return spawnSync(program, [...words, '--config', this.config], { encoding: 'utf8' });
  }

  /** `--send`, without holding up the portal of this process; answers the exit status. */
  send() {
    const child = spawn(program, ['--send', '--config', this.config], { stdio: 'ignore' });
    return new Promise((resolve) => { child.on('exit', resolve); });
  }

  collect() {
    const child = spawn(program, ['--collect', '--config', this.config],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    child.errors = '';
    child.stderr.on('data', (data) => { child.errors += data; });
    this.children.push(child);
    return child;
  }

  queued() {
    const queue = join(this.spool, 'queue');
    return existsSync(queue) ? readdirSync(queue) : [];
  }

  /** A script is stored before the uploader has heard so. */
  idle() { return until(() => this.queued().length === 0, 'nothing waits'); }

  /** Our processes that are still about: those with this configuration on their command line. */
  alive() {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.config);
      } catch { return false; }
    }).map(Number);
  }

  killAll() {
    for (const pid of this.alive()) {
      try { process.kill(pid, 'SIGKILL'); } catch { /* it ended by itself */ }
    }
  }

  async stop() {
    this.killAll();
    await this.portal.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The uploader's pauses grow to a minute. */
const stored = (site, id, script) => until(
  () => site.portal.scripts.get(id)?.equals(Buffer.from(script)), `script ${id} is stored`, 180);

test('a hook ends with 0 and the very bytes arrive, without the NUL', async (site) => {
  const bytes = Buffer.concat([Buffer.from('#!/bin/sh\n💩\r\n\0\0'), Buffer.from([255, 254, 10])]);
  site.submit(12345, bytes);
  assert.equal(site.hook({ SLURM_JOB_ID: '12345' }).status, 0);
  await stored(site, 12345, bytes);
  const [request] = site.portal.requests;
  assert.equal(request.method, 'PUT');
  assert.equal(request.headers.authorization, `Token ${site.token}`);
  assert.equal(request.headers['content-type'], 'application/octet-stream');
  await until(() => site.alive().length === 0, 'nothing stays behind');
});

test('short numbers are not padded', async (site) => {
  site.submit(7, 'seven');
  site.hook({ SLURM_JOB_ID: '7' });
  await stored(site, 7, 'seven');
});

test('a task sends its array\'s script, once', async (site) => {
  site.submit(40, 'array');
  for (let task = 41; task < 45; task += 1) {
    site.hook({ SLURM_JOB_ID: String(task), SLURM_ARRAY_JOB_ID: '40' });
  }
  await stored(site, 40, 'array');
  await until(() => site.alive().length === 0, 'nothing stays behind');
  assert.equal(site.portal.requests.length, 1);
});

test('components of a het job but the first send nothing', async (site) => {
  site.submit(50, 'leader');
  site.submit(51, '#!/bin/sh\nexit 0\n');
  site.hook({ SLURM_JOB_ID: '51', SLURM_HET_JOB_ID: '50', SLURM_HET_JOB_OFFSET: '1' });
  site.hook({ SLURM_JOB_ID: '50', SLURM_HET_JOB_ID: '50', SLURM_HET_JOB_OFFSET: '0' });
  await stored(site, 50, 'leader');
  assert.deepEqual(site.portal.requests.map((one) => one.id), [50]);
});

test('a requeued job whose script changed sends the new one', async (site) => {
  site.submit(60, 'first');
  site.hook({ SLURM_JOB_ID: '60' });
  await stored(site, 60, 'first');
  site.submit(60, 'second');
  site.hook({ SLURM_JOB_ID: '60' });
  await stored(site, 60, 'second');
});

for (const mode of ['hang', 'drop', 500, 503, 401]) {
  test(`a portal that does "${mode}" delays no hook and gets the script later`, async (site) => {
    site.portal.mode = mode;
    if (mode === 'hang') site.configure({ timeout_ms: 2000 });
    site.submit(70, 'kept');
    assert.equal(site.hook({ SLURM_JOB_ID: '70' }).status, 0);
    await until(() => site.portal.requests.length > 0, 'the portal is asked');
    assert.equal(site.queued().length, 1);
    site.portal.mode = 'store';
    await stored(site, 70, 'kept');
    await site.idle();
  });
}

test('a token that is replaced while scripts wait is taken by whoever sends', async (site) => {
  site.portal.mode = 401;
  site.submit(71, 'kept');
  site.hook({ SLURM_JOB_ID: '71' });
  await until(() => site.portal.requests.length > 0, 'the old token is refused');
  site.file('token', `${'cd'.repeat(32)}\n`, 0o600);
  site.portal.mode = 'store';
  await stored(site, 71, 'kept');
  assert.equal(site.portal.requests.at(-1).headers.authorization, `Token ${'cd'.repeat(32)}`);
});

test('a portal that is away: killed uploaders lose nothing', async (site) => {
  const { port } = site.portal;
  await site.portal.stop();
  for (let id = 80; id < 90; id += 1) {
    site.submit(id, `script ${id}`);
    assert.equal(site.hook({ SLURM_JOB_ID: String(id) }).status, 0);
    await until(() => site.queued().length === id - 79, `script ${id} waits`);
    site.killAll();
    rmSync(site.jobFolder(id), { recursive: true });
  }
  assert.equal(site.queued().length, 10);
  site.portal = await new Portal().start(port);
  assert.equal(await site.send(), 0);
  for (let id = 80; id < 90; id += 1) await stored(site, id, `script ${id}`);
});

test('a hook whose uploader died at once is made up for by the next', async (site) => {
  site.submit(91, 'early');
  await site.send();
  mkdirSync(join(site.spool, 'wanted'), { recursive: true });
  site.file('spool/wanted/91', '');
  site.submit(92, 'next');
  site.hook({ SLURM_JOB_ID: '92' });
  await stored(site, 91, 'early');
  await stored(site, 92, 'next');
});

test('whatever is wrong, a hook ends with 0', async (site) => {
  const quiet = (environment, args) => assert.equal(site.hook(environment, args).status, 0);
  quiet({});
  quiet({ SLURM_JOB_ID: 'x' });
  quiet({ SLURM_JOB_ID: '4711' });
  quiet({ SLURM_JOB_ID: '99999999999' });
  quiet({ SLURM_JOB_ID: '1' }, ['--config', '/nonexistent']);
  quiet({ SLURM_JOB_ID: '1' }, ['--nonsense']);
  site.file('prolog.ini', 'broken');
  quiet({ SLURM_JOB_ID: '1' });
  site.configure();
  // One that has read the token while it was good would send the script.
  await until(() => site.alive().length === 0, 'no uploader is left');
  chmodSync(join(site.folder, 'token'), 0o644);
  site.submit(1, 'x');
  quiet({ SLURM_JOB_ID: '1' });
  await sleep(500);
  assert.equal(site.portal.requests.length, 0);
});

test('a script that the portal will never take does not hold up the others', async (site) => {
  site.portal.mode = 413;
  site.submit(1, 'refused');
  site.hook({ SLURM_JOB_ID: '1' });
  await until(() => site.portal.requests.length === 1, 'the portal is asked');
  site.portal.mode = 'store';
  site.submit(2, 'taken');
  site.hook({ SLURM_JOB_ID: '2' });
  await stored(site, 2, 'taken');
  await site.idle();
});

test('the spool never grows past its bound, and fetches what it had no room for', async (site) => {
  const { port } = site.portal;
  await site.portal.stop();
  site.configure({ most_mib: 1 });
  for (let id = 1; id <= 5; id += 1) {
    site.submit(id, Buffer.alloc(400 << 10, 48 + id));
    site.hook({ SLURM_JOB_ID: String(id) });
    await until(() => site.queued().length === Math.min(id, 2), 'two wait at most');
  }
  await sleep(300);
  assert.equal(site.queued().length, 2);
  site.portal = await new Portal().start(port);
  for (let id = 1; id <= 5; id += 1) {
    await stored(site, id, Buffer.alloc(400 << 10, 48 + id));
  }
});

test('a disk that is nearly full is not filled', async (site) => {
  site.configure({ keep_free_mib: 1048576 });
  site.submit(1, 'x');
  assert.equal(site.hook({ SLURM_JOB_ID: '1' }).status, 0);
  await sleep(500);
  assert.equal(site.queued().length, 0);
  assert.equal(site.portal.requests.length, 0);
});

test('the collector finds what is there and what comes, and starts again where it was',
  async (site) => {
    site.submit(1, 'there');
    site.submit(2, '#!/bin/sh\nexit 0\n');
    const first = site.collect();
    await stored(site, 1, 'there');
    site.submit(100, 'came');
    await stored(site, 100, 'came');
    assert.ok(!site.portal.scripts.has(2), 'the stub of a component');
    await site.idle();
    first.kill('SIGKILL');
    site.submit(3, 'meanwhile');
    rmSync(site.jobFolder(1), { recursive: true });
    site.collect();
    await stored(site, 3, 'meanwhile');
    assert.equal(site.portal.requests.length, 3, 'nothing is sent twice');
  });

test('the collector goes on looking while the portal hangs', async (site) => {
  site.portal.mode = 'hang';
  site.configure({ timeout_ms: 2000 });
  site.collect();
  for (let id = 1; id <= 5; id += 1) {
    site.submit(id, `script ${id}`);
    await until(() => site.queued().length === id, `script ${id} waits`);
    rmSync(site.jobFolder(id), { recursive: true });
  }
  site.portal.mode = 'store';
  for (let id = 1; id <= 5; id += 1) await stored(site, id, `script ${id}`);
});

test('files that are half written, odd or vanishing hurt nobody', async (site) => {
  site.submit(1, 'half', '');
  mkdirSync(join(site.folder, 'state', 'hash.0', 'job.x'));
  mkdirSync(join(site.folder, 'state', 'hash.0', 'job.-1'));
  mkdirSync(site.jobFolder(10));
  mkdirSync(join(site.jobFolder(20), 'script'), { recursive: true });
  site.file('state/hash.3/job.3', 'a file');
  rmSync(join(site.folder, 'state', 'hash.9'), { recursive: true });
  const collector = site.collect();
  await sleep(1500);
  assert.equal(site.portal.requests.length, 0);
  site.submit(1, 'half and the rest');
  await stored(site, 1, 'half and the rest');
  for (let i = 0; i < 50; i += 1) {
    site.submit(200 + i, 'short');
    rmSync(site.jobFolder(200 + i), { recursive: true });
  }
  site.submit(4, 'after');
  await stored(site, 4, 'after');
  assert.equal(collector.exitCode, null);
});

test('two collectors of one spool send each script once', async (site) => {
  site.collect();
  site.collect();
  for (let id = 1; id <= 20; id += 1) site.submit(id, `script ${id}`);
  for (let id = 1; id <= 20; id += 1) await stored(site, id, `script ${id}`);
  assert.equal(site.portal.requests.length, 20);
});

test('mistakes in the files are named', async (site) => {
  assert.equal(site.run('--check').status, 0);
  chmodSync(join(site.folder, 'token'), 0o640);
  assert.match(site.run('--check').stderr, /token:0: file: expected mode 0600/);
  chmodSync(join(site.folder, 'token'), 0o600);
  rmSync(join(site.folder, 'state'), { recursive: true });
  assert.match(site.run('--check').stderr, /state_save_location/);
  mkdirSync(join(site.folder, 'state'));
  for (const [url, why] of [['http://portal.example.org/api/jobscripts/', /prolog.ini:2: url/],
    ['https://portal.example.org/', /url/], ['https://a:b@c/api/jobscripts/', /url/]]) {
    site.configure({ url });
    const { status, stderr } = site.run('--check');
    assert.equal(status, 2);
    assert.match(stderr, why);
  }
});

test('TLS is verified', async (site) => {
  const path = (name) => join(site.folder, name);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
    'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path('key'), '-out', path('cert'), '-days',
    '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
  await site.portal.stop();
  site.portal = await new Portal().start(0,
    { key: readFileSync(path('key')), cert: readFileSync(path('cert')) });
  const url = (host) => `https://${host}:${site.portal.port}/api/jobscripts/`;
  site.submit(1, 'secret');
  for (const wrong of [{ url: url('localhost') },
    { url: url('127.0.0.1'), ca_file: path('cert') }]) {
    site.configure(wrong);
    site.hook({ SLURM_JOB_ID: '1' });
    await until(() => site.queued().length === 1, 'the script waits');
    site.killAll();
    await until(() => site.alive().length === 0, 'nobody holds the lock');
    assert.equal(await site.send(), 1);
    assert.equal(site.portal.requests.length, 0);
  }
  site.configure({ url: url('localhost'), ca_file: path('cert') });
  assert.equal(await site.send(), 0);
  await stored(site, 1, 'secret');
});

test('the token is never on a command line', async (site) => {
  site.portal.mode = 'hang';
  site.submit(1, 'x');
  site.hook({ SLURM_JOB_ID: '1' });
  await until(() => site.portal.requests.length === 1, 'the portal is asked');
  for (const pid of site.alive()) {
    for (const file of ['cmdline', 'environ']) {
      assert.ok(!readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(site.token));
    }
  }
});

let failed = 0;
for (const { name, body } of tests.filter((one) => one.name.includes(process.argv[2] ?? ''))) {
  const site = await new Site().start();
  try {
    await body(site);
    console.log(`passed  ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
  } finally {
    await site.stop();
  }
}
console.log(`${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
