// summaries_lib.mjs: a database of the portal's own for tests of the background service, so that
// the lab's other portals go on without summaries; and the service over it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { lab, must, run, sql } from './lib.mjs';
import { secondPortal, set } from './second.mjs';

const read = (name) => readFileSync(process.env[name], 'utf8');
// What a job adds to each sum of its day; used is what was had and not wasted, if that is known.
const known = (had, wasted) => `if(${wasted} is null, null, ${had})`;
const limit = 'run_s is not null and time_limit_s is not null';
const last = `${limit} and state div 8192 % 2 = 0`;  // of the rows of a resized job
const CORES = 'run_s * cores';
const MEMORY = 'run_s * 1.0e0 * memory';
const GPUS = 'run_s * gpus';
const SUMS = {
  jobs: '1', short_jobs: 'if(run_s < 300, 1, 0)', limit_jobs: `if(${last}, 1, 0)`,
  limit_reached: `if(${limit} and state % 256 = 6, 1, 0)`,
  requested_s: `if(${last}, time_limit_s, null)`,
  ran_s: `if(${last}, if(time_submit between time_start + 1 and time_end,
    time_end - time_start, run_s), null)`,
  core_s: CORES, known_core_s: known(CORES, 'wasted_core_s'),
  used_core_s: `${CORES} - wasted_core_s`, wasted_core_s: 'wasted_core_s',
  memory_s: MEMORY, known_memory_s: known(MEMORY, 'wasted_memory_s'),
  used_memory_s: `${MEMORY} - wasted_memory_s`, wasted_memory_s: 'wasted_memory_s',
  gpu_s: GPUS, known_gpu_s: known(GPUS, 'wasted_gpu_s'),
  used_gpu_s: `${GPUS} - wasted_gpu_s`, wasted_gpu_s: 'wasted_gpu_s', energy_j: 'energy_j',
  cost: 'cost', wasted_cost: 'wasted_cost',
};
const KEYS = [{ name: 'day', of: 'time_end div 86400' },
  { name: 'ten', of: 'time_end div 864000 * 10' }, { name: 'login', of: 'login' },
  { name: 'account', of: 'account' }, { name: 'part', of: '`partition`' }];

const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The lab's files over another database; `changes` are [section, key, value]. */
export class OwnDatabase {
  constructor(name, changes = []) {
    this.name = name;
    this.folder = mkdtempSync('/tmp/portal-summaries.');
    this.changes = [['database', 'database', name], ['background', 'share', '100'],
      ['background', 'delay_s', '0'], ...changes];
    this.processes = [];
    process.on('exit', () => {
      for (const one of this.processes) one.child.kill('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  configure(text, more = []) {
    return [...this.changes, ...more].reduce((config, change) => set(config, ...change), text);
  }

  /** Both files with further changes; their names. */
  files(more = []) {
    const number = this.made = (this.made ?? 0) + 1;
    const [config, secrets] = [join(this.folder, `${number}.ini`),
      join(this.folder, `${number}.secrets.ini`)];
    writeFileSync(config, this.configure(read('LAB_CONFIG'), more));
    writeFileSync(secrets, read('LAB_SECRETS'), { mode: 0o640 });
    return ['--config', config, '--secrets', secrets];
  }

  async make() {
    await sql(`drop database if exists ${this.name}; create database ${this.name};
      grant all on ${this.name}.* to userportal@'127.0.0.1';
      grant all on ${this.name}.* to userportal_admin@'127.0.0.1';`);
    const [option, config] = this.files();
    await must(process.env.LAB_ADMIN,
      ['migrate', option, config, '--secrets', process.env.LAB_ADMIN_SECRETS]);
  }

  drop() { return sql(`drop database if exists ${this.name};`); }

  ask(statement) { return sql(statement, this.name); }

  async number(statement) { return Number(await this.ask(statement)); }

  /** Rows of job_summary by job_db_inx: {column: text or null}. */
  async rows(where = '1 = 1') {
    const names = (await this.ask(`select column_name from information_schema.columns
      where table_schema = '${this.name}' and table_name = 'job_summary'
      order by ordinal_position`)).split('\n');
    const text = await this.ask(`select * from job_summary where ${where}`);
    return new Map(text.split('\n').filter((line) => line !== '').map((line) => {
      const row = Object.fromEntries(line.split('\t')
        .map((value, at) => [names[at], value === 'NULL' ? null : value]));
      return [Number(row.job_db_inx), row];
    }));
  }

  /** Fills in the past of some jobs' days; answers what it said. */
  async summarize(from, to, ...more) {
    const { code, out, err } = await run(process.env.LAB_ADMIN,
      ['summarize', ...this.files(), '--from', day(from), '--to', day(to), ...more]);
    return { code, said: out + err };
  }

  /** Starts the service; {child, log(), ended}. */
  start(more = []) {
    const child = spawn(join(lab.state, 'bin', 'userportal'), ['background', ...this.files(more)],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    child.stderr.on('data', (part) => { log += part; });
    const ended = new Promise((resolve) => { child.on('exit', resolve); });
    const one = { child, log: () => log, ended };
    this.processes.push(one);
    return one;
  }

  async stop(one, signal = 'SIGTERM') {
    one.child.kill(signal);
    await one.ended;
  }

  /** A pool of workers over the same database. */
  portal(metrics = lab.prometheus) {
    const operator = { login: lab.staff, staff: true, address: '127.0.0.1' };
    return secondPortal(metrics, operator, { config: (text) => this.configure(text) });
  }

  /** The state of a task: {column: text}. */
  async task(name) {
    const text = await this.ask(`select position_end, done, failed, behind_s, behind_jobs, slow,
      error from task where name = '${name}'`);
    if (text === '') return undefined;
    const [end, done, failed, behind, jobs, slow, error] = text.split('\t');
    return { end: Number(end), done: Number(done), failed: Number(failed), behind: Number(behind),
      jobs: Number(jobs), slow: slow === '1', error };
  }

  /** Waits until all that ended up to now has been worked at. */
  async caughtUp(seconds = 300) {
    const now = Math.floor(Date.now() / 1000);
    await until(async () => {
      const task = await this.task('summaries');
      return task !== undefined && task.behind === 0 &&
        await this.number(`select count(*) from task where name = 'summaries'
          and stepped >= ${now}`) === 1;
    }, () => `the task catches up: ${JSON.stringify(this.processes.map((one) => one.log()
      .slice(-500)))}`, seconds);
  }

  /** Days whose sums are not those of their summaries: '' if all are. */
  async unequalDays() {
    const sums = [];
    for (const column of Object.keys(SUMS)) {
      sums.push(`abs(coalesce(sum(case when kept then ${column} end), 0) -
        coalesce(sum(case when not kept then ${column} end), 0)) <=
        1e-9 * coalesce(sum(abs(${column})), 0)`);
    }
    const columns = Object.keys(SUMS).join(', ');
    const each = Object.entries(SUMS).map(([column, of]) => `sum(${of}) as ${column}`).join(', ');
    const wrong = (keys, rows, made) => this.ask(`select ${keys.join(', ')}
      from (select 1 as kept, ${made}, ${columns} from job_day where ${rows}
        union all
        select 0, ${KEYS.filter(({ name }) => keys.includes(name))
    .map(({ of }) => of).join(', ')}, ${each} from job_summary
        group by ${keys.map((key, at) => at + 2).join(', ')}) as both_ways
      group by ${keys.join(', ')} having not (${sums.join(' and ')})`);
    const person = ['day', 'login', 'account', 'part'];
    return [
      await wrong(person, 'kind = 0', 'day, login, account, `partition` as part'),
      await wrong(['ten', 'login', 'account', 'part'], 'kind = 1',
        'day as ten, login, account, `partition` as part'),
      await wrong(['day', 'part'], 'kind = 2', 'day, `partition` as part'),
    ].join('');
  }

  /** Waits until the sums of all days are made, and fails unless they are true. */
  async sumsAreTrue(seconds = 60) {
    await until(async () => await this.number('select count(*) from job_day_due') === 0 &&
      await this.number('select coalesce(sum(jobs), 0) from job_day where kind = 2') ===
      await this.number('select count(*) from job_summary'), 'sums of days are made', seconds);
    assert.equal(await this.unequalDays(), '');
  }

  /** Rows of Slurm's table that ended in [from, to) and have no summary. */
  async lacking(from, to) {
    return sql(`select j.job_db_inx from narval_job_table j
      left join ${this.name}.job_summary s on s.job_db_inx = j.job_db_inx
      where j.time_end >= ${from} and j.time_end < ${to} and j.deleted = 0
        and not (j.id_user = 0 and j.account is null) and s.job_db_inx is null`);
  }
}
