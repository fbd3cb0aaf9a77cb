// Words come from the page (<div id="words" data-…>), so that they follow its language.
import { wordsElement } from './dom.js';

/** Language of the page, as Intl wants it. */
export const language = document.documentElement.lang || 'en';

/** The word named `name`, or undefined if the page has none. */
export function wordOr(name, otherwise) {
  return wordsElement()?.getAttribute(`data-${name}`) ?? otherwise;
}

/** The word named `name` with its {placeholders} filled; the name itself when it is missing. */
export function word(name, values = {}) {
  return wordOr(name, name).replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

/** Names of labels that say the same of each of several series, so that no name needs them. */
export function commonLabels(all) {
  if (all.length < 2) return [];
  const [first, ...others] = all.map((series) => series.labels ?? {});
  return Object.keys(first).filter((name) => others.every((one) => one[name] === first[name]));
}

const KINDS = { core: 'label-core', gpu: 'series-gpu' };

/**
 * Labels as they are, a core or a card by its kind: "nc10001 core 3". Of an executable there is
 * its name, so its path is left out.
 */
export function labelsText(labels, leftOut = []) {
  return Object.entries(labels ?? {})
    .filter(([name]) => name !== 'exe' && !leftOut.includes(name))
    .map(([name, value]) => (KINDS[name] ? `${word(KINDS[name])} ${value}` : value))
    .join(' ');
}

// Words that say no more than the title of the graph does.
const PLAIN = ['core', 'node_cores', 'node_power', 'node', 'gpu', 'disk_used'];

/**
 * A series as the reader knows it: its word, unless all have one that the title says, then its
 * labels; a band by what it is of ("lowest node").
 */
export function seriesName(series, graph, leftOut = []) {
  const isPlain = PLAIN.includes(series.id) && graph.series.every(({ id }) => id === series.id);
  const id = wordOr(`series-${series.id}`, series.id.replaceAll('_', ' '));
  const labels = labelsText(series.labels, leftOut);
  const by = `band-${series.band}-${graph.folded?.by}`;
  const band = series.band && (wordOr(by) ?? word(`band-${series.band}`));
  if (isPlain && (labels || band)) return band ?? labels;
  return band ? [id, band].filter(Boolean).join(' · ') : [id, labels].filter(Boolean).join(' ');
}

/** The sentence of a notice of the graph JSON. */
export function noticeText(notice) {
  const source = notice.args?.source;
  return word(`notice-${notice.id}`,
    { ...notice.args, source: source && wordOr(`source-${source}`, source) });
}
