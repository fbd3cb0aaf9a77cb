// The user page: paging by key without gap or repeat, filters in both of its parts, bad values.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askAgain, decode, lab, run, runTests, test as once, truth, words } from './lib.mjs';

const passwd = new Map(readFileSync(join(process.env.LAB_SIMULATION, 'passwd'), 'utf8').trim()
  .split('\n').map((line) => line.split(':')).map(([login, , uid]) => [login, Number(uid)]));

/** Rows of the accounting database, as the portal's own account may read them. */
async function sql(statement) {
  const { code, out, err } = await run('mariadb', [
    '-h', process.env.LAB_DATABASE_HOST, '-P', process.env.LAB_DATABASE_PORT,
    '-u', process.env.LAB_DATABASE_USER, '-N', '-B', process.env.LAB_DATABASE_NAME,
    '-e', statement,
  ], { env: { ...process.env, MYSQL_PWD: process.env.LAB_DATABASE_PASSWORD } });
  assert.equal(code, 0, err);
  return out.split('\n').filter((line) => line).map((line) => line.split('\t'));
}

const table = `${process.env.LAB_CLUSTER}_job_table`;
const owned = (login) => `from ${table} where deleted=0 and id_user=${passwd.get(login)}`;

const fingerprint = () => sql(`select
  sum(crc32(concat_ws(',', id_job, state, time_start, time_end))) from ${table}
  where id_user in (${passwd.get('alice')}, ${passwd.get('heavy')})`);

/** The simulated cluster goes on: a test that fails while their jobs change begins anew. */
function test(name, body) {
  once(name, async () => {
    for (;;) {
      const before = await fingerprint();
      try {
        return await body();
      } catch (error) {
        if (`${await fingerprint()}` === `${before}`) throw error;
      }
    }
  });
}

function section(html, id) {
  const whole = new RegExp(`<section class="section" id="${id}"[\\s\\S]*?</section>`);
  return whole.exec(html)?.[0] ?? '';
}

/** Rows of a part of the page: number as written, link, state word, text. */
function rowsOf(html, id) {
  return [...section(html, id).matchAll(/<tr class="is-link[^>]*>([\s\S]*?)<\/tr>/g)]
    .map(([, row]) => {
      const [, href, number] = /class="row-link" href="([^"]*)">([^<]*)/.exec(row);
      const state = /<span class="state is-[a-z]*">([\s\S]*?)<\/span>/.exec(row)?.[1];
      return { href: decode(href), number, state: state && words(state), text: words(row) };
    });
}

const nextLink = (html) => {
  const link = /rel="next"\s+href="([^"]*)"/.exec(html)?.[1];
  return link && decode(link);
};

/** All pages of a list, from `path` on. */
async function walk(at, path) {
  const pages = [];
  for (let next = path; next; next = nextLink(pages.at(-1))) {
    const answer = await askAgain(at, next);
    assert.equal(answer.status, 200, next);
    pages.push(answer.text);
    assert.ok(pages.length < 500, 'the pages do not end');
  }
  return pages;
}

const heavy = '/secure/jobstats/heavy/';

test('the pages of a user with many jobs hold each of them once', async () => {
  const pages = await walk(lab.as.staff, heavy);
  const listed = pages.flatMap((html) => rowsOf(html, 'jobs').map(({ href }) => href));
  const known = await sql(`select id_job, job_db_inx ${owned('heavy')} and not (state=0)`);
  assert.ok(pages.length >= 8, `${pages.length} pages`);
  assert.equal(listed.length, known.length);
  assert.equal(new Set(listed).size, listed.length, 'no repeat');
  const id = (href) => /\/(\d+)\/(\?attempt=\d+)?$/.exec(href)[1];
  assert.deepEqual(listed.map(id).sort(), known.map(([job]) => job).sort());
  assert.ok(pages.slice(0, -1).every((html) => rowsOf(html, 'jobs').length === 100));
});

test('pages are in the order of their start, newest first, across page ends', async () => {
  const pages = await walk(lab.as.staff, heavy);
  const starts = pages.flatMap((html) => [...section(html, 'jobs')
    .matchAll(/<td data-label="Started"[^>]*><time class="when" datetime="([^"]*)"/g)]
    .map(([, time]) => time));
  assert.ok(starts.length > 700);
  assert.deepEqual(starts, [...starts].sort().reverse());
});

test('waiting jobs stand first, on the first page only', async () => {
  const first = (await askAgain(lab.as.user, '/secure/jobstats/alice/')).text;
  const waiting = rowsOf(first, 'waiting').map(({ number }) => number);
  const known = await sql(`select id_job ${owned('alice')} and state=0`);
  assert.ok(known.length >= 5);
  assert.equal(waiting.length, known.length);
  assert.ok(first.indexOf('id="waiting"') < first.indexOf('id="jobs"'));
  for (const { state } of rowsOf(first, 'jobs')) assert.notEqual(state, 'Pending');
  const second = await askAgain(lab.as.user, nextLink(first));
  assert.equal(rowsOf(second.text, 'waiting').length, 0);
});

test('each waiting job says why it waits', async () => {
  const { text } = await askAgain(lab.as.user, '/secure/jobstats/alice/');
  const reasons = [...section(text, 'waiting').matchAll(/class="cell-reason">([^<]*)/g)];
  assert.ok(reasons.length >= 5);
  for (const [, reason] of reasons) assert.match(reason, /^[A-Z].{10,}$/);
});

test('running jobs stand before those that are over', async () => {
  const { text } = await askAgain(lab.as.user, '/secure/jobstats/alice/');
  const states = rowsOf(text, 'jobs').map(({ state }) => state);
  assert.ok(states.includes('Running'));
  const begun = await sql(`select count(*) ${owned('alice')} and state=1`);
  assert.equal(states.filter((state) => state === 'Running').length, Number(begun[0][0]));
});

/** How many of a resource a job was given, or else requested. */
const resource = (id) => `cast(coalesce(${['tres_alloc', 'tres_req'].map((column) =>
  `nullif(regexp_substr(${column}, '(^|,)${id}=\\\\K[0-9]+'), '')`)}, '0') as unsigned)`;

const filters = [
  ['state=failed', 'state in (5,9)'],
  ['state=timeout', 'state in (6,10)'],
  ['state=cancelled', 'state=4'],
  ['state=out_of_memory', 'state=11'],
  ['state=running', 'state=1'],
  ['state=completed', 'state=3'],
  ['state=pending', 'state=0'],
  ['account=def-smith_gpu', "account='def-smith_gpu'"],
  ['partition=cpubase_bycore_b1', "`partition`='cpubase_bycore_b1'"],
  ['name=gpu', "job_name like '%gpu%'"],
  ['name=_', "job_name like '%\\\\_%'"],
  ['name=%25', "job_name like '%\\\\%%'"],
  ['state=completed&name=gpu', "state=3 and job_name like '%gpu%'"],
  ['account=nobody', 'false'],
  ['state=failed,timeout', 'state in (5,9,6,10)'],
  ['cores_min=5&cores_max=40', `${resource(1)} between 5 and 40`],
  ['memory_min=100', `${resource(2)} >= 102400`],
  ['gpus_min=1', `${resource(1001)} >= 1`],
  ['nodes_min=2&state=completed', `${resource(4)} >= 2 and state=3`],
  ['hours_max=0.25&state=completed',
    'state=3 and time_end <= time_start + 900 and time_end >= time_start'],
  ["name='", `job_name like '%''%'`],
];

/** The part of a filter's rows that the pages show, over all of them. */
async function filtered(query) {
  const pages = await walk(lab.as.user, `/secure/jobstats/alice/?${query}`);
  const both = pages.flatMap((html) => [...rowsOf(html, 'waiting'), ...rowsOf(html, 'jobs')]);
  return both.map(({ href }) => /\/(\d+)\/(\?attempt=\d+)?$/.exec(href)[1]).sort();
}

// Without a date a filter looks back 90 days, and says so. A job counts at its start, a job that
// never started at its end, and a waiting job always.
const age = "if(state=0, 0, unix_timestamp() - if(time_start>0, time_start, time_end)) / 86400";

for (const [query, condition] of filters) {
  test(`filter ${query}: the rows of Slurm's table, and no others`, async () => {
    const known = await sql(`select id_job, ${age} ${owned('alice')} and ${condition}`);
    const within = (days) => known.filter(([, old]) => Number(old) < days).map(([id]) => id);
    const listed = await filtered(query);
    const missing = within(89.9).filter((id) => !listed.includes(id));
    const wrong = listed.filter((id) => !within(90.1).includes(id));
    assert.deepEqual({ missing, wrong }, { missing: [], wrong: [] });
    assert.equal(new Set(listed).size >= new Set(within(89.9)).size, true);
  });
}

test('a filter says how far it looked back, and a date takes it further', async () => {
  const path = '/secure/jobstats/alice/?state=failed';
  const { text } = await askAgain(lab.as.user, path);
  assert.match(words(text), /Jobs since \d{4}-\d\d-\d\d/);
  const [[day]] = await sql('select date(from_unixtime(unix_timestamp() - 150 * 86400))');
  const listed = await filtered(`state=failed&from=${day}`);
  const known = await sql(`select id_job ${owned('alice')} and state in (5,9) and
    if(time_start>0, time_start, time_end) >= unix_timestamp('${day} 00:00:00')`);
  assert.deepEqual(listed, known.map(([id]) => id).sort());
});

test('the filter by days takes the jobs that ran on them', async () => {
  const [[day]] = await sql(`select date(from_unixtime(max(time_start)))
    ${owned('alice')} and time_start>0 and state=3`);
  const listed = await filtered(`from=${day}&to=${day}&state=completed`);
  const known = await sql(`select id_job ${owned('alice')} and state=3 and
    time_start>0 and time_start < unix_timestamp('${day} 00:00:00') + 86400 and
    (time_end=0 or time_end >= unix_timestamp('${day} 00:00:00'))`);
  assert.ok(known.length > 0);
  assert.deepEqual(listed, known.map(([id]) => id).sort());
});

test('a filter stays in the links, the fields and the switch of language', async () => {
  const { text } = await askAgain(lab.as.staff, `${heavy}?state=completed&name=job`);
  assert.match(nextLink(text), /\?state=completed&name=job&after=/);
  assert.match(text, /name="state"\s+value="completed" checked>/);
  assert.match(text, /name="name"[^>]*value="job"/);
  assert.match(text, /name="back" value="\/secure\/jobstats\/heavy\/\?state=completed/);
  assert.match(text, /href="\/secure\/jobstats\/heavy\/">(?:<[^>]*>|\s)*Clear/);
});

/** Rows of a CSV file as RFC 4180 has it; throws on anything else. */
function rowsOfCsv(text) {
  assert.equal(text[0], '\ufeff');
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  cell.lastIndex = 1;
  const rows = [[]];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    assert.ok(found, 'a cell of CSV');
    rows.at(-1).push((found[1] ?? found[2]).replaceAll('""', '"'));
    if (found[3] === '\r\n') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'the last row ends');
  return rows;
}

test('the file of the jobs holds what the list holds, and no formula', async () => {
  for (const [at, login, query, condition] of [
    [lab.as.staff, 'heavy', '', 'true'],
    [lab.as.user, 'alice', '', 'true'],
    [lab.as.user, 'alice', '?state=completed&name=gpu',
      `state=3 and job_name like '%gpu%' and ${age} < 90`],
  ]) {
    const answer = await askAgain(at, `/secure/jobstats/${login}/jobs.csv${query}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-disposition'], /^attachment; filename="jobs-.*\.csv"$/);
    const [heads, ...rows] = rowsOfCsv(answer.text);
    if (query) assert.match(rows.pop()[0], /^the filter looked back to \d{4}-/);
    const known = await sql(`select if(id_array_job > 0 and id_array_task < 4294967294,
      concat(id_array_job, '_', id_array_task), if(het_job_id > 0,
      concat(het_job_id, '+', het_job_offset), id_job)) ${owned(login)} and ${condition}`);
    assert.deepEqual(rows.map(([job]) => job).sort(), known.map(([job]) => job).sort(), query);
    for (const head of ['submitted', 'started', 'ended']) assert.ok(heads.includes(head), head);
    assert.ok(rows.every((row) => row.length === heads.length));
    assert.ok(rows.flat().every((one) => !/^[\s\p{C}]*[=+\-@]/u.test(one)));
    const moments = rows.flatMap((row) => [row[heads.indexOf('submitted')],
      row[heads.indexOf('started')], row[heads.indexOf('ended')]]).filter(Boolean);
    assert.ok(moments.length > 0);
    assert.ok(moments.every((one) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(one)));
  }
});

test('a file of jobs is refused like the list', async () => {
  const others = await askAgain(lab.as.user, '/secure/jobstats/heavy/jobs.csv');
  assert.equal(others.status, 404);
  const wrong = await askAgain(lab.as.user, '/secure/jobstats/alice/jobs.csv?state=none');
  assert.equal(wrong.status, 400);
});

test('malformed filters and cursors are 400, unknown ones are ignored', async () => {
  const wrong = [
    'after=', 'after=.', 'after=..', 'after=x', 'after=s', 'after=s1-2', 'after=s1-2-3-4',
    'after=s-1-2-3', 'after=s1-2-x', 'after=s1-2-99999999999999999999', 'after=n1-2-3.n1-2-3',
    'after=s1-2-3.x1-2-3', 'after=s1-2-3%00', 'after=1-2-3', 'state=none', 'state=COMPLETED',
    'from=yesterday', 'from=2026-13-01', 'from=2026-02-30', 'from=2026-1-1', 'to=1',
    'from=2026-02-02&to=2026-02-01', 'state=failed,none', 'last=0', 'last=x', 'cores_min=-1',
    'memory_min=x', 'hours_max=nan', 'gpus_min=2&gpus_max=1',
    `name=${'x'.repeat(300)}`, `account=${'x'.repeat(256)}`,
  ];
  for (const query of wrong) {
    const answer = await askAgain(lab.as.user, `/secure/jobstats/alice/?${query}`);
    assert.equal(answer.status, 400, query);
  }
  for (const query of ['page=7', 'page=x', 'x=y', '', 'page']) {
    const answer = await askAgain(lab.as.user, `/secure/jobstats/alice/?${query}`);
    assert.equal(answer.status, 200, query);
  }
});

test('what a form sends empty or twice leaves the address', async () => {
  const cases = { 'state=': '', 'name=': '', 'from=&to=': '', 'name=a&qos=': '?name=a',
    'state=failed&state=timeout&cores_min=': '?state=failed,timeout' };
  for (const [query, clean] of Object.entries(cases)) {
    const answer = await askAgain(lab.as.user, `/secure/jobstats/alice/?${query}`);
    assert.equal(answer.status, 302, query);
    assert.equal(answer.headers.location, `/secure/jobstats/alice/${clean}`);
  }
});

test('a cursor behind the last job is an empty page, not an error', async () => {
  const answer = await askAgain(lab.as.user, '/secure/jobstats/alice/?after=s1-1-1.n1-1-1');
  assert.equal(answer.status, 200);
  assert.equal(rowsOf(answer.text, 'jobs').length, 0);
  assert.equal(nextLink(answer.text), undefined);
});

test('the tasks of an array that follow each other share a heading', async () => {
  const { text } = await askAgain(lab.as.user, '/secure/jobstats/alice/');
  const parent = truth.stories.array_parent.id_job;
  const groups = [...section(text, 'jobs').matchAll(/<tr class="is-array">([\s\S]*?)<\/tr>/g)];
  assert.ok(groups.some(([, row]) => words(row).startsWith(`${parent} `)));
});

test('the form that opens a job by its number leads to it, or says there is none', async () => {
  const job = truth.stories.good_cpu.id_job;
  const found = await askAgain(lab.as.user, `/secure/jobstats/?job=${job}`);
  assert.equal(found.status, 302);
  for (const [text, status] of [['1', 404], ['0', 404], ['4294967295', 404], ['', 400], ['x', 400],
    ['4294967296', 400], ['1_', 400], ['1+2+3', 400], ['-1', 400], ['1;2', 400], ['1 2', 400]]) {
    const answer = await askAgain(lab.as.user, `/secure/jobstats/?job=${encodeURIComponent(text)}`);
    assert.equal(answer.status, status, text);
  }
});

await runTests();
