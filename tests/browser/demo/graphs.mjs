// Answers of graph addresses for the demo pages, the same on every run.

const START = 1_795_363_200; // 2026-11-22 16:00:00 UTC
const STEP = 180;
const N = 61;

function values(at) {
  return Array.from({ length: N }, (_, i) => at(i));
}

function wave(base, swing, phase) {
  return values((i) => Number((base + swing * Math.sin(i / 4 + phase)).toFixed(3)));
}

function answer(graphs, notices = []) {
  const end = START + STEP * (N - 1);
  const range = { start: START, end, running: true };
  return { range, grid: { start: START, step: STEP, n: N }, graphs, notices };
}

function cores(count, node = 'nc10001') {
  return Array.from({ length: count }, (_, i) => ({
    id: 'core',
    labels: { node, core: String(i) },
    values: wave(0.9, 0.09, i).map((value, k) => (k === 20 || k === 21 ? null : value)),
  }));
}

const GIB = 2 ** 30;

const PEOPLE = ['alice', 'amelie', 'benoit', 'carol', 'chantal', 'claude', 'clara', 'david',
  'denis', 'diane', 'elise', 'emile', 'fanny', 'felix', 'gilles', 'hugo', 'ines'];

/** Traffic of people in the order of the alphabet; diane is far above the others. */
function people(slug, names, biggest) {
  return answer([{
    slug, unit: 'bytes_per_second', stack: false, limit: null, max: null, folded: null,
    series: names.map((user, i) => ({
      id: 'user', labels: { user },
      values: wave(user === biggest ? 700e6 : 1e6 * (i + 2), 1e6, i),
    })),
  }]);
}

const graphs = {
  cpu: () => answer([
    { slug: 'cpu', unit: 'cores', stack: true, limit: { id: 'asked', value: 8 }, max: 8,
      folded: null, series: cores(5) },
  ]),
  mem: () => answer([
    { slug: 'mem', unit: 'bytes', stack: false, limit: { id: 'asked', value: 16 * GIB }, max: null,
      folded: null,
      series: [
        { id: 'used', labels: { node: 'nc10001' }, values: wave(1.5 * GIB, 0.4 * GIB, 0) },
        { id: 'cache', labels: { node: 'nc10001' }, values: values((i) => i * 0.08 * GIB) },
      ] },
  ]),
  cores64: () => answer([
    { slug: 'cores64', unit: 'cores', stack: true, limit: { id: 'asked', value: 64 }, max: 64,
      folded: null, series: cores(64) },
  ]),
  band: (all) => answer([
    { slug: 'band', unit: 'cores', stack: false, limit: null, max: 1,
      folded: all === 'all' ? null : { kind: 'min_median_max', of: 64, by: 'line' },
      series: all === 'all' ? cores(64) : [
        { id: 'used', band: 'min', labels: {}, values: wave(0.3, 0.1, 0) },
        { id: 'used', band: 'median', labels: {}, values: wave(0.6, 0.1, 1) },
        { id: 'used', band: 'max', labels: {}, values: wave(0.9, 0.05, 2) },
        { id: 'core', labels: { node: 'nc10003', core: '7' }, values: wave(0.32, 0.1, 0) },
      ] },
  ]),
  heat: () => answer([
    { slug: 'heat', unit: 'cores', stack: false, limit: null, max: 64, folded: null,
      series: Array.from({ length: 16 }, (_, i) => ({
        id: 'used', labels: { node: `nc101${String(i).padStart(2, '0')}` },
        values: wave(i === 5 ? 4 : 40, i === 5 ? 3 : 20, i / 3),
      })) },
  ]),
  gpu: () => answer([
    { slug: 'gpu_utilization', unit: 'percent', stack: false, limit: null, max: 100, folded: null,
      series: Array.from({ length: 8 }, (_, i) => ({
        id: 'gpu', labels: { node: 'ng10101', gpu: String(i) },
        values: wave(i < 6 ? 60 + 5 * i : 1, i < 6 ? 8 : 1, i),
      })) },
    { slug: 'gpu_memory', unit: 'bytes', stack: false, 
      limit: { id: 'gpu_memory_total', value: 40 * GIB },
      max: 40 * GIB, folded: null,
      series: [
        { id: 'gpu', labels: { node: 'ng10101', gpu: '0' }, values: wave(30 * GIB, GIB, 0) },
        { id: 'gpu', labels: { node: 'ng10101', gpu: '1' },
          values: values((i) => (i < 50 ? null : i === 55 ? 4 * GIB : null)) },
      ] },
  ], [{ id: 'short_job' }]),
  nodes: (all) => answer([
    { slug: 'nodes', unit: 'cores', stack: !all, limit: all ? null : { id: 'asked', value: 640 },
      max: all ? 64 : 640, folded: all ? null : { kind: 'total', of: 10, by: 'node' },
      apart: { median: 40, count: 1, things: [{ labels: { node: 'nc10102' }, mean: 1 }] },
      series: all ? ['nc10102', 'nc10101', ...Array.from({ length: 8 }, (_, i) => `nc1011${i}`)]
        .map((node, i) => ({ id: 'node', labels: { node }, values: values(() => (i ? 40 : 1)) }))
        : [{ id: 'all_nodes', labels: {}, values: wave(361, 10, 0) }] },
  ]),
  people_read: () => people('people_read', PEOPLE, 'diane'),
  people_written: () => people('people_written', PEOPLE.slice(3), 'ines'),
  lustre: () => answer([
    { slug: 'lustre', unit: 'bytes_per_second', stack: false, limit: null, max: null, folded: null,
      series: [] },
  ]),
  power: () => answer([
    { slug: 'power', unit: 'watts', stack: true, limit: null, max: null, folded: null,
      series: ['ng10101', 'ng10102'].map((node, i) => ({
        id: 'power', labels: { node }, values: wave(700, 120, i),
      })) },
  ], [{ id: 'source_missing', args: { source: 'prometheus' } }]),
};

// The part of an answer between two moments, with points of one minute.
function finer(body, start, end) {
  const step = 60;
  const n = Math.floor((end - start) / step) + 1;
  const at = (i) => Math.floor((start + i * step - START) / STEP);
  const cut = (values) => Array.from({ length: n }, (_, i) => values[at(i)] ?? null);
  const parts = body.graphs.map((graph) => ({
    ...graph, series: graph.series.map((one) => ({ ...one, values: cut(one.values) })),
  }));
  return { ...body, grid: { start, step, n }, graphs: parts };
}

/** {status, body} of the graph `name`; `query` are its parameters. */
export function graphAnswer(name, query) {
  if (name === 'down') return { status: 503, body: { error: 'prometheus' } };
  if (name === 'over') return { status: 401, body: { error: 'session' } };
  const graph = graphs[name];
  if (!graph) return { status: 404, body: { error: 'not found' } };
  const body = graph(query.get('series'));
  const [start, end] = [Number(query.get('start')), Number(query.get('end'))];
  return { status: 200, body: start >= START ? finer(body, start, end) : body };
}
