// Numbers, units, times and durations in the language of the page.
import { language, word, wordOr } from './words.js';

const THIN = '\u202f';
const plain = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }),
);
const small = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });

/** A number with three significant digits, whole from 100 on. */
export function number(value) {
  const size = Math.abs(value);
  if (size >= 99.95) return plain[0].format(value);
  if (size >= 9.995) return plain[1].format(value);
  return size >= 1 || size === 0 ? plain[2].format(value) : small.format(value);
}

function unitNames(unit) {
  return wordOr(`unit-${unit}`, unit).split(' ').filter(Boolean);
}

/** How values up to `top` of `unit` are written: divided by `by`, with `name` behind. */
export function scaleFor(unit, top) {
  const names = unitNames(unit);
  const step = unit.startsWith('bytes') ? 1024 : 1000;
  let by = 1;
  let place = 0;
  while (place < names.length - 1 && Math.abs(top) >= by * step) {
    by *= step;
    place += 1;
  }
  return { by, name: names[place] ?? '' };
}

const oneOf = new Intl.PluralRules(language);

/** A value with its unit, scaled by itself: 1610612736 bytes = "1.5 GiB". */
export function amount(value, unit) {
  if (value == null) return word('no-data');
  const { by, name } = scaleFor(unit, value);
  const text = number(value / by);
  if (!name) return text;
  const one = oneOf.select(value / by) === 'one' && wordOr(`one-${unit}`);
  return `${text}${THIN}${one || name}`;
}

const formats = {
  absolute: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  short: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit' },
  day: { year: 'numeric', month: 'short', day: 'numeric' },
  seconds: {
    year: 'numeric', month: 'short', day: 'numeric',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  },
  cursor: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  tickDay: { month: 'short', day: 'numeric' },
  tickSeconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

const made = new Map();

/** A moment (milliseconds since 1970) in one of the styles above; UTC if `zone` says so. */
export function moment(milliseconds, style, zone) {
  const name = `${style} ${zone ?? ''}`;
  if (!made.has(name)) {
    const options = { ...formats[style], hourCycle: 'h23', timeZone: zone };
    made.set(name, new Intl.DateTimeFormat(language, options));
  }
  return made.get(name).format(milliseconds);
}

/** Seconds as "2 d 04:13" from a day on, else "04:13:25". */
export function duration(seconds) {
  const two = (value) => String(Math.floor(value)).padStart(2, '0');
  const rest = seconds % 86_400;
  const clock = `${two(rest / 3600)}:${two((rest % 3600) / 60)}`;
  if (seconds < 86_400) return `${clock}:${two(rest % 60)}`;
  return `${number(Math.floor(seconds / 86_400))}${THIN}${word('day-short')} ${clock}`;
}

const relativeFormat = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const steps = [['second', 60], ['minute', 60], ['hour', 24], ['day', 7], ['week', 1e9]];

/** "3 hours ago" for a moment in milliseconds. */
export function relative(milliseconds) {
  let amountLeft = (milliseconds - Date.now()) / 1000;
  for (const [name, size] of steps) {
    if (Math.abs(amountLeft) < size) return relativeFormat.format(Math.round(amountLeft), name);
    amountLeft /= size;
  }
  return '';
}
