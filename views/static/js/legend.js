// The legend under a chart: click isolates a line, shift-click toggles it, values at the cursor.
import { key, make } from './dom.js';
import { amount } from './format.js';
import { weightOf } from './model.js';
import { word } from './words.js';

const FEW = 6;
// On a phone a legend of more lines than that opens on a tap.
const FEW_ON_PHONE = 2;
const phone = matchMedia('(max-width: 640px)');
const MOST = 64;

function isolate(lines, chosen) {
  const alone = lines.every((line) => line.shown === (line === chosen));
  for (const line of lines) line.shown = alone || line === chosen;
}

function toggle(lines, chosen) {
  chosen.shown = !chosen.shown;
  if (lines.every((line) => !line.shown)) for (const line of lines) line.shown = true;
}

function makeEntry(line) {
  const value = make('span', { class: 'chart-value' });
  const title = [line.labels.exe, word('legend-title')].filter(Boolean).join('\n');
  const button = make(
    'button', { type: 'button', title, 'aria-pressed': String(line.shown) },
    key(line), make('span', {}, line.name), value,
  );
  return { line, button, value };
}

// Bands say what the others are measured by, so they stand before them.
const BANDS = ['max', 'median', 'min'];
const rank = ({ line }) => (line.band ? BANDS.indexOf(line.band) : BANDS.length);
const byWeight = (a, b) => rank(a) - rank(b) || (b.weight ?? -1) - (a.weight ?? -1);

/**
 * Makes the legend of `model`, the largest first by what it weighs over `range`. Six entries are
 * seen until `open`; `opened(open)` is told, and `changed()` when lines were shown or hidden.
 */
export function makeLegend(model, { range, open, opened, changed }) {
  const entries = model.lines.map(makeEntry);
  const more = make('button', { class: 'chart-more', type: 'button' });
  const rest = make('span', { class: 'muted' });
  const label = { class: 'chart-legend', role: 'group', 'aria-label': word('legend') };
  const element = make('div', label);
  const held = model.unit === 'bytes' ? 'legend-peak' : 'legend-mean';
  let isOpen = open;

  function fold() {
    const onPhone = phone.matches && entries.length > FEW_ON_PHONE;
    const few = onPhone ? 0 : FEW;
    const left = entries.length - few;
    entries.forEach(({ button }, i) => { button.hidden = i >= (isOpen ? MOST : few); });
    more.hidden = left <= 0;
    const closed = onPhone ? 'legend-open' : 'tip-more';
    more.textContent = word(isOpen ? 'legend-fewer' : closed, { n: left });
    more.setAttribute('aria-expanded', String(isOpen));
    rest.hidden = !isOpen || entries.length <= MOST;
    rest.textContent = word('tip-more', { n: entries.length - MOST });
  }

  function show(index) {
    for (const { line, value, weight } of entries) {
      const text = index == null ? word(held, { value: amount(weight, model.unit) })
        : amount(line.values[index], model.unit);
      if (value.textContent !== text) value.textContent = text;
    }
  }

  function weigh(within) {
    for (const one of entries) one.weight = weightOf(model, one.line, within);
    entries.sort(byWeight);
    element.replaceChildren(...entries.map(({ button }) => button), rest, more);
    fold();
    show(null);
  }

  for (const { line, button } of entries) {
    button.addEventListener('click', (event) => {
      (event.shiftKey ? toggle : isolate)(model.lines, line);
      entries.forEach((one) => one.button.setAttribute('aria-pressed', one.line.shown));
      changed();
    });
  }
  more.addEventListener('click', () => {
    isOpen = !isOpen;
    opened(isOpen);
    fold();
  });
  weigh(range);
  return {
    element,
    /** Writes the values at `index` of the time axis, or what each line weighs. */
    show,
    /** What is shown, in the order of the entries: {line, text}. */
    texts() {
      return entries.filter(({ line }) => line.shown).slice(0, MOST).map(({ line, weight }) =>
        ({ line, text: `${line.name}: ${word(held, { value: amount(weight, model.unit) })}` }));
    },
    /** Orders the entries anew by the time that is shown. */
    weigh,
  };
}
