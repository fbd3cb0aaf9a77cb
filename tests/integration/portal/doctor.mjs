// userportal-admin check-config: what it says about a healthy portal, and about each mistake that
// sites make.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { sleep, until } from '../../lab/wait.mjs';
import { examine, expect, folder, host, silent } from './doctor_lib.mjs';
import { run, runTests, test } from './lib.mjs';
import { set } from './second.mjs';

/** A lab that has just been started has not been scraped often enough to tell how often it is. */
const scraped = () => until(async () => !Object.keys((await examine()).findings)
  .some((name) => name.startsWith('interval of')), 'the lab has been scraped for minutes', 400);

test('a portal that is well has no error, and every source is named', async () => {
  await scraped();
  const { code, findings, words } = await examine();
  assert.equal(code, 0, JSON.stringify(findings, null, 1));
  expect(findings, 'prometheus', 'ok', /answers at/);
  for (const name of ['job', 'node', 'lustre', 'power', 'account', 'quota', 'cloud']) {
    expect(findings, `exporter ${name}`, 'ok', /\d+ series, the newest sample \d+ (s|min) old/);
  }
  expect(findings, 'rules of jobs', 'ok', /all are recorded/);
  expect(findings, 'nodes of jobs', 'ok', /all are measured/);
  expect(findings, 'clock of prometheus', 'ok', /agrees/);
  expect(findings, 'slurm', 'ok', /version .*MariaDB/);
  expect(findings, 'jobs of slurm', 'ok', /\d+ run now, \d+ of them with GPUs/);
  expect(findings, 'ldap', 'ok', /knows uid \d+ as \w+/);
  expect(findings, 'allocations', 'ok', /active allocations/);
  expect(findings, 'database', 'ok', /version/);
  expect(findings, 'schema', 'ok', /version \d+/);
  expect(findings, 'robinhood lustre06', 'ok', /version/);
  const sums = findings['sums of robinhood lustre06'];
  assert.match(sums.text, /take \d+ ms/, 'they may be slow, which is a warning');
  silent(findings, 'matcher', 'use of GPUs', 'GPUs of jobs',
    'max_allowed_packet', /^(series of|rule|interval of|file system|quota) /, /^ca of/);
  expect(findings, 'socket of pages', 'ok', /listens/);
  expect(findings, 'certificate', 'warning', /ends .* in \d+ days/);
  expect(findings, 'module jobstats', 'ok', /cores, memory, GPUs/);
  const plain = await run(process.env.LAB_ADMIN, words);
  assert.equal(plain.code, 0);
  assert.match(plain.out, /^ok {7}prometheus {2,}answers at/m);
  assert.match(plain.out, /\n0 errors, \d+ warnings\n$/);
  assert.equal(plain.err, '');
});

test('a source that is not there is an error with its reason, and the others are looked at',
  async () => {
    const { code, status, findings } = await examine({
      config: (text) => set(set(set(text, 'prometheus', 'url', 'http://127.0.0.1:1'),
        'ldap', 'url', 'ldap://127.0.0.1:1'), 'robinhood lustre06', 'port', '1'),
    });
    assert.equal(code, 1);
    assert.equal(status, 'error');
    expect(findings, 'prometheus', 'error', /127\.0\.0\.1:1 does not answer, unreachable/);
    expect(findings, 'ldap', 'error', /does not answer/);
    expect(findings, 'robinhood lustre06', 'error', /does not answer, unreachable/);
    expect(findings, 'robinhood nearline', 'ok', /version/);
    expect(findings, 'slurm', 'ok', /version/);
  });

test('a source that hangs is given up in time', async () => {
  const silent = net.createServer(() => {});
  await new Promise((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
  const { port } = silent.address();
  const { code, findings } = await examine({
    config: (text) => set(set(text, 'prometheus', 'url', `http://127.0.0.1:${port}`),
      'slurm', 'port', String(port)),
  });
  silent.close();
  assert.equal(code, 1);
  expect(findings, 'prometheus', 'error', /timeout/);
  expect(findings, 'slurm', 'error', /timeout/);
});

test('a wrong password is told as such', async () => {
  const { code, findings } = await examine({
    secrets: (text) => text.replace(/(\[slurm\][\s\S]*?password = ).*/, '$1wrong'),
  });
  assert.equal(code, 1);
  expect(findings, 'slurm', 'error', /rejected: .*denied/i);
  assert.ok(!JSON.stringify(findings).includes('wrong'), 'and is not shown');
});

test('an account that may do too much, or too little, is named', async () => {
  const root = (statement) => run('mariadb', ['--no-defaults', '-S',
    process.env.LAB_DATABASE_ROOT_SOCKET, '-u', 'root', '-e', statement]);
  await root(`create or replace user doctor@'127.0.0.1' identified by 'doctor';
    grant select, delete on slurm_acct_db.* to doctor@'127.0.0.1';`);
  const use = (section) => (text) =>
    text.replace(new RegExp(`(\\[${section}\\][\\s\\S]*?user = ).*(\\npassword = ).*`),
      '$1doctor$2doctor');
  try {
    const wide = await examine({ secrets: use('slurm') });
    assert.equal(wide.code, 0);
    expect(wide.findings, 'grants of slurm', 'warning',
      /more than the portal needs: .*delete on slurm_acct_db/);
    await root("revoke delete on slurm_acct_db.* from doctor@'127.0.0.1';" +
      "grant select on userportal.* to doctor@'127.0.0.1';");
    const narrow = await examine({ secrets: use('database') });
    assert.equal(narrow.code, 1);
    expect(narrow.findings, 'grants of database', 'error',
      /missing: insert on userportal\.job_script, .*; run .*\/sql\/portal\.sql/);
  } finally {
    await root("drop user doctor@'127.0.0.1'");
  }
});

test('an exporter that is silent is a warning that says what is missing without it', async () => {
  const { code, findings } = await examine({
    config: (text) => set(text, 'exporter account', 'metric', 'no_such_metric'),
  });
  assert.equal(code, 0);
  expect(findings, 'exporter account', 'warning',
    /no series in the last 14 days; without it: priority of accounts/);
});

test('names that no series has are told one by one', async () => {
  const { findings } = await examine({
    config: (text) => set(set(set(text, 'exporter lustre', 'file_systems', 'lustre02, nosuch'),
      'quota home', 'path', '/lustre05/home'), 'exporter cloud', 'interval_s', '10'),
  });
  expect(findings, 'file system nosuch', 'warning', /no series .* there are: lustre/);
  assert.equal(findings['file system lustre02'], undefined);
  expect(findings, 'quota home', 'warning',
    /no series of path \/lustre05\/home in a day; .*home\//);
  assert.equal(findings['quota project'], undefined);
  expect(findings, 'interval of cloud', 'warning', /every .*, interval_s says 10 s/);
});

test('a model of GPUs that is misspelt is told', async () => {
  const { findings } = await examine({
    config: (text) => text.replace('gres = a100', 'gres = gpu:A100')
      .replace(/\[gpu [^\]]*A100[^\]]*\]/, '[gpu A100]'),
  });
  expect(findings, 'gpu A100', 'warning', /no gpu_type of that name .* there are: .*A100/);
  expect(findings, 'gres gpu:A100', 'warning', /Slurm has no such resource; it has: .*a100/);
});

test('what the web server needs is looked at', async () => {
  const missing = await examine({ web: '/nowhere/userportal.conf' });
  expect(missing.findings, 'web server', 'warning', /cannot be read/);
  const broken = await examine({ web: host({ pages: `${folder}/none.sock`,
    certificate: `${folder}/host.conf` }) });
  assert.equal(broken.code, 1);
  expect(broken.findings, 'socket of pages', 'error', /no socket/);
  expect(broken.findings, 'certificate', 'error', /no certificate/);
  const open = join(folder, 'open.sock');
  const server = net.createServer(() => {});
  await new Promise((resolve) => { server.listen({ path: open, writableAll: true }, resolve); });
  const wide = await examine({ web: host({ api: open }) });
  server.close();
  expect(wide.findings, 'socket of api', 'error', /everybody on this machine/);
});

test('of several portals in one file the one of this configuration counts', async () => {
  const web = join(folder, 'paths.conf');
  const socket = process.env.LAB_SOCKET;
  writeFileSync(web, `Define narval_pages ${socket}\n` +
    'Define portal_base /\n    Define portal_pages "${narval_pages}"\n' +
    '    Include "parts/below-a-path.conf"\n' +
    'Define portal_base /beluga/\nDefine portal_pages "/nowhere/fcgi.sock"\n' +
    'Include "parts/below-a-path.conf"\n');
  const { findings } = await examine({ web });
  expect(findings, 'socket of pages', 'ok', /listens/);
});

test('a pool that takes nothing is not waited for', async () => {
  const full = join(folder, 'full.sock');
  const listen = `socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un("${full}"));
    listen(S, 0); chmod 0660, "${full}"; print "ready\n"; sleep 60`;
  const holder = spawn('perl', ['-MSocket', '-e', `$| = 1; ${listen}`],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => { holder.stdout.once('data', resolve); });
  const clients = [1, 2].map(() => net.connect(full));
  for (const client of clients) client.on('error', () => {});
  await sleep(300);
  const { findings } = await examine({ web: host({ pages: full }) });
  for (const client of clients) client.destroy();
  holder.kill();
  expect(findings, 'socket of pages', 'error', /queue is full/);
});

test('a bad file is status 2 and names the line', async () => {
  const { code, err } = await examine({ config: (text) => `${text}\n[nonsense]\n` });
  assert.equal(code, 2);
  assert.match(err, /portal\.ini:\d+: /);
});

await runTests();
