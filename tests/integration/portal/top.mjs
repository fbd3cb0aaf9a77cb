// The pages of Top users against the simulator's own numbers. The simulator's "crowd" runs for a
// week, so that what it does right now is what its truth says.
import assert from 'node:assert/strict';
import { askAgain, graphUrls, lab, runTests, tableRows, test, truth, words } from './lib.mjs';

const GIB = 1024 ** 3;
const staff = lab.as.staff;
const who = (role) => {
  const job = truth.crowd.find((one) => one.role === role);
  assert.ok(job, `nobody ${role}`);
  return job;
};
const allocatedTo = (user, what) => [...truth.jobs, ...truth.crowd]
  .filter((job) => job.user === user && job.end === 0 && job.role !== 'largemem_unseen')
  .reduce((sum, job) => sum + job[what], 0);

async function page(path) {
  const answer = await askAgain(staff, path);
  assert.equal(answer.status, 200, path);
  return answer.text;
}

const near = (got, want, share, of) =>
  assert.ok(Math.abs(got - want) <= share * want, `${of}: ${got}, truth ${want}`);

const compute = '/secure/top/compute/';
const rowOf = (rows, user) => rows.find((row) => row.name === user) ?? assert.fail(`no ${user}`);
const cores = async (query = '') => tableRows(await page(compute + query), 'cores');
const gpus = async (query = '') => tableRows(await page(compute + query), 'gpus');

test('members of an account hold what the simulator gave them', async () => {
  const rows = await cores();
  for (const job of truth.crowd.filter(({ role }) => role === 'member')) {
    const row = rowOf(rows, job.user);
    assert.equal(row['Allocated cores'].value, allocatedTo(job.user, 'cores'), job.user);
    near(row['Allocated memory'].value, allocatedTo(job.user, 'memory_limit_bytes'), 0.001,
      job.user);
  }
});

test('who wastes most stands first, in a red that has a word', async () => {
  const rows = await cores();
  const waster = who('wastes_400_cores');
  const place = rows.findIndex((row) => row.name === waster.user);
  assert.ok(place >= 0 && place < 3, `place ${place}`);
  const row = rows[place];
  assert.equal(row['Allocated cores'].value, allocatedTo(waster.user, 'cores'));
  assert.ok(row['Used cores'].value > 1 && row['Used cores'].value < 0.1 * waster.cores);
  assert.match(row['Share of cores used'].text, /poor/);
  const wasted = rows.map((one) => one['Wasted cores'].value).filter((value) => value !== null);
  assert.deepEqual(wasted, [...wasted].sort((a, b) => b - a));
});

test('a missing measure is no data in its cell and leaves the others', async () => {
  const rows = await cores();
  const noCores = rowOf(rows, who('without_cores').user);
  assert.equal(noCores['Allocated cores'].text, 'no data');
  assert.ok(noCores['Allocated memory'].value > 0);
  const noLimit = rowOf(rows, who('without_memory_limit').user);
  assert.equal(noLimit['Allocated memory'].text, 'no data');
  assert.equal(noLimit['Share of memory used'].text, 'no data');
  assert.ok(noLimit['Used cores'].value > 0);
  const noPeak = rowOf(rows, who('without_memory_peak').user);
  assert.ok(noPeak['Highest use of memory'].value > 0, 'the largest sample stands in');
});

test('idle GPUs are zero, not missing', async () => {
  const idle = who('idle_gpus');
  const row = rowOf(await gpus(), idle.user);
  assert.equal(row['Allocated GPUs'].value, idle.gpus);
  assert.equal(row['Active GPUs'].value, 0);
  assert.match(row['Active GPUs'].text, /poor/);
  const busy = who('member_with_gpu');
  const other = rowOf(await gpus(), busy.user);
  assert.ok(other['Busy GPUs (equivalent)'].value > 0);
  assert.ok(other['Busy GPUs (equivalent)'].value < other['Allocated GPUs'].value);
  assert.equal(other['Active GPUs'].value, allocatedTo(busy.user, 'gpus'));
});

test('the tables are sorted by numbers and searched by login, without script', async () => {
  const most = (await cores('?sort=max_memory')).map((row) => row['Highest use of memory'].value)
    .filter((value) => value !== null);
  assert.deepEqual(most, [...most].sort((a, b) => b - a));
  const names = (await cores('?sort=user')).map((row) => row.name);
  assert.deepEqual(names, [...names].sort());
  const user = who('wastes_400_cores').user;
  const found = await cores(`?user=${user.slice(0, 2)}`);
  assert.ok(found.length > 0 && found.every((row) => row.name.startsWith(user.slice(0, 2))));
  const html = await page(compute);
  assert.match(html, new RegExp(`href="/secure/jobstats/${user}/"`));
});

const large = '/secure/top/largemem/';
const jobs = async (query = '') => tableRows(await page(large + query), 'jobs');

test('large-memory jobs are those that the rules choose', async () => {
  const shown = new Set((await jobs()).map((row) => words(row.Job.text).split(' ')[0]));
  for (const role of ['largemem_good', 'largemem_bad', 'largemem_unseen']) {
    assert.ok(shown.has(String(who(role).id_job)), role);
  }
  assert.ok(!shown.has(String(who('largemem_eligible_long_ago').id_job)));
  const young = who('largemem_young');
  if (Date.now() / 1000 - young.start < 3600) assert.ok(!shown.has(String(young.id_job)));
});

test('their use is judged, and one that was not measured has no data', async () => {
  const rows = await jobs();
  const of = (role) => rows.find((row) => row.Job.text.startsWith(String(who(role).id_job)));
  const good = of('largemem_good');
  assert.equal(good['Allocated cores'].value, who('largemem_good').cores);
  assert.equal(good['Allocated memory'].value, who('largemem_good').memory_limit_bytes);
  const used = good['Used cores'].value / who('largemem_good').cores;
  assert.ok(used > 0.2 && used < 1.05, `${used} of its cores`);
  near(good['Highest use of memory'].value, who('largemem_good').max_memory_bytes, 0.1, 'memory');
  assert.match(good['Share of cores used'].text, used >= 0.9 ? /good/ : /poor/);
  assert.match(good['Share of memory used'].text, /good/);
  const bad = of('largemem_bad');
  assert.match(bad['Share of cores used'].text, /poor/);
  assert.match(bad['Share of memory used'].text, /poor|fair/);
  assert.ok(bad['Highest use of memory'].value < 10 * GIB);
  const unseen = of('largemem_unseen');
  assert.equal(unseen['Used cores'].text, 'no data');
  assert.equal(unseen['Allocated cores'].value, who('largemem_unseen').cores);
});

const fileSystems = ['lustre02', 'lustre03', 'lustre04'];

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What each line of a graph shows most of the last half hour, by user. */
async function usual(path) {
  const answer = await askAgain(staff, `${path}?delta=1800`);
  assert.equal(answer.status, 200, path);
  const [graph] = answer.json().graphs;
  const values = {};
  for (const { id, labels, values: all } of graph.series) {
    values[labels.user ?? id] = median(all.filter((value) => value !== null));
  }
  return { graph, values };
}

test('the heaviest users of each file system are those of the simulator', async () => {
  const html = await page('/secure/top/lustre/');
  assert.equal(graphUrls(html).length, 3 * fileSystems.length);
  for (const [index, name] of fileSystems.entries()) {
    const weight = 1 - 0.2 * index;
    const kinds = [['lustre_mdt', 'metadata', 3000], ['lustre_ost_read', 'read', 1.5e9],
      ['lustre_ost_write', 'write', 8e8]];
    for (const [slug, role, full] of kinds) {
      const path = `/secure/top/lustre/graph/${slug}/${name}.json`;
      assert.ok(graphUrls(html).includes(path), path);
      const { graph, values } = await usual(path);
      const { user } = who(`${role}_${name}`);
      near(values[user], full * weight, 0.1, `${path} ${user}`);
      assert.ok(!('root' in values) && graph.slug === slug);
    }
  }
});

test('what nobody\'s name is on is that of others', async () => {
  const found = await Promise.all(fileSystems.map(async (name) =>
    'others' in (await usual(`/secure/top/lustre/graph/lustre_mdt/${name}.json`)).values));
  assert.ok(found.includes(true));
});

test('the index leads to all of them, and only staff find it in the menu', async () => {
  const html = await page('/secure/top/');
  for (const end of ['compute', 'largemem', 'lustre']) {
    assert.ok(html.includes(`href="/secure/top/${end}/"`), end);
  }
  const mine = await askAgain(lab.as.user, '/secure/jobstats/alice/');
  assert.ok(!mine.text.includes('/secure/top/'));
});

await runTests();
