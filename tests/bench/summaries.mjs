// What is kept of jobs, with a million rows: the space of a row, the waste of a person with 23,000
// jobs, and Top over ninety days of two thousand people.
import {execFileSync, spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {sleep} from '../lab/wait.mjs';
import {least, ms, report, seconds} from './measure.mjs';
import {Pool} from './pool.mjs';

const {LAB_STATE: lab, LAB_SECRETS: secrets, LAB_URL_STAFF: staff} = process.env;
const {LAB_PROMETHEUS: prometheus} = process.env;
const DAYS_S = 600;

function sql(text) {
  return execFileSync('mysql', ['--no-defaults', '-S', `${lab}/run/mysql.sock`, '-uroot', '-N',
    'userportal'], {input: text, encoding: 'utf8'}).trim();
}

// The service of this build makes the sums of days, as fast as it can.
async function makeDays() {
  const file = `${lab}/etc/background.ini`;
  writeFileSync(file, readFileSync(`${lab}/etc/bench.ini`, 'utf8')
    .replace(';share = 10', 'share = 100'));
  const service = spawn('setpriv', ['--reuid=www-data', '--regid=www-data', '--init-groups', '--',
    `${lab}/bin/userportal`, 'background', '--config', file, '--secrets', secrets],
  { stdio: 'ignore' });
  try {
    for (let waited = 0; waited < DAYS_S; waited += 5) {
      const [rows, counted] = sql(`select (select count(*) from job_summary),
        (select coalesce(sum(jobs), 0) from job_day where kind = 0)`).split('\t');
      if (rows === counted) return;
      await sleep(5000);
    }
    throw new Error('the sums of days were not made in time');
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => { service.on('exit', resolve); });
  }
}

async function measure() {
  const [bytes] = sql(`select (data_length + index_length) / table_rows
    from information_schema.tables where table_name = 'job_summary'`).split('\n');
  report('a job summary with its keys', {most: 1000, text: '≤ 1,000 bytes'}, Number(bytes),
    `${Math.round(bytes)} bytes`);
  const page = (user, rest) => `${staff}/secure/jobstats/${user}/${rest}`;
  const [waste] = await least(() => seconds(page('heavy', 'waste/?delta=604800')));
  report('page of waste: 23,000 jobs of a week', {most: 300, text: '≤ 300 ms'}, waste * 1000,
    ms(waste));
  const [top] = await least(() => seconds(`${staff}/secure/top/waste/?days=90`));
  report('Top over 90 days, 2,000 people', {most: 300, text: '≤ 300 ms'}, top * 1000, ms(top));
}

export const summaryParts = [
  async function summaries() {
    sql(readFileSync('tests/bench/summaries.sql', 'utf8'));
    const pool = await Pool.start(prometheus, 2);
    try {
      await makeDays();
      await measure();
    } finally {
      // Other parts measure pages of jobs without a summary.
      sql('truncate job_summary; truncate job_day');
      await pool.stop();
    }
  },
];
