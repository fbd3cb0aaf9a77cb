// What a chart draws, made from one graph of an answer: named lines in one scaled unit.
import { scaleFor } from './format.js';
import { looks, overLook } from './palette.js';
import { commonLabels, seriesName } from './words.js';

function highest(values) {
  let top = 0;
  for (const value of values) if (value > top) top = value;
  return top;
}

// A line of what is there is drawn over the stack of what is used of it, not as part of it.
const isOver = (graph, series) => Boolean(graph.stack) && series.id === 'allocated';

function topOf(graph) {
  const layers = graph.series.filter((one) => graph.stack && !isOver(graph, one));
  const lines = graph.series.filter((one) => !layers.includes(one));
  const sums = (layers[0]?.values ?? []).map((_, i) =>
    layers.reduce((sum, one) => sum + (one.values[i] ?? 0), 0),
  );
  return Math.max(highest(sums), ...lines.map((one) => highest(one.values)));
}

// Lines that answer the reader's question come first; of many, only these are shown at once.
const WEIGHTY = ['allocated', 'memory_limit', 'memory_max', 'memory_usage', 'memory_rss', 'used'];
const MANY = 20;

function questionFirst(graph) {
  if (graph.stack) return graph.series;
  const place = ({ id }) => (WEIGHTY.includes(id) ? WEIGHTY.indexOf(id) : WEIGHTY.length);
  return [...graph.series].sort((a, b) => place(a) - place(b));
}

function shownAtOnce(series, all) {
  if (all.length <= MANY || !all.some((one) => one.id === 'memory_max')) return true;
  return ['memory_limit', 'memory_max'].includes(series.id);
}

function makeLine(series, look, graph, { leftOut, shown, over }) {
  const isEdge = series.band === 'min' || series.band === 'max';
  return {
    ...(over ? overLook() : look),
    over,
    name: seriesName(series, graph, leftOut),
    values: series.values,
    labels: series.labels ?? {},
    band: series.band,
    thin: isEdge,
    ...(isEdge && { dash: [3, 3] }),
    shown,
    unit: graph.unit,
  };
}

/**
 * The model of `graph` on `grid`: {x, lines, scale, limit, top, stack, …}. Lines keep their raw
 * values; `scale` says how the axis divides them. `otherMax` is the axis' end if none is named.
 */
export function makeModel(graph, grid, otherMax) {
  const x = Array.from({ length: grid.n }, (_, i) => grid.start + i * grid.step);
  const limit = graph.limit?.value != null ? graph.limit : null;
  const top = Math.max(topOf(graph), limit?.value ?? 0, graph.max ?? otherMax ?? 0);
  const series = questionFirst(graph);
  const look = looks(series, Boolean(graph.stack));
  const leftOut = commonLabels(series);
  const lines = series.map((one, i) => makeLine(one, look[i], graph, {
    leftOut, shown: shownAtOnce(one, series), over: isOver(graph, one),
  }));
  return {
    x, lines, limit, top,
    step: grid.step,
    unit: graph.unit,
    stack: Boolean(graph.stack),
    scale: scaleFor(graph.unit, top),
    folded: graph.folded ?? null,
    apart: graph.apart ?? null,
    max: graph.max ?? 0,
  };
}

function scaled(values, by) {
  return values.map((value) => (value == null ? null : value / by));
}

function stackUp(model) {
  const data = [];
  const bands = [];
  let below = null;
  let belowAt = 0;
  model.lines.forEach((line, i) => {
    if (!line.shown) {
      data.push(model.x.map(() => null));
      return;
    }
    const own = scaled(line.values, model.scale.by);
    if (line.over) {
      data.push(own);
      return;
    }
    const sums = own.map((value, k) => {
      const base = below?.[k] ?? null;
      return value == null && base == null ? null : (value ?? 0) + (base ?? 0);
    });
    data.push(sums);
    if (belowAt) bands.push({ series: [i + 1, belowAt] });
    below = sums;
    belowAt = i + 1;
  });
  return { data: [model.x, ...data], bands };
}

/** The arrays and bands that are drawn, given which lines are shown now. */
export function layers(model) {
  if (model.stack) return stackUp(model);
  const at = (band) => model.lines.findIndex((line) => line.band === band && line.shown) + 1;
  const both = at('min') && at('max');
  return {
    data: [model.x, ...model.lines.map((line) => scaled(line.values, model.scale.by))],
    bands: both ? [{ series: [at('max'), at('min')], fill: true }] : [],
  };
}

/** {min, mean, max} of a line's values, or null when it has none. */
export function summary(values) {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (value == null) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count += 1;
  }
  return count ? { min, mean: sum / count, max } : null;
}

function within(x, values, range) {
  return range ? values.filter((_, i) => x[i] >= range.min && x[i] <= range.max) : values;
}

/** Mean of `values` at the times `x` within `range` (null: all), where a gap counts as nothing. */
export function meanWithin(x, values, range) {
  const inside = within(x, values, range);
  return inside.reduce((sum, value) => sum + (value ?? 0), 0) / Math.max(1, inside.length);
}

/**
 * How much a line of `model` is about over `range` (null: over all): the peak of what is held, the
 * mean of what flows; of a person or a program the mean over all the time, since a gap is next to
 * nothing.
 */
export function weightOf(model, line, range) {
  const values = within(model.x, line.values, range);
  const found = summary(values);
  if (!found) return null;
  if (model.unit === 'bytes') return found.max;
  const comesAndGoes = line.labels.user || line.labels.exe;
  return comesAndGoes ? meanWithin(model.x, line.values, range) : found.mean;
}
