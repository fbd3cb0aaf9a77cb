// userportal-admin check-config, line by line: what it says of samples, tables, entries and files
// that are not as they should be, and that it says nothing of the same things when they are.
import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examine, expect, folder, host, silent } from './doctor_lib.mjs';
import { run, runTests, sql, story, test, truth } from './lib.mjs';
import { prometheusWith, series } from './own_prometheus.mjs';
import { set } from './second.mjs';

const now = Math.floor(Date.now() / 1000);
const CARD = 'NVIDIA A100-SXM4-40GB';
const RULES = ['slurm_job:allocated_core:count_user_account',
  'slurm_job:used_core:sum_user_account', 'slurm_job:allocated_memory:sum_user_account',
  'slurm_job:rss_memory:sum_user_account', 'slurm_job:max_memory:sum_user_account',
  'slurm_job:allocated_gpu:count_user_account', 'slurm_job:used_gpu:sum_user_account',
  'slurm_job:non_idle_gpu:sum_user_account', 'slurm_job:allocated_core:count',
  'lustre:metadata:rate3m', 'lustre:read_bytes:rate3m', 'lustre:write_bytes:rate3m'];

const cpu = story('running_cpu');
const gpu = story('running_gpu');

/** Nodes on which jobs run, as Slurm names them. */
async function busyNodes() {
  const lists = (await sql(`select distinct nodelist from narval_job_table
    where state in (1, 2) and time_end = 0 and deleted = 0 and nodelist <> ''`)).split('\n');
  const names = new Set();
  for (const [, name, ranges] of lists.join(',').matchAll(/([^,[\]]+)(?:\[([^\]]*)\])?(?:,|$)/g)) {
    for (const range of (ranges ?? '').split(',')) {
      const [first, last = first] = range.split('-');
      for (let i = Number(first); i <= Number(last); i += 1) {
        names.add(name + (first && String(i).padStart(first.length, '0')));
      }
    }
  }
  return [...names];
}

/** Series of a small world; `odd` says in which ways it is not as it should be. */
function world(nodes, odd = {}) {
  const { late = 0, every = 30 } = odd;
  const span = { from: now - 7200, to: now - late + 1, interval: every };
  const all = [];
  const add = (name, labels, value = 1) => all.push(series(name, labels, { ...span, value }));
  const growing = (time) => time - now + 10000;
  for (const node of nodes) {
    const instance = `${node}:9798`;
    const job = { instance, cluster: 'narval', user: 'alice', account: 'def-a', slurmjobid: '1' };
    add('slurm_job_core_usage_total', { ...job, core: '0' }, growing);
    add('slurm_job_memory_usage', job, 1e9);
    add('node_cpu_seconds_total', { instance: `${node}:9100`, cpu: '0', mode: 'idle' }, growing);
    add('redfish_chassis_power_average_consumed_watts', { instance: `${node}-oob` }, 300);
    if (odd.twice) {
      add('slurm_job_core_usage_total', { ...job, core: '0', replica: 'b' }, growing);
      add('node_cpu_seconds_total',
        { instance: `${node}:9101`, cpu: '0', mode: 'idle' }, growing);
      add('redfish_chassis_power_average_consumed_watts',
        { instance: `${node}-oob`, part: 'CPU' }, 100);
    }
  }
  for (let core = 0; core < (odd.counters ?? 0); core += 1) {
    add('slurm_job_core_usage_total', { instance: `${nodes[0]}:9798`, cluster: 'narval',
      user: 'alice', account: 'def-a', slurmjobid: String(cpu.id_job), core: String(core) },
    growing);
  }
  const card = { instance: `${nodes[0]}:9798`, cluster: 'narval', user: 'alice', account: 'def-a',
    slurmjobid: String((odd.uncounted ? cpu : gpu).id_job), gpu: '0', gpu_type: odd.type ?? CARD };
  add('slurm_job_utilization_gpu', card, 50);
  if (odd.twice) add('slurm_job_utilization_gpu', { ...card, replica: 'b' }, 50);
  if (odd.dcgm) add('slurm_job_sm_occupancy_gpu', card, 50);
  if (odd.clusters) {
    add('slurm_job_core_usage_total', { instance: 'b1:9798', cluster: 'beluga', user: 'bob',
      account: 'def-b', slurmjobid: '2', core: '0' }, growing);
  }
  for (const rule of RULES.filter((one) => !odd.rules)) add(rule, { cluster: 'narval' });
  for (const fs of ['lustre02', 'lustre03', 'lustre04']) {
    add('lustre_job_read_bytes_total', { fs, component: 'ost', target: `${fs}-OST0000`,
      jobid: '1' }, growing);
  }
  for (const path of ['/lustre05/home/', '/lustre07/scratch/', '/lustre06/project/']) {
    add('lfs_quota_kbytes', { path, [odd.labels ? 'owner' : 'project']: 'def-a' });
  }
  if (odd.old) {
    all.push(series('slurm_job_core_usage_total', { instance: 'o1:9798', slurmjobid: '3',
      core: '0' },
    { from: now - 81 * 86400, to: now - 80 * 86400, interval: 240, value: growing }));
  }
  return all;
}

/** What check-config says of a world. */
async function lookAt(all, change = (text) => text) {
  const prometheus = await prometheusWith(all);
  try {
    return (await examine({
      config: (text) => change(set(text, 'prometheus', 'url', prometheus.url)),
    })).findings;
  } finally {
    await prometheus.stop();
  }
}

const nodes = await busyNodes();

test('a small world that is as it should be', async () => {
  const findings = await lookAt(world(nodes));
  expect(findings, 'nodes of jobs', 'ok', /all are measured/);
  expect(findings, 'rules of jobs', 'ok', /all are recorded/);
  expect(findings, 'rules of lustre', 'ok', /all are recorded/);
  expect(findings, 'clock of prometheus', 'ok', /agrees/);
  silent(findings, 'matcher', 'use of GPUs', 'GPUs of jobs', `gpu ${CARD}`,
    /^(series of|rule|file system|interval of (job|node|lustre)) /);
  expect(findings, 'retention_days', 'warning', /no samples of jobs of .* or is younger/);
  silent(await lookAt(world(nodes, { old: true })), 'retention_days');
  expect(findings, 'module cloudstats', 'warning', /nothing to show: see exporter cloud/);
  expect(findings, 'exporter cloud', 'warning', /no series .*; without it: virtual machines/);
});

test('things that come as several series are told', async () => {
  const findings = await lookAt(world(nodes, { twice: true, clusters: true }));
  expect(findings, 'series of cores', 'warning', /2 series of a core of a job/);
  expect(findings, 'series of GPUs', 'warning', /2 series of a GPU of a job/);
  expect(findings, 'series of nodes', 'warning', /2 series of a CPU of a node/);
  expect(findings, 'series of power', 'warning', /2 series of one controller/);
  expect(findings, 'matcher', 'warning', /several clusters are added up: beluga, narval; set/);
});

test('with a matcher one cluster is one', async () => {
  const findings = await lookAt(world(nodes, { clusters: true }),
    (text) => set(text, 'prometheus', 'matcher', 'cluster="narval"'));
  silent(findings, 'matcher');
});

test('each rule that is not recorded is named with what it is for', async () => {
  const findings = await lookAt(world(nodes, { rules: 'none' }));
  for (const rule of RULES) {
    expect(findings, `rule ${rule}`, 'warning', /not recorded for a day; without it: .*; load/);
  }
  silent(findings, 'rules of jobs', 'rules of lustre');
});

test('jobs on nodes that send nothing, and GPUs that Slurm does not count', async () => {
  const findings = await lookAt(world(nodes.slice(0, 1), { uncounted: true, type: 'H200' }));
  expect(findings, 'nodes of jobs', 'warning', /jobs run there, and .* sends nothing: /);
  assert.ok(!findings['nodes of jobs'].text.includes(`${nodes[0]},`));
  expect(findings, 'GPUs of jobs', 'warning',
    new RegExp(`not counted by Slurm, in jobs ${cpu.id_job}: is gres/gpu`));
  expect(findings, 'gpu H200', 'warning', /no \[gpu NAME\] is called so/);
  expect(findings, `gpu ${CARD}`, 'warning', /was measured in a day; there are: H200/);
});

test('whether jobs have the counters of as many cores as Slurm gave them', async () => {
  const threads = (text) => set(text, 'slurm', 'threads_per_core', '2');
  const { cores } = truth.jobs.find((job) => job.id_job === cpu.id_job);
  const once = world(nodes, { counters: cores });
  const twice = world(nodes, { counters: 2 * cores });
  silent(await lookAt(once), 'cores of jobs');
  silent(await lookAt(twice, threads), 'cores of jobs');
  expect(await lookAt(twice), 'cores of jobs', 'warning', /more counters .*ConstrainCores=yes/);
  expect(await lookAt(once, threads), 'cores of jobs', 'warning', /fewer counters/);
});

test('whether the use of GPUs is that of DCGM', async () => {
  const dcgm = await lookAt(world(nodes, { dcgm: true }));
  expect(dcgm, 'use of GPUs', 'warning', /from DCGM: set gpu_use = dcgm/);
  const set_ = (text) => set(text, 'exporter job', 'gpu_use', 'dcgm');
  silent(await lookAt(world(nodes, { dcgm: true }), set_), 'use of GPUs');
  expect(await lookAt(world(nodes), set_), 'use of GPUs', 'warning', /set gpu_use = nvml/);
});

test('samples that come seldom, late, or from the future', async () => {
  const seldom = await lookAt(world(nodes, { every: 120 }));
  for (const name of ['job', 'node']) {
    expect(seldom, `interval of ${name}`, 'warning', /samples come every 2 min, .* says 30 s/);
  }
  const late = await lookAt(world(nodes, { late: 700 }));
  expect(late, 'exporter job', 'warning', /silent .*; without it: cores, memory and GPUs/);
  expect(late, 'clock of prometheus', 'warning', /stopped scraping, or its clock is behind/);
  const ahead = await lookAt(world(nodes, { late: -400 }));
  expect(ahead, 'clock of prometheus', 'warning', /ahead of this machine's by /);
});

test('quotas without the label that names their owner', async () => {
  const findings = await lookAt(world(nodes, { labels: true }));
  expect(findings, 'quota home', 'warning', /no series of that path has the label /);
  silent(await lookAt(world(nodes)), 'quota home', 'quota project');
});

test('entries of the directory that nothing fits', async () => {
  const changed = async (key, value) =>
    (await examine({ config: (text) => set(text, 'ldap', key, value) })).findings;
  expect(await changed('active_status', 'nosuch'), 'allocations', 'warning',
    /owners of running jobs none is in an allocation that is nosuch/);
  expect(await changed('people_base', 'ou=Nobody,dc=computecanada,dc=local'), 'ldap', 'error',
    /./);
  const { findings } = await examine({ config: (text) => set(set(text, 'ldap', 'compute_resource',
    'nosuch'), 'ldap', 'storage_resource', 'nosuch') });
  expect(findings, 'allocations', 'warning',
    /none has an allocation with resources of nosuch or nosuch/);
});

test('tables that were never made, and a script that a statement cannot hold', async () => {
  await sql(`drop database if exists doctor_empty; create database doctor_empty;
    grant select, insert, update, delete on doctor_empty.* to userportal@'127.0.0.1'`);
  try {
    const { code, findings } = await examine({
      config: (text) => set(text, 'database', 'database', 'doctor_empty') });
    assert.equal(code, 1);
    expect(findings, 'schema', 'error', /run userportal-admin migrate/);
  } finally {
    await sql("revoke all on doctor_empty.* from userportal@'127.0.0.1';" +
      'drop database doctor_empty');
  }
  const before = await sql('select @@global.max_allowed_packet');
  await sql('set global max_allowed_packet = 1048576');
  try {
    const { findings } = await examine();
    expect(findings, 'max_allowed_packet', 'error', /bytes is less than the largest script/);
  } finally {
    await sql(`set global max_allowed_packet = ${before}`);
  }
  silent((await examine()).findings, 'max_allowed_packet');
});

test('records that wait, and a folder that is not there', async () => {
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  const config = (text) => set(text, 'audit', 'spool', spool);
  expect((await examine({ config })).findings, 'audit', 'ok', /^0 records wait in/);
  writeFileSync(join(spool, 'one.view'), 'x');
  expect((await examine({ config })).findings, 'audit', 'ok', /^1 records wait in/);
  utimesSync(join(spool, 'one.view'), now - 7200, now - 7200);
  expect((await examine({ config })).findings, 'audit', 'warning',
    /^1 records wait in .* since 2 h/);
  const away = await examine({
    config: (text) => set(text, 'audit', 'spool', join(folder, 'no', 'spool')) });
  expect(away.findings, 'audit', 'error', /the folder above .* is missing/);
});

test('certificates that have ended, and static files that are not there', async () => {
  const key = join(folder, 'old.key');
  const request = join(folder, 'old.csr');
  const ended = join(folder, 'old.crt');
  await run('openssl', ['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=old', '-keyout', key,
    '-out', request]);
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'ca.cnf'), '[ca]\ndefault_ca = own\n[own]\n' +
    `database = ${folder}/index\nnew_certs_dir = ${folder}\ndefault_md = sha256\n` +
    'policy = any\nrand_serial = yes\n' +
    '[any]\ncommonName = supplied\n');
  await run('openssl', ['ca', '-batch', '-config', join(folder, 'ca.cnf'), '-selfsign', '-keyfile',
    key, '-in', request, '-out', ended, '-startdate', '20200101000000Z', '-enddate',
    '20200201000000Z']);
  const { code, findings } = await examine({
    web: host({ certificate: ended, static: `${folder}/none` }),
    config: (text) => set(text, 'prometheus', 'ca_file', ended) });
  assert.equal(code, 1);
  expect(findings, 'certificate', 'error', /has ended 2020-02-01/);
  expect(findings, 'ca of prometheus', 'error', /has ended 2020-02-01/);
  expect(findings, 'static files', 'error', /is no folder/);
  const good = await examine();
  expect(good.findings, 'static files', 'ok', /static/);
});

await runTests();
