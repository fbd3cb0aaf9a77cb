// The legend under a chart: click isolates a line, shift-click toggles it, values at the cursor.
import { key, make } from './dom.js';
import { amount } from './format.js';
import { word } from './words.js';

const MOST = 64;

function isolate(lines, chosen) {
  const alone = lines.every((line) => line.shown === (line === chosen));
  for (const line of lines) line.shown = alone || line === chosen;
}

function toggle(lines, chosen) {
  chosen.shown = !chosen.shown;
  if (lines.every((line) => !line.shown)) for (const line of lines) line.shown = true;
}

/** Makes the legend of `model`; `changed()` is called when lines were shown or hidden. */
export function makeLegend(model, changed) {
  const shown = model.lines.slice(0, MOST);
  const entries = shown.map((line) => {
    const value = make('span', { class: 'chart-value' });
    const button = make(
      'button',
      { type: 'button', title: word('legend-title'), 'aria-pressed': String(line.shown) },
      key(line), make('span', {}, line.name), value,
    );
    button.addEventListener('click', (event) => {
      (event.shiftKey ? toggle : isolate)(model.lines, line);
      entries.forEach((one) => one.button.setAttribute('aria-pressed', one.line.shown));
      changed();
    });
    return { line, button, value };
  });
  const buttons = entries.map((one) => one.button);
  const label = { class: 'chart-legend', role: 'group', 'aria-label': word('legend') };
  const element = make('div', label, ...buttons);
  const left = model.lines.length - shown.length;
  if (left > 0) element.append(make('span', { class: 'muted' }, word('tip-more', { n: left })));
  return {
    element,
    /** Writes the values at `index` of the time axis, or none. */
    show(index) {
      for (const { line, value } of entries) {
        const text = index == null ? '' : amount(line.values[index], model.unit);
        if (value.textContent !== text) value.textContent = text;
      }
    },
  };
}
