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

/** A series as the reader knows it: its word, then its labels as they are but for `left out`. */
export function seriesName(series, leftOut = []) {
  const labels = Object.entries(series.labels ?? {})
    .filter(([name]) => !leftOut.includes(name))
    .map(([, value]) => value);
  const band = series.band ? word(`band-${series.band}`) : null;
  const name = wordOr(`series-${series.id}`, series.id.replaceAll('_', ' '));
  return [name, ...labels, band && `(${band})`].filter(Boolean).join(' ');
}

/** The sentence of a notice of the graph JSON. */
export function noticeText(notice) {
  const source = notice.source ? wordOr(`source-${notice.source}`, notice.source) : '';
  return word(`notice-${notice.id}`, { source, ...notice.args });
}
