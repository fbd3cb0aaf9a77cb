// The quotas page on a Robinhood table of two million rows, with and without an index on gid,
// against the same statements in the MySQL client.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import { sleep } from '../lab/wait.mjs';
import {least, reportRatio, times} from './measure.mjs';
import {Pool} from './pool.mjs';

const {LAB_STATE: lab, LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus} = process.env;
const PAGE = '/secure/quotas/alice/';
const ROWS = 2000000;

function sql(text, ...options) {
  return execFileSync('mysql', ['--no-defaults', '-S', `${lab}/run/mysql.sock`, '-uroot', '-N',
    ...options], {input: text, encoding: 'utf8', maxBuffer: 1e8});
}

function fill() {
  const rows = Number(sql('select table_rows from information_schema.tables ' +
    "where table_schema = 'rbh_lustre06' and table_name = 'ACCT_STAT'"));
  if (rows < ROWS / 2) sql(readFileSync('tests/bench/acct_stat.sql', 'utf8'), 'rbh_lustre06');
}

const execute = (program, ...options) =>
  execFileSync(program, options, {encoding: 'utf8', maxBuffer: 1e8});

// The page, from every database: one that is left alone because it was slow would look fast.
function wholePage() {
  const html = execute('curl', '-sS', '-m', '30', staff + PAGE);
  if (!html.includes('</html>') || /class="unavailable"|class="notice/.test(html)) {
    throw new Error('a database did not answer in time');
  }
  return html;
}

async function warm() {
  for (let well = 0, tries = 0; well < 6; tries++) {
    try {
      wholePage();
      well++;
    } catch (error) {
      if (tries > 30) throw error;
      await sleep(2100);
    }
  }
}

// A statement of the log with its groups: those that the page shows from that database.
function bound(statement, database, html) {
  const place = database.replace('rbh_', '');
  const groups = [...html.matchAll(/id="(?:project|nearline)-(\w+)-([\w-]+)-title"/g)]
    .filter((found) => found[1] === place).map((found) => `'${found[2]}'`);
  const text = statement.replace(/\?/g, () => groups.shift() ?? '?');
  if (text.includes('?') || groups.length > 0) throw new Error(`other groups: ${statement}`);
  return text;
}

// The statements of one page, each after `use` of its database, as MariaDB's log shows them.
function statements() {
  sql("set global log_output = 'TABLE'; truncate mysql.general_log; set global general_log = 1");
  const html = wholePage();
  sql('set global general_log = 0');
  const found = sql('select p.db, replace(l.argument, "\n", " ") from mysql.general_log l ' +
    'join information_schema.processlist p on p.id = l.thread_id ' +
    'where l.command_type = "Execute" and l.argument like "%sum(%ACCT_STAT%"', '-r');
  const list = found.trim().split('\n').map((line) => line.split('\t'));
  if (list.length < 2) throw new Error('not every database was asked');
  const use = ([database, text]) => `use ${database}; ${bound(text, database, html)};`;
  return list.map(use).join('\n');
}

function took(work) {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function quotasPage() {
  fill();
  const pool = await Pool.start(prometheus, 2);
  await warm();
  const same = statements();
  const compare = async (how) => {
    const [ours, floor] = await least(() => took(wholePage), () => took(() => sql(same)));
    reportRatio(`quotas page, 2,000,000 rows ${how}, against the MySQL client`, times(1.2), ours,
      floor);
  };
  await compare('without an index on gid');
  sql('create index if not exists portal_gid on ACCT_STAT (gid)', 'rbh_lustre06');
  try {
    await compare('with an index on gid');
  } finally {
    sql('drop index portal_gid on ACCT_STAT', 'rbh_lustre06');
    await pool.stop();
  }
}

export const storageParts = [quotasPage];
