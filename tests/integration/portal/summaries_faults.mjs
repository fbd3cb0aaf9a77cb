// The background service when things go wrong: it is killed at random moments, frozen and woken up,
// and its sources are away or slow. Nothing is lost, nothing is done twice, and it is told.
import assert from 'node:assert/strict';
import { sleep, until } from '../../lab/wait.mjs';
import { Relay } from '../chaos/relay.mjs';
import { lab, runTests, seeded, sql, test } from './lib.mjs';
import { OwnDatabase } from './summaries_lib.mjs';

const KILLS = Number(process.env.KILLS ?? 12);
const random = seeded(Number(process.env.SEED ?? 1));
const own = new OwnDatabase('userportal_summaries_faults', [['background', 'jobs', '5']]);
await own.make();
// Each write is kept with the term that it was made in.
await own.ask(`create table written (row bigint unsigned not null, term bigint unsigned not null);
  create trigger written after insert on job_summary for each row
    insert into written select new.job_db_inx, term from lease where name = 'background';`);

const now = () => Math.floor(Date.now() / 1000);
/** Begins anew, with the jobs of the last hours; answers from when on. */
async function afresh(hours) {
  const from = now() - hours * 3600;
  await own.ask(`delete from job_summary; delete from job_day; delete from job_day_due;
    delete from written; delete from task; delete from lease;
    insert into task values ('summaries', ${from}, 0, 0, 0, null, null, 0, 0, '', null)`);
  return from;
}
const twice = () => own.ask('select row from written group by row having count(*) > 1');
const jobsOf = async (hours) => Number(await sql(`select count(*) from narval_job_table
  where time_end >= ${now() - hours * 3600} and deleted = 0`));
let hours = 3;
while (await jobsOf(hours) < 60 && hours < 24 * 14) hours *= 2;

test('killed at any moment it leaves no hole and does nothing twice', async () => {
  const from = await afresh(hours);
  const begun = now();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await own.ask('delete from lease');  // it does not wait for the end of the dead one's
    const service = own.start();
    await until(() => service.log().includes('background.lease'), service.log);
    await sleep(random() * 400);
    await own.stop(service, 'SIGKILL');
  }
  await own.ask('delete from lease');
  const service = own.start();
  await own.caughtUp();
  await own.sumsAreTrue();
  await own.stop(service);
  assert.equal(await own.lacking(from + 1, begun - 5), '');
  assert.equal(await twice(), '');
  const task = await own.task('summaries');
  assert.equal(task.failed, 0);
});

test('of two one works; frozen and woken up it writes nothing', async () => {
  const from = await afresh(hours);
  const begun = now();
  const first = own.start([['background', 'share', '20']]);
  await until(async () => await own.number('select count(*) from job_summary') > 5, first.log);
  const second = own.start();
  await sleep(1500);
  assert.ok(!second.log().includes('background.lease'), 'the second one waits');
  first.child.kill('SIGSTOP');
  const frozen = performance.now();
  await until(() => second.log().includes('background.lease'), second.log, 75);
  assert.ok(performance.now() - frozen < 60000, `${performance.now() - frozen} ms`);
  await sleep(500);
  first.child.kill('SIGCONT');
  await until(() => first.log().includes('background.lease_over'), first.log);
  await own.caughtUp();
  assert.equal(await own.lacking(from + 1, begun - 5), '');
  assert.equal(await twice(), '');
  const order = await own.ask('select term from written');
  const terms = order.split('\n').map(Number);
  assert.deepEqual(terms, [...terms].sort((a, b) => a - b), 'the first one wrote after the second');
  await own.stop(first);
  // Stopped in order it gives the lease back at once.
  const third = own.start();
  await sleep(300);
  const stopped = performance.now();
  await own.stop(second);
  await until(() => third.log().includes('background.lease '), third.log, 20);
  assert.ok(performance.now() - stopped < 8000);
  await own.stop(third);
});

for (const behaviour of ['refuse', 'hang', 'error', 'cut']) {
  test(`Prometheus (${behaviour}) and the database away: it waits, tells, and catches up`,
    async () => {
      const port = (url) => Number(new URL(url).port);
      const metrics = await new Relay(port(lab.prometheus), 'http').start();
      const database =
        await new Relay(Number(process.env.LAB_DATABASE_PORT), 'mysql').start();
      const from = await afresh(hours);
      const begun = now();
      const service = own.start([
        ['prometheus', 'url', `http://127.0.0.1:${metrics.port}`],
        ['prometheus', 'timeout_ms', '700'], ['database', 'timeout_ms', '700'],
        ['database', 'port', String(database.port)]]);
      await until(async () => await own.number('select count(*) from job_summary') > 3,
        service.log);
      await metrics.play(behaviour);
      await until(async () => (await own.task('summaries'))?.slow, service.log);
      const { error } = await own.task('summaries');
      assert.match(error, /^prometheus \w+: /);
      const before = await own.number('select count(*) from job_summary');
      await sleep(1500);
      const during = await own.number('select count(*) from job_summary');
      assert.ok(during <= before + 1, 'it goes on without Prometheus');
      await metrics.play('pass');
      await database.play(behaviour);
      await sleep(2500);
      await database.play('pass');
      await own.caughtUp();
      assert.equal(await own.lacking(from + 1, begun - 5), '');
      assert.equal((await own.task('summaries')).failed, 0, 'none is given up');
      assert.equal(await own.number(`select count(*) from job_summary where flags & 256`), 0);
      await own.stop(service);
      await metrics.stop();
      await database.stop();
    });
}

test('it needs little memory', async () => {
  await afresh(hours);
  const service = own.start();
  await own.caughtUp();
  const { readFileSync } = await import('node:fs');
  const status = readFileSync(`/proc/${service.child.pid}/status`, 'utf8');
  const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)[1]);
  const anonymous = Number(/^RssAnon:\s+(\d+) kB/m.exec(status)[1]);
  console.log(`        peak ${(peak / 1024).toFixed(1)} MiB, of its own ` +
    `${(anonymous / 1024).toFixed(1)} MiB`);
  assert.ok(peak < 32 * 1024, `${peak} KiB`);
  await own.stop(service);
});

await runTests();
