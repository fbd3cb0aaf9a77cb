// Quotas and the summary: what the pages say, compared with the same sums in the database's own
// client, with Prometheus's own answers, and with what the simulator knows.
import assert from 'node:assert/strict';
import { askAgain, decode, lab, run, runTests, test, truth, words } from './lib.mjs';

const accounts = { port: process.env.LAB_DATABASE_PORT, host: process.env.LAB_DATABASE_HOST };

/** Rows of a statement in a Robinhood database, as the portal's own account reads them. */
async function sql(database, statement) {
  const { code, out, err } = await run('mariadb', [
    '-h', accounts.host, '-P', accounts.port, '-u', process.env.LAB_DATABASE_USER,
    '--default-character-set=utf8mb4', '-N', '-B', database, '-e', statement,
  ], { env: { ...process.env, MYSQL_PWD: process.env.LAB_DATABASE_PASSWORD } });
  assert.equal(code, 0, err);
  return out.split('\n').filter((line) => line).map((line) => line.split('\t'));
}

/** The same as the server's administrator. */
async function admin(statement) {
  const { code, err } = await run('mariadb', [
    '--no-defaults', '-S', process.env.LAB_DATABASE_ROOT_SOCKET, '-u', 'root', '-e', statement]);
  assert.equal(code, 0, err);
}

const PARTS = {
  project: "lhsm_status in ('', 'new')",
  disk: "lhsm_status not in ('', 'new', 'released')",
  tape: "lhsm_status = 'released'",
};

/** [inodes, bytes] of a part of a group, by [owner] if asked; on tape sizes count. */
const sums = (database, group, part, owner = '') => sql(database,
  `select ${owner ? 'hex(uid),' : ''} coalesce(sum(count), 0),
   coalesce(sum(${part === 'tape' ? 'size' : 'blocks * 512'}), 0)
   from ACCT_STAT where gid = '${group}' and ${PARTS[part]} ${owner}`);

const dataValues = (html) =>
  [...html.matchAll(/<data value="([^"]*)"/g)].map(([, value]) => Number(value));

/** The cards of a page: {id: {lines, text, rows: [[user, ...numbers or null]]}}. */
function cards(html) {
  const found = {};
  const article = /<article class="card quota" id="([^"]*)"([\s\S]*?)<\/article>/g;
  for (const [, id, card] of html.matchAll(article)) {
    const [head, table = ''] = card.split('<div class="table-box');
    const rows = [...table.matchAll(/<tr><th[^>]*>([^<]*)<\/th>([\s\S]*?)<\/tr>/g)]
      .map(([, user, cells]) => [decode(user), ...[...cells.matchAll(/<td[\s\S]*?<\/td>/g)]
        .map(([cell]) => dataValues(cell)[0] ?? null)]);
    found[id] = { values: dataValues(head), text: words(head), rows };
  }
  return found;
}

const page = async (login, query = '') => {
  const answer = await askAgain(lab.as.staff, `/secure/quotas/${login}/${query}`);
  assert.equal(answer.status, 200);
  return answer.text;
};

/** Numbers on a page have 15 digits. */
const same = (shown, known, what) =>
  assert.ok(Math.abs(shown - known) <= Math.abs(known) * 1e-12, `${what}: ${shown}, not ${known}`);

const text = (hex) => Buffer.from(hex, 'hex').toString('utf8');

for (const [login, group] of [['alice', 'def-smith'], ['carol', 'def-jones'],
  ['farah', 'rrg-haddad'], ['marc', 'rrg-boeuf'], ['staff', 'def-staff']]) {
  test(`project ${group}: the total and each owner as the client sums them`, async () => {
    const card = cards(await page(login))[`project-lustre06-${group}`];
    const [[inodes, bytes]] = await sums('rbh_lustre06', group, 'project');
    same(card.values[0], Number(bytes), 'bytes');
    same(card.values[1], Number(inodes), 'files');
    const owners = await sums('rbh_lustre06', group, 'project',
      "and uid <> 'root' group by uid having sum(count) > 2 order by 3 desc");
    const known = owners.map(([hex]) => text(hex)).sort();
    assert.deepEqual(card.rows.map(([user]) => user).sort(), known);
    for (const [hex, files, size] of owners) {
      const [, shownFiles, shownSize] = card.rows.find(([user]) => user === text(hex));
      same(shownFiles, Number(files), text(hex));
      same(shownSize, Number(size), text(hex));
    }
    const sizes = card.rows.map(([, , size]) => size);
    assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a), 'the most bytes first');
  });
}

for (const [login, group] of [['heavy', 'rrg-heavy'], ['gabriel', 'rrg-haddad'],
  ['marc', 'rrg-boeuf']]) {
  test(`nearline ${group}: disk and tape as the client sums them`, async () => {
    const card = cards(await page(login))[`nearline-nearline-${group}`];
    const [[, disk]] = await sums('rbh_nearline', group, 'disk');
    const [[, tape]] = await sums('rbh_nearline', group, 'tape');
    same(card.values[0], Number(disk) + Number(tape), 'both');
    const parts = [['disk', 'sum(count) > 2', 1], ['tape', 'sum(size) > 2', 3]];
    for (const [part, few, column] of parts) {
      const owners = await sums('rbh_nearline', group, part,
        `and uid <> 'root' group by uid having ${few}`);
      assert.equal(card.rows.filter((row) => row[column] !== null).length, owners.length, part);
      for (const [hex, files, size] of owners) {
        const row = card.rows.find(([user]) => user === text(hex));
        same(row[column], Number(files), `${text(hex)}, files on ${part}`);
        same(row[column + 1], Number(size), `${text(hex)}, bytes on ${part}`);
      }
    }
  });
}

test('the totals are those that the simulator knows', async () => {
  for (const [login, group] of [['alice', 'def-smith'], ['heavy', 'rrg-heavy']]) {
    const found = cards(await page(login));
    const { project, nearline } = truth.storage;
    same(found[`project-lustre06-${group}`].values[0], project[group].bytes, group);
    same(found[`project-lustre06-${group}`].values[1], project[group].inodes, group);
    if (!nearline[group]) continue;
    const both = nearline[group].disk_bytes + nearline[group].tape_bytes;
    same(found[`nearline-nearline-${group}`].values[0], both, group);
  }
});

test('what is nearly full and what is over quota is said in words', async () => {
  const smith = cards(await page('alice'))['project-lustre06-def-smith'].text;
  assert.match(smith, /nearly full/);
  assert.match(smith, /455,\d{3} of 500,000 files 91\D/);
  const haddad = cards(await page('farah'))['project-lustre06-rrg-haddad'].text;
  assert.match(haddad, /103\s% of [\d,]+\sTiB .*over quota/);
  const heavy = cards(await page('heavy'))['nearline-nearline-rrg-heavy'].text;
  assert.match(heavy, /% of 100\sTiB .*over quota.* on disk .* on tape/);
});

test('a limit that the directory does not give is not made up', async () => {
  const nadeau = cards(await page('nadia'))['project-lustre06-def-nadeau'].text;
  assert.match(nadeau, /% of 2\sTiB/);
  assert.match(nadeau, /files|Files .* no limit known/);
  const ouellet = cards(await page('oscar'))['project-lustre06-def-ouellet'].text;
  assert.match(ouellet, /Space [\d.]+\s[A-Za-z]+ no limit known/);
  assert.match(ouellet, /of 2\smillion files/);
});

test('an allocation without storage has no card, and one that nobody used is zero', async () => {
  const html = await page('paula');
  assert.deepEqual(cards(html), {});
  assert.match(words(html), /No project storage/);
  const { values } = cards(await page('staff'))['project-lustre06-def-staff'];
  assert.deepEqual(values, [0, 0]);
});

test('tables are sorted by the links in their heads', async () => {
  const html = await page('marc');
  const link = /href="([^"]*sort=inodes[^"]*)"/.exec(html)?.[1];
  assert.match(decode(link), /^\/secure\/quotas\/marc\/\?sort=inodes#project-lustre06-rrg-boeuf$/);
  const files = cards(await page('marc', '?sort=inodes'))['project-lustre06-rrg-boeuf']
    .rows.map(([, count]) => count);
  assert.deepEqual(files, [...files].sort((a, b) => b - a));
  const names = cards(await page('marc', '?sort=user'))['nearline-nearline-rrg-boeuf']
    .rows.map(([user]) => user);
  assert.deepEqual(names, [...names].sort());
});

test('one database away takes its own part, both a 503', async () => {
  const move = (database, from, to) =>
    admin(`rename table ${database}.${from} to ${database}.${to}`);
  await move('rbh_nearline', 'ACCT_STAT', 'away');
  try {
    const shown = cards(await page('marc'));
    assert.match(shown['nearline-nearline-rrg-boeuf'].text, /unavailable: Robinhood \(nearline\)/);
    assert.equal(shown['project-lustre06-rrg-boeuf'].values.length, 2);
    await move('rbh_lustre06', 'ACCT_STAT', 'away');
    try {
      const answer = await askAgain(lab.as.user, '/secure/quotas/alice/');
      assert.equal(answer.status, 503);
      assert.ok(answer.headers['retry-after']);
      assert.match(words(answer.text), /def-smith .*unavailable: Robinhood \(lustre06\)/);
    } finally {
      await move('rbh_lustre06', 'away', 'ACCT_STAT');
    }
  } finally {
    await move('rbh_nearline', 'away', 'ACCT_STAT');
  }
});

/** Prometheus's own newest sample of a quota, or null. */
async function sample(metric, path, name) {
  const query = `last_over_time(${metric}{path="${path}",project="${name}"}[10m])`;
  const answer = await fetch(`${lab.prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = await answer.json();
  return data.result.length === 0 ? null : Number(data.result[0].value[1]);
}

/** The quotas of a summary: {title: {bytes, files, text}}; null where there is no number. */
async function quotas(login) {
  const { text: html, status } = await askAgain(lab.as.staff, `/secure/usersummary/${login}/`);
  assert.equal(status, 200);
  const found = {};
  for (const [, card] of html.matchAll(/<article class="card quota">([\s\S]*?)<\/article>/g)) {
    const title = words(/<h3><span[^>]*>([\s\S]*?)<\/span>/.exec(card)[1]);
    const [bytes, files] = card.split('<div class="quota-line ').slice(1)
      .map((line) => dataValues(line)[0] ?? null);
    found[title] = { bytes, files, text: words(card) };
  }
  return found;
}

/** The exporter's numbers move slowly; a scrape may lie between the two. */
const near = (shown, known, what) =>
  assert.ok(Math.abs(shown - known) <= Math.abs(known) * 0.01, `${what}: ${shown}, not ${known}`);

const PATHS = { Home: '/lustre05/home/', Scratch: '/lustre07/scratch/' };

for (const [login, group] of [['alice', 'def-smith'], ['bob', 'def-smith'],
  ['farah', 'rrg-haddad']]) {
  test(`summary of ${login}: the quotas as Prometheus has them`, async () => {
    const shown = await quotas(login);
    for (const [title, name] of [['Home', login], ['Scratch', login], [group, group]]) {
      const path = PATHS[title] ?? '/lustre06/project/';
      near(shown[title].bytes, await sample('lfs_quota_kbytes', path, name) * 1024, title);
      near(shown[title].files, await sample('lfs_quota_inodes', path, name), title);
    }
  });
}

test('who has no series has no data, and not zero', async () => {
  const shown = await quotas('staff');
  assert.equal(await sample('lfs_quota_kbytes', PATHS.Home, 'staff'), null);
  assert.equal(shown.Home.bytes, null);
  assert.match(shown.Home.text, /less than 4 MiB, or not measured/);
  assert.match(shown.Home.text, /less than 50 files, or not measured/);
});

test('graphs have a line for each quota that ends at the newest number', async () => {
  const shown = await quotas('alice');
  const base = '/secure/usersummary/alice/graph/';
  const answer = (await askAgain(lab.as.user, `${base}quota_bytes.json?delta=604800`)).json();
  const [graph] = answer.graphs;
  const names = graph.series.map(({ labels }) => labels.quota);
  assert.deepEqual(names, ['Home', 'Scratch', 'def-smith', 'rrg-haddad']);
  for (const { labels, values } of graph.series) {
    const last = values.findLast((value) => value !== null);
    assert.ok(Math.abs(last - shown[labels.quota].bytes) < shown[labels.quota].bytes * 0.25);
  }
  const headers = { 'Accept-Language': 'fr' };
  const french = await askAgain(lab.as.user, `${base}quota.json`, { headers });
  assert.match(french.headers.vary, /Accept-Language/i);
  const both = french.json();
  assert.deepEqual(both.graphs.map(({ slug }) => slug),
    ['quota_share', 'quota_bytes', 'quota_inodes']);
  assert.deepEqual(both.graphs[0].limit, { id: 'quota', value: 100 });
  assert.ok(both.graphs[0].series.some(({ id }) => id === 'quota_files'));
  assert.equal(both.graphs[1].series[0].labels.quota, 'Dossier personnel');
  const days = both.grid.step * both.grid.n / 86400;
  assert.ok(days > 88 && days < 91, `${days} days`);
});

test('the summary shows ten jobs, those that run and wait first, as Slurm has them', async () => {
  const { text: html } = await askAgain(lab.as.staff, '/secure/usersummary/heavy/');
  const section = /<section class="section" id="jobs"[\s\S]*?<\/section>/.exec(html)[0];
  const links = section.matchAll(/class="row-link" href="[^"]*\/(\d+)\/"/g);
  const listed = [...links].map(([, id]) => id);
  assert.equal(listed.length, 10);
  assert.equal(new Set(listed).size, 10);
  const all = (await askAgain(lab.as.staff, '/secure/jobstats/heavy/')).text;
  for (const id of listed) assert.ok(all.includes(`/secure/jobstats/heavy/${id}/`), id);
});

// The simulated home grows by 0.4 % of what it holds each day, with ups and downs of a fortnight;
// scratch is cleaned up each month, and what is over its quota is full already.
test('a quota that grows says when it will be full, and no other does', async () => {
  const shown = await quotas('alice');
  const { text } = shown.Home;
  const said = /full around (\S+) \S+ UTC \( ?(\S+) \S+ UTC to (\S+) \S+ UTC ?\)/.exec(text);
  assert.ok(said, text);
  const [expected, early, late] = said.slice(1).map(
    (day) => (Date.parse(day) - Date.now()) / 86_400_000);
  assert.ok(early <= expected && expected <= late, text);
  const truly = (1 / 0.82 - 1) / 0.004;
  assert.ok(Math.abs(expected - truly) < truly * 0.4, `${text}: truly ${truly} days`);
  for (const title of ['Scratch', 'rrg-haddad']) {
    assert.doesNotMatch(shown[title].text, /full around/, title);
  }
});

test('the pages are the user\'s own and staff\'s', async () => {
  for (const path of ['/secure/quotas/bob/', '/secure/usersummary/bob/',
    '/secure/usersummary/bob/graph/quota.json']) {
    assert.equal((await askAgain(lab.as.user, path)).status, 404, path);
  }
  for (const path of ['/secure/quotas/nobodyknows/', '/secure/usersummary/nobodyknows/']) {
    assert.equal((await askAgain(lab.as.staff, path)).status, 404, path);
  }
});

await runTests();
