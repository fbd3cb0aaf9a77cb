// odd_servers.mjs: an odd world (odd_world.mjs) behind a portal of its own: a database beside the
// lab's with Slurm's own tables, a Prometheus of its own, and a pool of workers.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lab, must, sql } from './lib.mjs';
import { rowsOf } from './odd_world_rows.mjs';
import { samplesOf } from './odd_samples.mjs';
import { fill, serve } from './own_prometheus.mjs';
import { secondPortal, set } from './second.mjs';

const SLURM = 'slurm_acct_db';
const rules = join(lab.scripts, '..', '..', 'rpm', 'prometheus', 'userportal.rules.yml');
const grants = join(lab.scripts, '..', '..', 'sql', 'grants', 'slurm.sql');

/** People of the lab who have an account in Slurm: {login, uid, account, assoc}. */
export async function peopleOfSlurm() {
  const rows = await sql(`select a.user, j.id_user, a.acct, a.id_assoc
    from narval_job_table j join narval_assoc_table a using (id_assoc)
    where a.user <> '' and j.id_user > 0 group by 1, 2, 3, 4 having count(*) > 20 order by 1, 3`);
  return rows.split('\n').map((line) => {
    const [login, uid, account, assoc] = line.split('\t');
    return { login, uid: Number(uid), account, assoc: Number(assoc) };
  });
}

/** A database with the lab's tables of Slurm: those of jobs and steps are empty. */
async function makeDatabase(name, world, odd) {
  await sql(`drop database if exists ${name}; create database ${name};`);
  const tables = (await sql('show tables')).split('\n');
  const kept = (table) => !/_(job|step|suspend|job_script|job_env|event)_table$/.test(table);
  await sql(tables.map((table) => `create table ${name}.\`${table}\` like ${SLURM}.\`${table}\`;`
    + (kept(table) ? `insert into ${name}.\`${table}\` select * from ${SLURM}.\`${table}\`;` : ''))
    .join('\n'));
  await sql(rowsOf(world, odd, 'narval'), name);
  const password = process.env.LAB_DATABASE_PASSWORD;
  await sql(readFileSync(grants, 'utf8').replaceAll('@CLUSTER@', 'narval')
    .replaceAll('@USER@', 'userportal').replaceAll('@HOST@', '127.0.0.1')
    .replaceAll('@PASSWORD@', password), name);
}

/** A Prometheus that has the samples of a world, and the shipped rules' of them all the time. */
async function servePrometheus(folder, world, odd) {
  const data = join(folder, 'data');
  await fill(data, samplesOf(world, odd));
  const first = await serve(data);
  await must('promtool', ['tsdb', 'create-blocks-from', 'rules', `--url=${first.url}`,
    `--start=${world.begin}`, `--end=${world.now + 1800}`, `--output-dir=${data}`,
    '--eval-interval=60s', rules]);
  await first.stop();
  return serve(data);
}

/** Puts up a world; answers {url, log(), stop()} of its portal, where every visitor is staff. */
export async function serveWorld(world, { odd, name }) {
  const folder = mkdtempSync('/tmp/portal-odd.');
  await makeDatabase(name, world, odd);
  const metrics = await servePrometheus(folder, world, odd);
  const portal = await secondPortal(metrics.url, undefined, {
    config: (text) => set(
      set(text, 'slurm', 'database', name), 'exporter job', 'interval_s', world.interval),
  });
  return {
    url: portal.url,
    log: portal.log,
    stop: async () => {
      await portal.stop();
      await metrics.stop();
      await sql(`drop database ${name}`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
