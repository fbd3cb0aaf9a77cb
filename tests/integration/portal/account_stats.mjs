// The account pages against the simulator's own numbers: who was allocated and used how much in a
// day that the samples cover. The history of the recording rules has a value every four minutes,
// so both ends of each job may be off by that much.
import assert from 'node:assert/strict';
import {
  ask, askAgain, decode, graphUrls, lab, runTests, test, truth, words,
} from './lib.mjs';
import { recorder, secondPortal } from './second.mjs';

const DAY = 86400;
const RECORDED = 240;
const TOLERANCE = 0.02;
const crowd = 'rrg-boeuf_cpu';
const range = { from: truth.now - DAY, to: truth.now };
const query = `start=${range.from}&end=${range.to}`;
const page = (account) => `/secure/accountstats/${account}/`;

/** {user: {cores, used, memory, gpus, gpusUsed, slack}} in hours, from the simulator's jobs. */
function truthOf(account) {
  const users = {};
  for (const job of truth.jobs.filter((one) => one.account === account)) {
    const from = Math.max(job.start, range.from);
    const to = Math.min(job.end || truth.now, range.to);
    if (to <= from) continue;
    const hours = (to - from) / 3600;
    const user = users[job.user] ??=
      { cores: 0, used: 0, memory: 0, gpus: 0, gpusUsed: 0, ends: 0 };
    user.cores += hours * job.cores;
    user.used += hours * job.mean_cores_used;
    user.memory += hours * job.memory_limit_bytes;
    user.gpus += hours * job.gpus;
    user.gpusUsed += hours * job.gpus * (job.gpu_mean_utilisation_percent ?? 0) / 100;
    user.ends += 2 * job.cores * RECORDED / 3600;
  }
  return users;
}

/** Rows of the member table: {login: [numbers of the cells]}; the sum of all is `total`. */
function tableOf(html) {
  const table = /<section class="section" id="members"[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
  const rows = { logins: [] };
  for (const [, row] of table.matchAll(/<tr[^>]*><th scope="row"([\s\S]*?)<\/tr>/g)) {
    const login = /translate="no">([^<]*)</.exec(row)?.[1] ?? 'total';
    const cells = [...row.matchAll(/<td class="num"[^>]*>([\s\S]*?)<\/td>/g)];
    rows[login] = cells.map(([, cell]) => Number(/<data value="([^"]*)"/.exec(cell)?.[1] ?? NaN));
    rows.logins.push(login);
  }
  return rows;
}

const rowLinks = (html) =>
  [...html.matchAll(/class="row-link" href="([^"]*)"/g)].map(([, url]) => decode(url));

async function read(account, at = lab.as.staff, more = '') {
  const answer = await askAgain(at, `${page(account)}?${query}${more}`);
  assert.equal(answer.status, 200, account);
  return answer.text;
}

async function graph(account, slug, more = '') {
  const answer = await askAgain(lab.as.staff, `${page(account)}graph/${slug}.json?${query}${more}`);
  assert.equal(answer.status, 200, slug);
  return answer.json();
}

/** Hours of each user in a graph. */
function hoursOf({ grid, graphs }, slug) {
  const hours = {};
  for (const series of graphs.find((one) => one.slug === slug).series) {
    const sum = series.values.reduce((total, value) => total + (value ?? 0), 0);
    hours[series.labels.user ?? series.id] = sum * grid.step / 3600;
  }
  return hours;
}

function near(got, want, slack, of) {
  const most = TOLERANCE * Math.abs(want) + slack;
  assert.ok(Math.abs(got - want) <= most, `${of}: ${got}, truth ${want} ± ${most}`);
}

const jobsIn = (account) => truth.jobs.filter((one) => one.account === account).length;
const crowded = new Set(truth.crowd.map(({ account }) => account)); // worked before, in rules only
const busy = [...new Set(truth.jobs.map(({ account }) => account))]
  .filter((account) => !crowded.has(account))
  .sort((left, right) => jobsIn(right) - jobsIn(left));

test('core-hours of each member are those of the jobs', async () => {
  for (const account of busy.filter((name) => name.endsWith('_cpu')).slice(0, 3)) {
    const rows = tableOf(await read(account));
    const users = truthOf(account);
    for (const [login, user] of Object.entries(users)) {
      const [allocated, used, wasted] = rows[login] ?? [];
      near(allocated, user.cores, user.ends, `${account} ${login} allocated`);
      near(used, user.used, user.ends + 0.05 * user.used, `${account} ${login} used`);
      near(wasted, Math.max(allocated - used, 0), 1e-6, `${account} ${login} wasted`);
      assert.ok(wasted >= 0);
    }
    const sum = Object.values(users).reduce((all, { cores }) => all + cores, 0);
    const ends = Object.values(users).reduce((all, { ends: one }) => all + one, 0);
    near(rows.total[0], sum, ends, `${account} total`);
  }
});

test('memory and GPUs of each member too, GPUs first where they are charged', async () => {
  const account = busy.find((name) => name.endsWith('_gpu'));
  const rows = tableOf(await read(account));
  for (const [login, user] of Object.entries(truthOf(account))) {
    const [gpus, used] = rows[login];
    const slack = user.ends * user.gpus / user.cores;
    near(gpus, user.gpus, slack, `${login} GPU-hours`);
    near(used, user.gpusUsed, slack + 0.05 * user.gpusUsed, `${login} GPU-hours used`);
    near(rows[login][3], user.cores, user.ends, `${login} core-hours`);
    near(rows[login][6], user.memory, user.ends * user.memory / user.cores, `${login} memory`);
  }
});

test('the graphs hold what the table says', async () => {
  for (const [account, slugs] of [[busy.find((name) => name.endsWith('_cpu')),
    ['cpu_allocated', 'cpu_used']], [crowd, ['cpu_allocated', 'cpu_used']]]) {
    const rows = tableOf(await read(account));
    const answer = await graph(account, 'cpu', '&series=all');
    slugs.forEach((slug, column) => {
      const hours = hoursOf(answer, slug);
      assert.ok(Object.keys(hours).length > 0);
      for (const [login, sum] of Object.entries(hours)) {
        const want = rows[login][column];
        near(sum, want, 0.03 * want + 1, `${account} ${login} ${slug}`);
      }
    });
  }
});

test('a crowd folds into twelve and the others, and nothing is lost', async () => {
  const all = (await graph(crowd, 'cpu_allocated', '&series=all')).graphs[0];
  const folded = (await graph(crowd, 'cpu_allocated')).graphs[0];
  assert.ok(all.series.length > 12, `${all.series.length} users`);
  assert.equal(folded.series.length, 13);
  assert.deepEqual(folded.folded, { kind: 'largest', of: all.series.length });
  assert.equal(folded.series[12].id, 'others');
  const total = ({ series }) => series.flatMap(({ values }) => values)
    .reduce((sum, value) => sum + (value ?? 0), 0);
  near(total(folded), total(all), 0, 'sum of all lines');
  const html = await read(crowd);
  assert.match(html, /data-series-others="others"/);
  assert.match(html, /data-folded-largest="[^"]*others/);
});

test('members are sorted by waste, or as the address asks', async () => {
  const wasted = (rows) => rows.logins.filter((name) => name !== 'total')
    .map((login) => rows[login][2]).filter((value) => !Number.isNaN(value));
  const usual = wasted(tableOf(await read(crowd)));
  assert.deepEqual(usual, [...usual].sort((left, right) => right - left));
  const turned = wasted(tableOf(await read(crowd, lab.as.staff, '&sort=-cores_wasted')));
  assert.deepEqual(turned, [...usual].reverse());
  const answer = await ask(lab.as.staff, `${page(crowd)}?sort=password`);
  assert.equal(answer.status, 400);
});

test('who left the group is marked, who is in it is not', async () => {
  const html = await read(crowd);
  const rows = [...html.matchAll(/<tr[^>]*><th scope="row"[\s\S]*?<\/th>/g)]
    .map(([row]) => words(row));
  const left = rows.filter((row) => row.includes('no longer a member'));
  assert.ok(left.every((row) => row.startsWith('olga')), left.join());
  if (rows.some((row) => row.startsWith('olga'))) assert.equal(left.length, 1);
});

test('a member sees the account with a link to the own jobs only', async () => {
  const html = await read('def-smith_cpu', lab.as.user);
  const links = rowLinks(html);
  assert.ok(links.length <= 1, links.join());
  assert.ok(links.every((url) => url.startsWith(`/secure/jobstats/${lab.user}/`)), links.join());
  for (const link of links) assert.equal((await askAgain(lab.as.user, link)).status, 200);
});

test('the list has the accounts of the person, each of which opens', async () => {
  const list = await askAgain(lab.as.user, '/secure/accountstats/');
  const links = rowLinks(list.text);
  assert.ok(links.includes(page('def-smith_cpu')) && links.includes(page('def-smith_gpu')));
  assert.ok(links.includes(page('rrg-haddad_cpu')) && links.includes(page('rrg-haddad_gpu')));
  assert.ok(!links.some((link) => link.includes('def-closed')), 'not active');
  for (const link of links) assert.equal((await askAgain(lab.as.user, link)).status, 200, link);
});

test('granted cores are a limit of the chart, default accounts have none', async () => {
  const limit = async (account, slug) =>
    (await graph(account, slug)).graphs.find((one) => one.limit)?.limit;
  const cores = await limit('rrg-haddad_cpu', 'cpu_priority');
  assert.equal(cores.id, 'granted');
  const amount = cores.value.toLocaleString('en');
  assert.match(await read('rrg-haddad_cpu'), new RegExp(`${amount} cores were allocated`));
  assert.equal(await limit('rrg-haddad_cpu', 'gpu_priority'), undefined);
  assert.equal(await limit('def-smith_cpu', 'cpu_priority'), undefined);
});

test('every graph of both kinds of account has the documented shape', async () => {
  for (const account of ['rrg-haddad_cpu', 'rrg-haddad_gpu']) {
    const urls = new Set(graphUrls(await read(account)));
    assert.ok(urls.size >= 4);
    for (const url of urls) {
      const { grid, graphs } = (await askAgain(lab.as.staff, url)).json();
      for (const { series } of graphs) {
        for (const { values } of series) assert.equal(values.length, grid.n, url);
      }
    }
  }
});

test('a page asks Prometheus as many questions for a crowd as for two', async () => {
  const watched = await recorder(lab.prometheus);
  const portal = await secondPortal(watched.url);
  try {
    const counts = [];
    for (const account of [crowd, 'def-smith_cpu']) {
      watched.queries.length = 0;
      const answer = await ask(portal.url, page(account));
      assert.equal(answer.status, 200);
      counts.push(watched.queries.length);
    }
    assert.equal(counts[0], counts[1]);
    assert.ok(counts[0] <= 11, `${counts[0]} questions`);
  } finally {
    await portal.stop();
    watched.stop();
  }
});

test('unknown accounts and hostile names are not found', async () => {
  const names = ['nosuch-group_cpu', 'rrg-boeuf_cpu%7C.*', '.*', 'rrg-boeuf%22%7D', '_cpu'];
  for (const account of names) {
    for (const at of [lab.as.user, lab.as.staff]) {
      assert.equal((await ask(at, page(account))).status, 404, account);
    }
  }
  assert.equal((await ask(lab.as.user, page(crowd))).status, 404);
});

await runTests();
