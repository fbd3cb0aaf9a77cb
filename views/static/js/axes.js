// Axes of a chart: quiet grid, times in the reader's zone, 24 hours.
import { moment, number } from './format.js';
import { color } from './palette.js';

const DAY = 86_400;

/** The font of what is written into a drawing, in `size` pixels. */
export function fontOf(size) {
  return `${size}px system-ui, "Noto Sans", "Liberation Sans", Arial, sans-serif`;
}

function tickText(seconds, step, isFirst, dayBefore) {
  const at = seconds * 1000;
  const day = moment(at, 'tickDay');
  if (step >= DAY) return day;
  const clock = moment(at, step < 60 ? 'tickSeconds' : 'clock');
  return isFirst || day !== dayBefore ? `${clock}\n${day}` : clock;
}

function times(_, splits, __, ___, step) {
  return splits.map((at, i) => {
    const before = i > 0 ? moment(splits[i - 1] * 1000, 'tickDay') : null;
    return tickText(at, step, i === 0, before);
  });
}

function look(zoom) {
  const grid = { stroke: color('--chart-grid'), width: zoom };
  const ticks = { ...grid, size: 4 * zoom };
  return { stroke: color('--muted'), font: fontOf(12 * zoom), gap: 5 * zoom, grid, ticks };
}

/**
 * The time axis and a value axis; `names` writes the values of the latter, if given. All is
 * `zoom` times as large as on the screen.
 */
export function axes(names, zoom = 1) {
  const values = names ?? ((_, splits) => splits.map(number));
  const longest = (texts) => Math.max(2, ...(texts ?? []).map((text) => text.length));
  const width = (_, texts) => zoom * (12 + 7 * longest(texts));
  return [
    { ...look(zoom), values: times, size: 40 * zoom, space: 64 * zoom },
    { ...look(zoom), values, size: width, space: (names ? 16 : 32) * zoom,
      ...(names && { gap: 4 * zoom }) },
  ];
}
