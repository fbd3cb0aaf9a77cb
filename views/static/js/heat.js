// A heat map: one row for each of more than eight nodes, GPUs or cores, time to the right.
import { axes } from './axes.js';
import { key, make } from './dom.js';
import { amount, moment } from './format.js';
import { color, ramp } from './palette.js';
import { cursor, makePlot, HEIGHT } from './plot.js';
import { placeTip } from './tip.js';

const FEWEST = 9;

// Layers of more cores than that cannot be told apart.
const MOST_LAYERS = 64;

/** Can `graph` be a heat map: one series for each of more than eight nodes or parts of nodes? */
export function canHeat(graph) {
  const things = graph.series.map(({ labels, band }) => (band ? null : labels?.node
    && Object.values(labels).join(' ')));
  const isOne = new Set(things).size === things.length && things.every(Boolean);
  return isOne && things.length >= FEWEST;
}

/** Is it a heat map before anything else is chosen? */
export function isHeat(graph) {
  return canHeat(graph) && (graph.series.length > MOST_LAYERS || !graph.series[0].labels.core);
}

function top(model) {
  const values = model.lines.map((line) => line.values.reduce((a, b) => (b > a ? b : a), 0));
  return Math.max(...values, model.stack ? 0 : model.max, Number.MIN_VALUE);
}

const ROW = 3;
const MOST_HEIGHT = 640;
const heightOf = (model) => Math.max(HEIGHT, Math.min(MOST_HEIGHT, model.lines.length * ROW));

function drawCells(u, model, highest) {
  const { ctx, bbox } = u;
  const rows = model.lines.length;
  const height = bbox.height / rows;
  const gap = height > 6 ? devicePixelRatio : 0;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const edges = model.x.map((at) => Math.round(u.valToPos(at, 'x', true)));
  edges.push(Math.round(u.valToPos(model.x.at(-1) + model.step, 'x', true)));
  model.lines.forEach((line, row) => {
    const y = Math.round(bbox.top + row * height);
    line.values.forEach((value, i) => {
      if (value == null || edges[i + 1] < bbox.left) return;
      ctx.fillStyle = ramp(value / highest);
      ctx.fillRect(edges[i], y, Math.max(1, edges[i + 1] - edges[i]), Math.ceil(height) - gap);
    });
  });
  ctx.restore();
}

function rowAt(u, model) {
  const share = u.cursor.top / (u.bbox.height / devicePixelRatio);
  return Math.min(model.lines.length - 1, Math.max(0, Math.floor(share * model.lines.length)));
}

function tipFor(u, model, index) {
  const line = model.lines[rowAt(u, model)];
  const text = amount(line.values[index], model.unit);
  const head = make('th', { colspan: 2 }, moment(model.x[index] * 1000, 'cursor'));
  const cells = [make('td', {}, line.name), make('td', {}, text)];
  return make('table', {}, make('tr', {}, head), make('tr', {}, ...cells));
}

/** What the colours mean, from nothing to the most: {line, text}. */
export function scaleOf(model) {
  const most = top(model);
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => ({
    line: { color: ramp(share), dash: [], filled: true },
    text: amount(share * most, model.unit),
  }));
}

function scaleLine(model) {
  const steps = scaleOf(model);
  return make('div', { class: 'chart-legend chart-ramp' },
    make('span', {}, steps[0].text), ...steps.map(({ line }) => key(line)),
    make('span', {}, steps.at(-1).text));
}

function nodeAxes(model, zoom) {
  const rows = model.lines.length;
  const every = Math.ceil(rows / 12);
  const [time, nodes] = axes((_, splits) =>
    splits.map((at) => model.lines[rows - 1 - Math.floor(at)]?.name ?? ''), zoom);
  const middle = (i) => rows - 1 - i + 0.5;
  const chosen = model.lines.map((_, i) => i).filter((i) => i % every === 0).map(middle);
  return [time, { ...nodes, splits: () => chosen, grid: { show: false }, ticks: { show: false } }];
}

/** Draws the heat map of `model` into `host`; takes the same hooks as makePlot. */
export function makeHeat(host, model, { moved, tip, still }) {
  const highest = top(model);
  const rows = model.lines.length;
  const move = (u) => {
    const index = u.cursor.idx ?? null;
    moved(index);
    const here = u.over.matches(':hover') || document.activeElement === host;
    if (here && index != null && u.cursor.left >= 0) {
      placeTip(tip, u, host, tipFor(u, model, index));
    } else {
      tip.hidden = true;
    }
  };
  const hidden = model.lines.map((line) => ({ label: line.name, paths: () => null,
    points: { show: false }, stroke: color('--muted') }));
  const u = makePlot(host, model, {
    moved,
    still,
    extra: {
      height: heightOf(model),
      cursor: { ...cursor(model), points: { show: false } },
      scales: { x: { time: true }, y: { range: () => [0, rows] } },
      axes: nodeAxes(model, still?.zoom),
      series: [{}, ...hidden],
      bands: [],
    },
    hooks: { draw: [(drawn) => drawCells(drawn, model, highest)],
      ...(!still && { setCursor: [move] }) },
  });
  if (!still) host.after(scaleLine(model));
  return u;
}
