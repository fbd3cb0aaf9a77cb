// <time class="when"> in the reader's zone and language; the UTC value stays in the title.
import { make } from './dom.js';
import { duration, moment, relative } from './format.js';
import { word } from './words.js';

function show(element) {
  const at = Date.parse(element.dateTime);
  if (Number.isNaN(at)) return;
  const style = element.dataset.style ?? 'absolute';
  const here = moment(at, 'seconds');
  const title = word('time-title', { local: here, utc: moment(at, 'seconds', 'UTC') });
  element.title = title;
  if (style === 'relative') {
    element.replaceChildren(relative(at), make('span', { class: 'hidden-text' }, ` (${here})`));
  } else if (style === 'since') {
    element.replaceChildren(duration(Math.max(0, (Date.now() - at) / 1000)));
  } else {
    const year = new Date(at).getFullYear();
    const old = style === 'short' && year !== new Date().getFullYear();
    element.replaceChildren(moment(at, old ? 'day' : style));
  }
}

/** Rewrites every time of `root`. */
export function showTimes(root = document) {
  for (const element of root.querySelectorAll('time.when')) show(element);
}

/** Shows the times of the page and keeps the ones that move going. */
export function startTimes() {
  showTimes();
  setInterval(() => {
    if (document.hidden) return;
    document.querySelectorAll('time.when[data-style="since"]').forEach(show);
  }, 1000);
  setInterval(() => {
    document.querySelectorAll('time.when[data-style="relative"]').forEach(show);
  }, 30_000);
}
