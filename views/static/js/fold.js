// The lines under a chart: who stands apart, and what is added up or left out, with a way to it.
import { make } from './dom.js';
import { amount } from './format.js';
import { labelsText, word, wordOr } from './words.js';

/** "nc10002 used 1 core, the median is 40 cores." for those that a graph says are far from it. */
export function makeApart(model) {
  const { apart } = model;
  if (!apart) return null;
  const value = (mean) => amount(mean, model.unit);
  const [first, ...others] = apart.things.map(({ labels, mean }) =>
    ({ name: labelsText(labels), value: value(mean) }));
  const told = wordOr(`apart-${model.unit}`) ? `apart-${model.unit}` : 'apart';
  const parts = [word(told, { ...first, median: value(apart.median) })];
  if (others.length) {
    const names = others.map((one) => `${one.name} (${one.value})`).join(', ');
    const n = apart.count - apart.things.length;
    const rest = n > 0 ? [names, word('tip-more', { n })].join(', ') : names;
    parts.push(word('apart-also', { names: rest }));
  }
  return make('p', { class: 'chart-apart' }, parts.join(' '));
}

// A word by what there are many of, or the one for any of them.
function named(name, by, values) {
  return word(wordOr(`${name}-${by}`) ? `${name}-${by}` : name, values);
}

function sentence({ folded, lines }, series) {
  if (series === 'nodes') return named('by', lines[0].labels.gpu ? 'gpu' : 'node');
  if (!folded) return word('unfolded', { of: lines.length });
  const each = folded.of / lines.length;
  const uneven = folded.kind === 'node_sums' && !Number.isInteger(each) ? 'uneven' : folded.by;
  return named(`folded-${folded.kind}`, uneven, { of: folded.of, each });
}

function next({ folded }, series) {
  if (series || !folded) return { name: word('show-folded'), series: null };
  const values = { of: folded.of };
  if (folded.kind === 'total' || folded.kind === 'mean') {
    return { name: named('show-by', folded.by), series: 'nodes' };
  }
  const by = folded.kind === 'node_sums' ? 'core' : folded.by;
  return { name: named('show-all', by, values), series: 'all' };
}

/**
 * What a chart adds up or leaves out, with a button that asks for the other; null if it shows all
 * there is. `series` is what is shown now ("nodes", "all", null); `choose(series)` shows another.
 */
export function makeFold(model, series, choose) {
  if (!model.folded && !series) return null;
  const other = next(model, series);
  return make('p', { class: 'chart-fold' }, make('span', {}, sentence(model, series)),
    make('button', {
      class: 'link-button', type: 'button', 'data-all': true, click: () => choose(other.series),
    }, other.name));
}
