// The public home page: complete without signing in, cheap however many visitors there are, and
// its navigation.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { ask, askRaw, lab, runTests, test } from './lib.mjs';
import { recorder, secondPortal } from './second.mjs';

const GRAPHS = ['lustre02', 'lustre03', 'lustre04'].flatMap((system) =>
  ['ost', 'mdt'].map((graph) => `/graph/lustre/${system}/${graph}.json`));

test('anybody gets the page, in both languages, with the texts of the configuration', async () => {
  for (const [language, title] of [['en', 'About Narval'], ['fr', 'À propos de Narval']]) {
    const page = await ask(lab.as.nobody, '/', { headers: { 'accept-language': language } });
    assert.equal(page.status, 200);
    assert.match(page.text, new RegExp(title));
    for (const path of GRAPHS) assert.ok(page.text.includes(path), path);
    assert.ok(!page.text.includes('alice'));
  }
});

test('the graphs hold the last day of each file system', async () => {
  for (const path of GRAPHS) {
    const answer = await ask(lab.as.nobody, path);
    const { status } = answer;
    const json = answer.json();
    assert.equal(status, 200, path);
    const [graph] = json.graphs;
    const ids = new Set(graph.series.map(({ id }) => id));
    assert.deepEqual([...ids].sort(), path.includes('ost') ? ['read', 'write'] : ['operations']);
    const known = graph.series[0].values.filter((value) => value > 0).length;
    assert.ok(known > json.grid.n * 0.9, `${path}: ${known} of ${json.grid.n}`);
  }
});

test('Apache keeps a public graph as long as it says, and nothing else', async () => {
  // Apache's cached answer may expire between the two.
  await until(async () => {
    const first = await ask(lab.as.nobody, GRAPHS[0]);
    const again = await ask(lab.as.nobody, GRAPHS[0]);
    assert.match(first.headers['cache-control'], /^public, max-age=\d+$/);
    return again.headers.age !== undefined && again.text === first.text;
  }, 'the second answer comes from the cache', 10);
  for (const path of ['/', '/secure/me.json', '/secure/jobstats/alice/graph/cpu.json']) {
    const { headers } = await ask(lab.as.user, path);
    assert.ok(!/public/.test(headers['cache-control'] ?? ''), path);
    assert.equal(headers.age, undefined, path);
  }
});

test('a hundred visitors at once cost one question for each line and preset', async () => {
  const proxy = await recorder(lab.prometheus);
  const portal = await secondPortal(proxy.url);
  try {
    const three = [GRAPHS[0], GRAPHS[1], `${GRAPHS[0]}?delta=604800`];
    const paths = Array.from({ length: 100 }).flatMap(() => three);
    const answers = await Promise.all(paths.map((path) => ask(portal.url, path)));
    for (const { status } of answers) assert.equal(status, 200);
    // Of the three graphs two have two lines, each a question of its own.
    assert.equal(new Set(proxy.queries.map(({ query, step }) => `${query} ${step}`)).size, 5);
    // A worker that has waited a second for another worker's answer queries the source itself.
    assert.ok(proxy.queries.length <= 20, `${proxy.queries.length} questions`);
  } finally {
    await portal.stop();
    proxy.stop();
  }
});

test('no other address of a public graph reaches a source', async () => {
  const twice = '?delta=86400&delta=86400';
  for (const query of ['?start=1', '?delta=60', '?x=1', twice, '?series=all']) {
    assert.equal((await ask(lab.as.nobody, GRAPHS[0] + query)).status, 400, query);
  }
  for (const path of ['/graph/lustre/nosuch/ost.json', '/graph/lustre/lustre03/x.json']) {
    assert.equal((await ask(lab.as.nobody, path)).status, 404, path);
  }
});

test('a public graph is kept once, however its address is spelt', async () => {
  const folder = join(lab.state, 'portal', 'answers');
  const kept = () => readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.data')).length;
  const path = GRAPHS[2];
  for (const coding of ['identity', 'gzip', 'br']) {
    for (const spelling of [path, `${path}?delta=86400`]) {
      const headers = { 'accept-encoding': coding };
      assert.equal((await ask(lab.as.nobody, spelling, { headers })).status, 200, spelling);
    }
  }
  const before = kept();
  assert.ok(before > 0);
  const spellings = ['?', '?&', '?delta=%38%36400', '?del%74a=86400', '?delta=086400',
    '?delta=86400&', '?&delta=86400', '?delta=86400#x',
    '?delta=+86400', ...Array.from({ length: 80 }, (_, i) =>
      `?${'&'.repeat(i + 2)}`)].map((query) => path + query);
  const file = path.replace('/graph/', '');
  spellings.push(`/graph/1/../${file}`, `/graph/./${file}`, `/graph//${file}`, `//graph/${file}`,
    path.replace('lustre0', 'lustre%30'), path.replace('ost', '%6fst').replace('mdt', '%6ddt'),
    `/x/../graph/${file}`, `/graph/${file}/../${file.split('/').at(-1)}`);
  for (const spelling of spellings) {
    assert.equal((await askRaw(lab.as.nobody,
      `GET ${spelling} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).status, 400, spelling);
  }
  for (let i = 0; i < 40; i += 1) {
    const headers = { 'accept-encoding': `gzip, x-${i}` };
    assert.equal((await ask(lab.as.nobody, path, { headers })).status, 200);
  }
  assert.equal(kept(), before);
  const refused = { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } };
  assert.equal((await ask(lab.as.nobody, path, refused)).headers['content-encoding'], undefined);
});

test('the navigation is told who asks, and a stranger is not asked to sign in', async () => {
  const who = async (as) => (await ask(as, '/secure/me.json')).json();
  assert.deepEqual(await who(lab.as.user), { login: 'alice', staff: false });
  assert.deepEqual(await who(lab.as.staff), { login: 'staff', staff: true });
  const stranger = await ask(lab.as.signIn, '/secure/me.json');
  assert.equal(stranger.status, 401);
  assert.equal(stranger.headers['www-authenticate'], undefined);
});

await runTests();
