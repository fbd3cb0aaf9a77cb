// The newest values of graphs, written out; they come from the answers that the charts ask for.
import { amount } from './format.js';
import { load } from './load.js';
import { addressOf } from './range.js';

const newest = (values) => values.findLast((value) => value != null);

/** Sum of the newest values of all lines with that id; null if there are none. */
function sumOf(graph, id) {
  const values = graph.series.filter((one) => one.id === id).map(({ values: all }) => newest(all));
  const known = values.filter((value) => value != null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) : null;
}

async function fill(cell) {
  const { graphs: [graph] } = await load(addressOf(cell.dataset.nowSrc).href);
  cell.textContent = amount(graph ? sumOf(graph, cell.dataset.nowId) : null, graph?.unit ?? '');
}

/** Fills the cards of newest values; a card stays away while an answer is missing. */
export function startNow() {
  for (const card of document.querySelectorAll('[data-now]')) {
    Promise.all([...card.querySelectorAll('[data-now-src]')].map(fill))
      .then(() => { card.hidden = false; }, () => {});
  }
}
