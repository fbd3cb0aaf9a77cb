// The drawing itself, on uPlot: stacked or plain lines, limit, band, shared cursor and zoom.
import uPlot from 'uplot';
import { axes, fontOf } from './axes.js';
import { amount } from './format.js';
import { layers } from './model.js';
import { color, faded } from './palette.js';
import { zoom, zoomed } from './range.js';
import { word } from './words.js';

export const HEIGHT = 236;
const SYNC = 'page';
const MANY = 12;
const ROOM_FOR_WORDS = 1.1;
const NO_CURSOR = { show: false };
const passedOn = new Set(['mousemove', 'mouseleave']);

/** Series of uPlot for the lines of a model, `zoom` times as thick as on the screen. */
function drawnSeries(model, soft, zoom) {
  const lines = model.lines.map((line) => ({
    label: line.name,
    show: line.shown,
    stroke: line.color,
    width: widthOf(model, line) * zoom,
    dash: line.dash.map((length) => length * zoom),
    fill: fillOf(model, line, soft),
    fillTo: 0,
    points: { show: false, size: 5 * zoom, filter: lonely },
    spanGaps: false,
  }));
  return [{}, ...lines];
}

function widthOf(model, line) {
  if (line.over) return 1.75;
  const many = model.lines.length > MANY;
  if (model.stack && many) return 0.5;
  return line.thin || many ? 1 : 1.75;
}

function fillOf(model, line, soft) {
  if (line.over) return undefined;
  if (model.stack) return faded(line.color, model.lines.length > 6 ? 0.75 : 0.45);
  return soft && !line.band ? faded(line.color, 0.12) : undefined;
}

// A single sample between gaps has no line; it gets a dot.
function lonely(u, series) {
  const values = u.data[series];
  const alone = [];
  values.forEach((value, i) => {
    if (value != null && values[i - 1] == null && values[i + 1] == null) alone.push(i);
  });
  return alone.length ? alone : null;
}

function withFills(model, bands) {
  return bands.map((band) => ({
    series: band.series,
    fill: band.fill ? color('--chart-band') : fillOf(model, model.lines[band.series[0] - 1]),
  }));
}

function valueRange(model) {
  const { stack, limit, scale } = model;
  const limitTop = (limit?.value ?? 0) / scale.by;
  const top = Math.max(model.top / scale.by, limitTop * ROOM_FOR_WORDS);
  return (_, low, high) => {
    const end = Math.max(top, high ?? 0);
    return [stack ? 0 : Math.min(0, low ?? 0), end > 0 ? end * 1.04 : 1];
  };
}

function drawLimit(u, model, zoom) {
  if (!model.limit) return;
  const { ctx, bbox } = u;
  const y = Math.round(u.valToPos(model.limit.value / model.scale.by, 'y', true));
  const ratio = devicePixelRatio * zoom;
  ctx.save();
  ctx.fillStyle = color('--chart-over');
  ctx.fillRect(bbox.left, bbox.top, bbox.width, Math.max(0, y - bbox.top));
  ctx.strokeStyle = color('--chart-limit');
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  const name = word(`limit-${model.limit.id}`, { value: amount(model.limit.value, model.unit) });
  ctx.font = fontOf(12 * ratio);
  ctx.textAlign = 'right';
  const below = y - bbox.top < 16 * ratio;
  ctx.textBaseline = below ? 'top' : 'bottom';
  ctx.fillText(name, bbox.left + bbox.width - 4 * ratio, y + (below ? 4 : -3) * ratio);
  ctx.restore();
}

function takeSelection(u) {
  const { left, width } = u.select;
  if (width < 6) return;
  const range = { min: u.posToVal(left, 'x'), max: u.posToVal(left + width, 'x') };
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  zoom(range);
}

/** How the cursor of a chart behaves, and that it is shared with the others. */
export function cursor(model) {
  const many = model.lines.length > MANY;
  return {
    y: false,
    points: { size: 7, ...(many && { show: false }) },
    drag: { x: true, y: false, setScale: false },
    focus: { prox: model.stack || many ? -1 : 24 },
    bind: { dblclick: () => () => zoom(null) },
    sync: {
      key: SYNC,
      setSeries: false,
      scales: ['x', null],
      filters: { pub: (type) => passedOn.has(type) },
    },
  };
}

/** The times a chart shows when nothing is zoomed. */
function wholeRange(model) {
  const { x, step } = model;
  return { min: x[0], max: x.length > 1 ? x.at(-1) : x[0] + step };
}

/** Applies the page's zoom, or all of the model's time. */
export function showRange(u, model, range = zoomed()) {
  u.setScale('x', range ?? wholeRange(model));
}

/** Draws again after lines were shown or hidden; stacks are built anew. */
export function redrawLines(u, model) {
  const { data, bands } = layers(model);
  const { min, max } = u.scales.x;
  u.delBand(null);
  withFills(model, bands).forEach((band) => u.addBand(band));
  model.lines.forEach((line, i) => u.setSeries(i + 1, { show: line.shown }, false));
  u.setData(data, false);
  u.setScale('x', { min, max });
}

/**
 * Draws `model` into `host`; `moved(index or null)` follows the cursor, also that of the other
 * charts. `extra` and `hooks` replace parts of the options (heat maps do). `still` draws a picture
 * of {width, height, zoom} with all in it `zoom` times as large. Returns the uPlot.
 */
export function makePlot(host, model, { moved, soft = false, still, extra = {}, hooks = {} }) {
  const { data, bands } = layers(model);
  const zoom = still?.zoom ?? 1;
  const options = {
    width: Math.max(200, host.clientWidth),
    height: HEIGHT,
    padding: [8 * zoom, 20 * zoom, 0, 0],
    legend: { show: false },
    cursor: cursor(model),
    select: { show: true },
    scales: { x: { time: true }, y: { range: valueRange(model) } },
    axes: axes(null, zoom),
    series: drawnSeries(model, soft, zoom),
    bands: withFills(model, bands),
    hooks: {
      draw: [(u) => drawLimit(u, model, zoom)],
      setCursor: [(u) => moved(u.cursor.idx ?? null)],
      setSelect: [takeSelection],
      ...hooks,
    },
    ...extra,
    ...(still && { width: still.width * zoom, height: still.height * zoom, cursor: NO_CURSOR }),
  };
  const u = new uPlot(options, data, host);
  showRange(u, model);
  return u;
}
