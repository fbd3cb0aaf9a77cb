// Every story of the simulator, opened as its owner and as staff, in both languages: what
// stories.table says about it, and all its graphs in the documented form.
import assert from 'node:assert/strict';
import {
  askAgain, decode, each, graphUrls, integral, jobPath, lab, runTests, tableLines, test, truth,
  words,
} from './lib.mjs';

const UNITS = ['cores', 'bytes', 'percent', 'watts', 'bytes_per_second', 'bits_per_second',
  'ops_per_second', 'gpus', 'ratio'];

const split = (text, mark) => text.split(mark).map((part) => part.trim()).filter((part) => part);
const rows = new Map(tableLines('stories.table').map((line) => {
  const [name, state, there, absent = ''] = line.split(/ \|(?: |$)/).map((part) => part.trim());
  return [name, { state, there: split(there, ';'), absent: split(absent, ';') }];
}));

/** The address of the owner: signed in with the password of the lab's accounts. */
function asOwner(job) {
  if (job.user === lab.user) return [lab.as.user, {}];
  const account = Buffer.from(`${job.user}:${job.user}-demo`).toString('base64');
  return [lab.as.signIn, { authorization: `Basic ${account}` }];
}

function checkPage(html, { state, there, absent }) {
  const seen = words(html).replaceAll(/[\u00A0\u202F\u2009]/g, ' ');
  const badge = /<span class="state is-[a-z]*">([\s\S]*?)<\/span>/.exec(html)?.[1] ?? '';
  if (state !== '404') assert.equal(words(badge), state);
  const graphs = graphUrls(html).length;
  for (const text of there) {
    if (text === 'graphs') assert.ok(graphs > 0, 'graphs');
    else if (text === 'no graphs') assert.equal(graphs, 0, 'no graphs');
    else assert.ok(seen.includes(text), `"${text}" in: ${seen.slice(0, 1500)}`);
  }
  for (const text of absent) assert.ok(!seen.includes(text), `"${text}" should not be there`);
}

// Each kind of line that was folded has one band of three, and at most three single lines.
function checkBands(graph, where) {
  const kinds = new Set(graph.series.filter(({ band }) => band).map(({ id }) => id));
  assert.ok(kinds.size > 0, where);
  for (const kind of kinds) {
    const lines = graph.series.filter(({ id }) => id === kind);
    const bands = lines.map(({ band }) => band).filter((band) => band);
    assert.deepEqual(bands.sort(), ['max', 'median', 'min'], where);
    assert.ok(lines.length <= 6, where);
  }
}

function checkSeries(graph, grid, where) {
  for (const series of graph.series) {
    assert.match(series.id, /^[a-z_0-9]+$/, where);
    assert.equal(typeof series.labels, 'object', where);
    assert.equal(series.values.length, grid.n, where);
    for (const value of series.values) {
      assert.ok(value === null || (Number.isFinite(value) && value >= 0), `${where}: ${value}`);
    }
  }
  if (graph.folded?.kind === 'min_median_max') checkBands(graph, where);
  if (graph.folded) assert.ok(graph.folded.of > 8, where);
}

function checkGraphs(answer, where) {
  const { range, grid, graphs, notices } = answer;
  assert.ok(range.start <= range.end, where);
  assert.equal(typeof range.running, 'boolean');
  assert.ok(grid.n >= 1 && grid.n <= 502 && grid.step >= 1, where);
  assert.ok(grid.start >= range.start - grid.step && grid.start <= range.end + grid.step, where);
  assert.ok(Array.isArray(notices), where);
  assert.ok(graphs.length > 0, where);
  for (const graph of graphs) {
    assert.ok(UNITS.includes(graph.unit), `${where}: ${graph.unit}`);
    assert.equal(typeof graph.stack, 'boolean');
    assert.ok(graph.max === null || graph.max === undefined || graph.max > 0, where);
    if (graph.limit) assert.ok(graph.limit.value > 0 && /^[a-z_]+$/.test(graph.limit.id), where);
    checkSeries(graph, grid, where);
  }
}

test('the table has the stories of the simulator, and the simulator those of the table', () => {
  assert.deepEqual([...rows.keys()].sort(), Object.keys(truth.stories).sort());
});

for (const [name, expected] of rows) {
  test(name, async () => {
    const job = truth.stories[name];
    const path = jobPath(job);
    const status = expected.state === '404' ? 404 : 200;
    const [owner, headers] = asOwner(job);
    for (const [at, own] of [[owner, headers], [lab.as.staff, {}]]) {
      const page = await askAgain(at, path, { headers: own });
      assert.equal(page.status, status, path);
      checkPage(page.text, expected);
    }
    const french = await askAgain(lab.as.staff, path, { headers: { 'accept-language': 'fr' } });
    assert.equal(french.status, status);
    if (status !== 200) return;
    assert.equal((await askAgain(lab.as.staff, `${path}value/cost.json`)).status, 200);
    const script = await askAgain(lab.as.staff, `${path}script`);
    assert.ok([200, 404].includes(script.status), `script: ${script.status}`);
    const page = await askAgain(owner, path, { headers });
    const urls = [...new Set(graphUrls(page.text))];
    await each(urls, async (url) => {
      const answer = await askAgain(owner, url, { headers });
      assert.equal(answer.status, 200, url);
      checkGraphs(answer.json(), url);
    }, 2);
  });
}

// A page may be open while its job starts or ends: whatever it requests then, the answer is not a
// 500.
test('all graphs of all stories answer, drawn or not, in every range', async () => {
  const slugs = ['cpu', 'mem', 'programs', 'gpu', 'lustre', 'network', 'disk', 'power', 'gpu_power',
    'lustre_mdt', 'disk_used', 'infiniband_bdw', 'ethernet_bdw'];
  const urls = Object.values(truth.stories).flatMap((job) => slugs.map((slug, index) =>
    `${jobPath(job)}graph/${slug}.json${['', '?delta=60', '?start=0', '?series=all'][index % 4]}`));
  await each(urls, async (url) => {
    const answer = await askAgain(lab.as.staff, url);
    assert.ok([200, 404].includes(answer.status), `${url}: ${answer.status}`);
    if (answer.status === 200) checkGraphs(answer.json(), url);
  }, 2);
});

// The simulated nodes have a bond of one device.
test('what Ethernet carries is told once, without what stays on the node', async () => {
  const path = `${jobPath(truth.stories.good_cpu)}graph/ethernet_bdw.json?series=all`;
  const [graph] = (await askAgain(lab.as.user, path)).json().graphs;
  assert.deepEqual(graph.series.map(({ id, labels }) => `${id} ${labels.device}`).sort(),
    ['received eno1', 'transmitted eno1']);
});

// The exporter of the simulated nodes shows 98 % of the core time.
test('programs together use the cores that the job does', async () => {
  const job = truth.jobs.find(({ story }) => story === 'many_programs');
  const path = `${jobPath(job)}graph/programs.json?series=all`;
  const { graphs: [graph], grid } = (await askAgain(lab.as.user, path)).json();
  const share = integral(graph, grid) / job.cpu_seconds;
  assert.ok(share > 0.92 && share < 1, `${share} of the core time`);
  const names = graph.series.map(({ labels }) => labels.program);
  for (const name of ['v1/bin/solve', 'v2/bin/solve', `<i>&"x"'`, 'tool3', undefined]) {
    assert.ok(names.includes(name), `${name} in ${names}`);
  }
});

test('names come out as they are, and never as markup', async () => {
  const page = await askAgain(lab.as.user, jobPath(truth.stories.html_name));
  assert.ok(!page.text.includes('<b>&"x"</b>') && !page.text.includes('<b>&amp;'));
  assert.match(decode(/<title>([\s\S]*?)<\/title>/.exec(page.text)[1]), /<b>&"x"<\/b>'/);
  const list = await askAgain(lab.as.user, '/secure/jobstats/alice/?name=%3Cb%3E');
  assert.ok(words(list.text).includes(`<b>&"x"</b>'`));
  assert.ok(!/<b>&/.test(list.text));
});

test('the script keeps blank lines, tabs and signs', async () => {
  const path = jobPath(truth.stories.gpu_good);
  const [page, script] = [await askAgain(lab.as.user, path),
    await askAgain(lab.as.user, `${path}script`)];
  const shown = [...page.text.matchAll(/<ol>([\s\S]*?)<\/ol>/g)].map(([, list]) => list)
    .find((list) => list.includes('#!/bin/bash'));
  const lines = [...shown.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, line]) => decode(line));
  assert.deepEqual(lines, script.text.replace(/\n$/, '').split('\n'));
});

test('each attempt of a requeued job can be opened, with graphs of its own', async () => {
  const path = jobPath(truth.stories.requeued);
  const page = await askAgain(lab.as.user, path);
  const attempts = [...page.text.matchAll(/href="([^"]*\?attempt=\d+)"/g)].map(([, url]) => url);
  assert.ok(attempts.length >= 1, 'links to attempts');
  const starts = new Set();
  for (const url of attempts) {
    const other = await askAgain(lab.as.user, decode(url));
    assert.equal(other.status, 200, url);
    const graph = graphUrls(other.text).find((address) => address.includes('/cpu.json'));
    starts.add((await askAgain(lab.as.user, graph)).json().range.start);
  }
  const newest = graphUrls(page.text).find((address) => address.includes('/cpu.json'));
  starts.add((await askAgain(lab.as.user, newest)).json().range.start);
  assert.equal(starts.size, 2);
  assert.equal((await askAgain(lab.as.user, `${path}?attempt=1`)).status, 404);
});

test('a job by its number, a task by its array\'s, a component by its first one\'s', async () => {
  const { array_task: task, array_parent: parent, het, het_second: second } = truth.stories;
  for (const [written, job] of [[`${task.id_job}`, task], [`${parent.id_job}_1`, task],
    [`${het.id_job}%2B1`, second], [`%20${het.id_job}%20`, het]]) {
    const answer = await askAgain(lab.as.user, `/secure/jobstats/?job=${written}`);
    assert.equal(answer.status, 302, written);
    assert.equal(answer.headers.location, jobPath(job));
  }
});

await runTests();
