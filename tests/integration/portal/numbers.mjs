// The portal's numbers against the simulator's own, for 50 jobs chosen by seed. Prometheus has one
// sample a minute: the first and last minute of a run cannot be seen, so sums over time may lack
// that much; means and maxima may not. With PORTAL_URL they are those of another portal
// (victoria_metrics.mjs).
import assert from 'node:assert/strict';
import {
  askAgain, each, graphUrls, integral, jobPath, lab, resources, runTests, seeded, test, truth,
} from './lib.mjs';

const JOBS = 50;
const TOLERANCE = Number(process.env.TOLERANCE ?? 0.02);
const SHORTEST = 600;
const KWH = 3.6e6;
const at = process.env.PORTAL_URL ?? lab.as.staff;
const extrapolates = process.env.PORTAL_URL === undefined;

const length = (job) => (job.end || truth.now) - job.start;
// The truth knows of GPUs that no exporter shows.
const measured = truth.jobs.filter((job) => !job.one_of_several_rows &&
  length(job) >= SHORTEST && job.story !== 'gpu_not_shown');

/** JOBS of the measured jobs, the same for one seed. */
function drawn(seed) {
  const random = seeded(seed);
  return measured.map((job) => ({ job, at: random() }))
    .sort((left, right) => left.at - right.at).slice(0, JOBS).map(({ job }) => job);
}

/** All that the portal says of a job; of one that runs, up to the moment of the truth. */
async function read(job) {
  const base = jobPath(job);
  const until = `?series=all&end=${job.end || truth.now}`;
  const graph = async (slug) => {
    const answer = await askAgain(at, `${base}graph/${slug}.json${until}`);
    assert.equal(answer.status, 200, `${base}graph/${slug}.json`);
    return answer.json();
  };
  const page = await askAgain(at, base);
  assert.equal(page.status, 200, base);
  const cost = await askAgain(at, `${base}value/cost.json`);
  const read = {
    job, page: page.text, table: resources(page.text), cost: cost.json(),
    cpu: await graph('cpu'), power: await graph('power'), files: await graph('lustre_ost'),
  };
  if (job.gpus > 0) read.gpu = await graph('gpu');
  return read;
}

const jobs = drawn(Number(process.env.SEED ?? 1));
const readings = await each(jobs, read, 2);
const over = readings.filter(({ job }) => job.end !== 0);
const withGpus = readings.filter(({ job }) => job.gpus > 0);

const name = ({ job }) => `${job.id_job} ${job.story}`;

/** Fails if a pair {of, got, want, share} differs by more than its share; names all that do. */
function allWithin(pairs) {
  assert.ok(pairs.length > 0, 'nothing to compare');
  const wrong = pairs.filter(({ got, want, share = TOLERANCE }) =>
    !(typeof got === 'number' && Math.abs(got - want) <= Math.max(share * Math.abs(want), 1e-9)));
  assert.equal(wrong.length, 0,
    wrong.map(({ of, got, want }) => `${name(of)}: ${got}, truth ${want}`).join('\n'));
}

/** The share of a run that its unseen ends may be: two samples of it, if that is more. */
const ends = ({ job }) => Math.max(TOLERANCE, 2 * truth.interval_s / length(job));
const sum = (answer, choose) =>
  answer.graphs.reduce((total, graph) => total + integral(graph, answer.grid, choose), 0);

test(`${JOBS} jobs are compared, with GPUs, many nodes and running ones among them`, async () => {
  assert.ok(jobs.length >= Math.min(JOBS, measured.length) && jobs.length >= 40);
  assert.ok(withGpus.length >= 5);
  assert.ok(jobs.some(({ node_count: nodes }) => nodes > 1));
  assert.ok(over.length < readings.length);
});

test('mean cores in use', async () => {
  allWithin(over.map((of) =>
    ({ of, got: of.table['CPU cores'].used, want: of.job.mean_cores_used })));
});

test('cores asked and allocated', async () => {
  allWithin(readings.map((of) =>
    ({ of, got: of.table['CPU cores'].allocated, want: of.job.cores, share: 0 })));
});

test('largest use of memory, and its limit', async () => {
  allWithin(over.map((of) =>
    ({ of, got: of.table.Memory.used, want: of.job.max_memory_bytes })));
  allWithin(over.map((of) =>
    ({ of, got: of.table.Memory.allocated, want: of.job.memory_limit_bytes, share: 0 })));
});

test('GPU use, memory and power', async () => {
  const gpus = withGpus.filter(({ job }) => job.end !== 0);
  const rows = (label, want, scale = 1) => allWithin(gpus.map((of) =>
    ({ of, got: of.table[label].used * scale, want: of.job[want] })));
  rows('GPU use', 'gpu_mean_utilisation_percent', 100);
  rows('GPU memory', 'gpu_max_memory_bytes');
  rows('GPU power', 'gpu_mean_power_watts');
  for (const of of gpus) assert.equal(of.table.GPUs.allocated, of.job.gpus, name(of));
});

test('no share of a GPU is above 100, in tables and graphs', async () => {
  for (const of of withGpus) {
    const shares = [...of.page.matchAll(/>([\d.]+)\s%</gu)].map(([, text]) => Number(text));
    for (const share of shares) assert.ok(share <= 100, `${name(of)}: ${share} %`);
    const percent = of.gpu.graphs.filter(({ unit }) => unit === 'percent');
    assert.ok(percent.length > 0);
    for (const graph of percent) {
      assert.equal(graph.series.length, of.job.gpus, `${name(of)} ${graph.slug}`);
      for (const { values } of graph.series) {
        for (const value of values) assert.ok(value === null || (value >= 0 && value <= 100));
      }
    }
  }
});

// A job of one core has a small share of a node whose other jobs come and go between two samples,
// so the value of a single job may be further off; their sum may not.
test('energy', async () => {
  const share = (of) => Math.max(2 * TOLERANCE, ends(of));
  allWithin(over.map((of) =>
    ({ of, got: of.cost.kwh, want: of.job.energy_kwh, share: share(of) })));
  const total = (kwh) => over.reduce((sum, of) => sum + kwh(of), 0);
  const [got, want] = [total((of) => of.cost.kwh), total((of) => of.job.energy_kwh)];
  assert.ok(Math.abs(got - want) <= TOLERANCE * want, `${got} kWh, truth ${want}`);
});

test('the energy of the table is that of cost.json, and its prices follow from it', async () => {
  for (const of of over) {
    const { cost, table, job } = of;
    assert.ok(Math.abs(table.Energy.value - cost.kwh) <= 1e-6 * cost.kwh, name(of));
    const near = (got, want) =>
      assert.ok(Math.abs(got - want) <= 1e-6 * Math.abs(want), `${name(of)}: ${got} ${want}`);
    near(cost.electricity_cost_dollar, cost.kwh * 0.04158);
    near(cost.cooling_cost_dollar, cost.kwh * 0.010395);
    near(cost.co2_emissions_kg, cost.kwh / 1000 * 0.5);
    near(cost.electric_car_range_km, cost.kwh * 6.6225);
    const hours = length(job) / 3600;
    near(cost.hardware_cost_dollar,
      hours * (job.gpus > 0 ? job.gpus * 0.31392694 : job.cores * 0.00294307));
    near(cost.cloud_cost_dollar,
      hours * (job.gpus > 0 ? job.gpus * 1.7725 : job.cores * 0.0478125));
  }
});

test('the power graph holds the energy', async () => {
  allWithin(readings.map((of) =>
    ({ of, got: sum(of.power) / KWH, want: of.job.energy_kwh, share: ends(of) })));
  allWithin(over.map((of) =>
    ({ of, got: sum(of.power) / KWH, want: of.cost.kwh, share: ends(of) })));
});

test('the CPU graph holds the CPU seconds', async () => {
  allWithin(readings.map((of) => ({
    of, got: sum(of.cpu), want: of.job.cpu_seconds, share: 0.02 + 2 * ends(of),
  })));
});

// A counter that appears with the job has no rate before its second sample, and a rate looks back
// over four: what a run reads in its first minutes is partly lost. VictoriaMetrics, which does not
// extrapolate, counts its first interval up to twice.
test('the Lustre graph holds the bytes read and written', async () => {
  for (const [id, key] of [['read', 'lustre_read_bytes'], ['write', 'lustre_written_bytes']]) {
    const long = over.filter(({ job }) => length(job) >= 3600);
    const got = long.map((of) => sum(of.files, (series) => series.id === id));
    allWithin(long.map((of, index) =>
      ({ of, got: got[index], want: of.job[key], share: extrapolates ? 0.4 : 0.5 })));
    const total = (numbers) => numbers.reduce((left, right) => left + right, 0);
    const [shown, real] = [total(got), total(long.map(({ job }) => job[key]))];
    const most = extrapolates ? 1.02 : 1.2;
    assert.ok(shown > 0.8 * real && shown < most * real, `${id}: ${shown} of ${real}`);
  }
});

test('every graph of the page has the documented shape', async () => {
  for (const of of withGpus.slice(0, 2)) {
    for (const url of new Set(graphUrls(of.page))) {
      const { grid, graphs } = (await askAgain(at, url)).json();
      for (const { series } of graphs) {
        for (const { values } of series) assert.equal(values.length, grid.n, url);
      }
    }
  }
});

await runTests();
