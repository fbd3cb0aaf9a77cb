// Rows of Slurm's database that contradict themselves, lack a part or come twice: what their owner,
// staff and a stranger see of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askAgain, lab, resources, runTests, sql, test, words } from './lib.mjs';

const passwd = new Map(readFileSync(join(process.env.LAB_SIMULATION, 'passwd'), 'utf8').trim()
  .split('\n').map((line) => line.split(':')).map(([login, , uid]) => [login, Number(uid)]));
const cluster = process.env.LAB_CLUSTER;
const GONE = 3999999;
const HOUR = 3600;
const DAY = 86400;
const OLD = 400 * DAY;  // older than the measurements that are kept
const now = Math.floor(Date.now() / 1000);
const owner = 'olga';
const uid = passwd.get(owner);
const account = Buffer.from(`${owner}:${owner}-demo`).toString('base64');

const AS = {
  owner: [lab.as.signIn, { authorization: `Basic ${account}` }],
  staff: [lab.as.staff, {}],
  stranger: [lab.as.user, {}],
};
const open = (who, path) => askAgain(AS[who][0], path, { headers: AS[who][1] });

const text = (value) => (typeof value === 'string' ? `'${value}'` : `${value}`);
const usual = (start, end) => ({
  mod_time: now, account: 'def-demo', cpus_req: 4, exit_code: 0, job_name: 'demo', id_assoc: 0,
  id_array_job: 0, id_array_task: 4294967294, id_qos: 1, id_resv: 0, id_wckey: 0, id_user: uid,
  id_group: uid, het_job_id: 0, het_job_offset: 4294967294, state_reason_prev: 0, mem_req: 8192,
  nodelist: 'nx001', nodes_alloc: 1, partition: 'cpubase', priority: 1, state: 3, timelimit: 240,
  time_submit: start - HOUR, time_eligible: start - HOUR, time_start: start, time_end: end,
  time_suspended: 0, work_dir: '/home/demo', submit_line: 'sbatch job.sh', flags: 20,
  derived_ec: 0, tres_alloc: '1=4,2=8192,4=1,5=4', tres_req: '1=4,2=8192,4=1,5=4', mcs_label: '',
  script_hash_inx: 0, env_hash_inx: 0, constraints: '', gres_used: '', wckey: '', node_inx: '0',
});

let number = 60000000;
/** Adds a row; answers {id, index, path}. */
async function addJob(start, end, changes = {}) {
  number += 1;
  const row = { ...usual(start, end), id_job: number, ...changes };
  const names = Object.keys(row).map((name) => `\`${name}\``);
  const index = await sql(`insert into \`${cluster}_job_table\` (${names})
    values (${Object.values(row).map(text)}); select last_insert_id()`);
  return { id: row.id_job, index, path: `/secure/jobstats/${owner}/${row.id_job}/` };
}

const addStep = (job, id, { start = now - OLD - 2 * HOUR, end = now - OLD, user = 0, micro = 0,
  usage = '' }) => sql(`insert into \`${cluster}_step_table\` (job_db_inx, id_step, exit_code,
  nodelist, nodes_alloc, state, step_name, task_cnt, time_start, time_end, user_sec, user_usec,
  sys_sec, sys_usec, tres_alloc, tres_usage_in_max, tres_usage_in_tot, tres_usage_out_max,
  tres_usage_out_tot) values (${job.index}, ${id}, 0, 'nx001', 1, 3, 'step', 1, ${start}, ${end},
  ${user}, ${micro}, 0, 0, '', '${usage}', '${usage}', '', '')`);

const clean = () => sql(`delete s from \`${cluster}_step_table\` s
  join \`${cluster}_job_table\` j using (job_db_inx) where j.id_job between 60000000 and 60001000;
  delete from \`${cluster}_job_table\` where id_job between 60000000 and 60001000`);

async function seen(who, path) {
  const page = await open(who, path);
  assert.equal(page.status, 200, `${who} ${path}`);
  return words(page.text).replaceAll(/[\u00A0\u202F\u2009]/g, ' ');
}

async function bothSay(path, there, absent = []) {
  for (const who of ['owner', 'staff']) {
    const page = await seen(who, path);
    for (const said of there) assert.match(page, said, `${who} ${path}: ${page.slice(0, 1800)}`);
    for (const said of absent) assert.doesNotMatch(page, said, `${who} ${path}`);
  }
  assert.equal((await open('stranger', path)).status, 404);
}

const oldJob = (changes) => addJob(now - OLD - 2 * HOUR, now - OLD, changes);
const whole = { usage: '1=25920000,2=4294967296' };

test('CPU time of steps is what was sampled, where Slurm counted none', async () => {
  const job = await oldJob();
  await addStep(job, -5, whole);
  await bothSay(job.path, [/3\.6 of 4/], [/Request fewer cores/]);
});

test('steps whose usage was lost are no data and no advice', async () => {
  const outside = await oldJob();
  await addStep(outside, -4, { micro: 4000, usage: '1=4,2=1077248' });
  const lost = await oldJob();
  await addStep(lost, -5, { user: 3, usage: '2=8000000' });
  await addStep(lost, 0, {});
  for (const job of [outside, lost]) {
    await bothSay(job.path, [], [/\b0 of 4/, /Request fewer cores/, /Request less/]);
    const rows = resources((await open('owner', job.path)).text);
    assert.equal(rows['CPU cores'].used, null);
    assert.equal(rows.Memory.used, null);
  }
});

test('steps side by side leave room for their sum', async () => {
  const job = await oldJob();
  for (const id of [-5, 0, 1, 2]) await addStep(job, id, { user: 7000, usage: '2=2147483648' });
  await bothSay(job.path, [/ran side by side.*at most 8 GiB/], [/Request less/]);
});

test('a job whose end was never recorded is not running', async () => {
  const before = await seen('owner', `/secure/jobstats/${owner}/`);
  const runaway = await addJob(now - 300 * DAY, 0, { state: 1, timelimit: 60 });
  const completed = await addJob(now - 6 * HOUR, 0);
  for (const job of [runaway, completed]) {
    await bothSay(job.path, [/never recorded when this job ended/, /run time not known/],
      [/\d %/, /running for/, /has run/]);
    assert.doesNotMatch((await open('owner', job.path)).text, /data-live="[1-9]/);
  }
  const after = await seen('owner', `/secure/jobstats/${owner}/`);
  const running = (page) => /(\d+) running/.exec(page)?.[1] ?? '0';
  assert.equal(running(after), running(before));
  assert.match(after, /End not known/);
});

test('an end before the start, and no time at all, give no share and no advice', async () => {
  const backwards = await addJob(now - 2 * HOUR, now - 2 * HOUR - 448);
  await bothSay(backwards.path, [/an end before the start/, /Waited 01:00:00, run time not known/],
    [/Poor/, /shorter time limits/]);
  const nothing = await addJob(now - 6 * HOUR, now - 6 * HOUR);
  await bothSay(nothing.path, [/ran 00:00:00 of 04:00:00/], [/00:00:01/, /shorter time limits/]);
  const suspended = await addJob(now - 6 * HOUR, now - 5 * HOUR, { time_suspended: 7200 });
  await bothSay(suspended.path, [/suspended for longer than it ran/], [/Poor/]);
});

test('a whole node counts whole', async () => {
  const job = await oldJob({
    cpus_req: 1, tres_alloc: '1=64,2=2000,4=1,5=64', tres_req: '1=1,2=2000,4=1,5=1' });
  await addStep(job, -5, { user: 7100, usage: '1=7100000,2=1000000000' });
  await bothSay(job.path, [/of 64/]);
  const cost = (await open('owner', `${job.path}value/cost.json`)).json();
  const one = await oldJob({ tres_alloc: '1=1,2=2000,4=1,5=1', cpus_req: 1 });
  const single = (await open('owner', `${one.path}value/cost.json`)).json();
  assert.ok(Math.abs(cost.hardware_cost_dollar - 64 * single.hardware_cost_dollar) < 1e-6);
});

test('a number that came again is two jobs', async () => {
  const old = await addJob(1507000100, 1507003700, { job_name: 'of 2017' });
  const fresh = await addJob(now - 6 * HOUR, now - 4 * HOUR,
    { id_job: old.id, job_name: 'of now' });
  await bothSay(fresh.path, [/of now/], [/of 2017/, /Attempts/]);
  await bothSay(`${fresh.path}?attempt=${old.index}`, [/of 2017/], [/of now/, /Attempts/]);
  const other = await addJob(1507000100, 1507003700, { id_user: passwd.get('alice') });
  const mine = await addJob(now - 6 * HOUR, now - 4 * HOUR, { id_job: other.id });
  const theirs = await open('stranger', `/secure/jobstats/?job=${other.id}`);
  assert.equal(theirs.headers.location, `/secure/jobstats/alice/${other.id}/`);
  const own = await open('owner', `/secure/jobstats/?job=${mine.id}`);
  assert.equal(own.headers.location, mine.path);
});

test('who cancelled is told', async () => {
  const cancelled = { state: 4, kill_requid: passwd.get('alice') };
  const job = await addJob(now - 6 * HOUR, now - 4 * HOUR, cancelled);
  assert.match(await seen('staff', job.path), /It was cancelled by alice\./);
  const page = await seen('owner', job.path);
  assert.match(page, /by somebody other than its owner/);
  assert.doesNotMatch(page, /alice/);
  const byOwner = await addJob(now - 6 * HOUR, now - 4 * HOUR, { state: 4, kill_requid: uid });
  await bothSay(byOwner.path, [/It was cancelled while it ran, by its owner/]);
});

test('a task that still waits leads to its array', async () => {
  const job = await addJob(0, 0, { state: 0, time_submit: now - 600, time_eligible: now - 600,
    nodelist: 'None assigned', nodes_alloc: 0, tres_alloc: '', array_task_str: '9201-10000%500',
    array_task_pending: 800, id_array_job: number + 1 });
  const found = await open('owner', `/secure/jobstats/?job=${job.id}_9300`);
  const array = job.path.replace(`${job.id}/`, `array/${job.id}/`);
  assert.equal(found.headers.location, `${array}?task=9300`);
  assert.equal((await open('owner', found.headers.location)).status, 200);
  assert.equal((await open('owner', `/secure/jobstats/?job=${job.id}_9200`)).status, 404);
  assert.equal((await open('stranger', `/secure/jobstats/?job=${job.id}_9300`)).status, 404);
});

test('staff see the job of an owner who is gone by number', async () => {
  const job = await addJob(now - 6 * HOUR, now - 4 * HOUR, { id_user: GONE });
  const path = `/secure/jobstats/${GONE}/${job.id}/`;
  const found = await open('staff', `/secure/jobstats/?job=${job.id}`);
  assert.equal(found.headers.location, path);
  assert.match(await seen('staff', path), /directory names nobody for user number 3999999/);
  for (const who of ['owner', 'stranger']) {
    assert.equal((await open(who, path)).status, 404);
    assert.equal((await open(who, `/secure/jobstats/?job=${job.id}`)).status, 404);
  }
});

test('names stored in either way come out as they are', async () => {
  const job = await oldJob();
  await sql(`update \`${cluster}_job_table\` set job_name = x'C3A974C3A920E6BCA2'
    where job_db_inx = ${job.index}`);
  await bothSay(job.path, [/été 漢/]);
});

test('numbers for unknown are shown as no number', async () => {
  const job = await oldJob({ tres_alloc: '1=4294967294,2=18446744073709551614,4=1',
    timelimit: 4294967294, time_suspended: 4294967294 });
  await bothSay(job.path, [], [/429496/, /184467/]);
});

test('the rows are gone again', clean);

await clean();
await runTests();
