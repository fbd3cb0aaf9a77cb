// Axes of a chart: quiet grid, times in the reader's zone, 24 hours.
import { moment, number } from './format.js';
import { color } from './palette.js';

const DAY = 86_400;
const FONT = '12px system-ui, "Noto Sans", "Liberation Sans", Arial, sans-serif';

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

function look() {
  const grid = { stroke: color('--chart-grid'), width: 1 };
  return { stroke: color('--muted'), font: FONT, grid, ticks: { ...grid, size: 4 } };
}

/** The time axis and a value axis; `names` writes the values of the latter, if given. */
export function axes(names) {
  const values = names ?? ((_, splits) => splits.map(number));
  const width = (_, texts) => 12 + 7 * Math.max(2, ...(texts ?? []).map((text) => text.length));
  return [
    { ...look(), values: times, size: 40, space: 64 },
    { ...look(), values, size: width, space: names ? 16 : 32, ...(names && { gap: 4 }) },
  ];
}
