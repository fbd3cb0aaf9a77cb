// The tool tip that follows the cursor of the chart under the pointer.
import { key, make } from './dom.js';
import { amount, moment } from './format.js';
import { word } from './words.js';

const MOST = 10;
const MOST_ON_PHONE = 4;
const phone = matchMedia('(max-width: 640px)');

function rowsOf(model, index, most = MOST) {
  const rows = model.lines
    .filter((line) => line.shown && line.values[index] != null)
    .map((line) => ({ line, value: line.values[index] }));
  if (rows.length > most) rows.sort((a, b) => b.value - a.value);
  return rows;
}

function row(first, second) {
  const cells = [make('td', {}, ...[first].flat()), make('td', {}, second)];
  return make('tr', {}, ...cells);
}

function tableOf(model, index) {
  const most = phone.matches ? MOST_ON_PHONE : MOST;
  const rows = rowsOf(model, index, most);
  const title = make('th', { colspan: 2 }, moment(model.x[index] * 1000, 'cursor'));
  const table = make('table', {}, make('tr', {}, title));
  for (const { line, value } of rows.slice(0, most)) {
    table.append(row([key(line), ' ', line.name], amount(value, model.unit)));
  }
  if (rows.length > most) table.append(row(word('tip-more', { n: rows.length - most }), ''));
  if (rows.length === 0) table.append(row(word('no-data'), ''));
  const layers = rows.filter(({ line }) => !line.over);
  if (model.stack && layers.length > 1) {
    const sum = layers.reduce((all, { value }) => all + value, 0);
    table.append(row(word('tip-total'), amount(sum, model.unit)));
  }
  return table;
}

/** Puts `content` beside the cursor of `u`, inside the chart's width. */
export function placeTip(tip, u, host, content) {
  tip.replaceChildren(content);
  tip.hidden = false;
  const left = u.over.offsetLeft + u.cursor.left;
  const room = host.clientWidth - tip.offsetWidth;
  const beside = left + 14 > room ? left - tip.offsetWidth - 14 : left + 14;
  const x = Math.max(0, Math.min(room, beside));
  tip.style.transform = `translate(${Math.round(x)}px, 8px)`;
}

/** Shows the values at `index`, or hides the tip. */
export function showTip(tip, u, host, model, index) {
  if (index == null || u.cursor.left < 0) tip.hidden = true;
  else placeTip(tip, u, host, tableOf(model, index));
}

/** The values at `index` as a sentence, for the live region. */
export function spoken(model, index) {
  const rows = rowsOf(model, index).slice(0, 4);
  const time = moment(model.x[index] * 1000, 'cursor');
  const values = rows.map(({ line, value }) => `${line.name} ${amount(value, model.unit)}`);
  return [time, ...(values.length ? values : [word('no-data')])].join(', ');
}
