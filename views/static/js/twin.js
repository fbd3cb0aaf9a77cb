// The table twin of a chart: every point of the answer, in the unit of the axis.
import { make } from './dom.js';
import { moment, number } from './format.js';
import { word } from './words.js';

const CELLS_AT_ONCE = 8000;

function headOf(model) {
  const names = model.lines.map((line) => {
    const unit = model.scale.name && make('span', { class: 'unit' }, ` ${model.scale.name}`);
    return make('th', { scope: 'col', class: 'num' }, line.name, unit || null);
  });
  const time = make('th', { scope: 'col' }, word('table-time'));
  return make('thead', {}, make('tr', {}, time, ...names));
}

function rowOf(model, index) {
  const row = document.createElement('tr');
  const time = document.createElement('th');
  time.scope = 'row';
  time.className = 'nowrap';
  time.textContent = moment(model.x[index] * 1000, 'cursor');
  row.append(time);
  for (const line of model.lines) {
    const value = line.values[index];
    const cell = row.insertCell();
    cell.className = value == null ? 'num no-data' : 'num';
    cell.textContent = value == null ? word('no-data') : number(value / model.scale.by);
  }
  return row;
}

/** A scrolling box with the table of `model`; long ones are filled in slices. */
export function makeTwin(model, title) {
  const body = make('tbody');
  const label = word('table-label', { title });
  const caption = make('caption', { class: 'hidden-text' }, title);
  const table = make('table', { class: 'data' }, caption, headOf(model), body);
  const box = { class: 'chart-table', tabindex: 0, role: 'region', 'aria-label': label };
  const element = make('div', box, table);
  const rows = Math.max(20, Math.floor(CELLS_AT_ONCE / (model.lines.length + 1)));
  let index = 0;
  const fill = () => {
    const end = Math.min(model.x.length, index + rows);
    for (; index < end; index += 1) body.append(rowOf(model, index));
    if (index < model.x.length) setTimeout(fill, 0);
  };
  fill();
  return element;
}
