// One zoom for all charts of the page.

const members = new Set();
const atStart = new URL(location.href);
const ranged = () => document.querySelector('main[data-range]') != null;
// Public graphs are there for some ranges only: a zoom shows the points that there are.
const onlyPresets = () => document.querySelector('main[data-range="presets"]') != null;
let current = null;

function isCut() {
  return ranged() && atStart.searchParams.has('start');
}

/** Is there more to show than is shown: by the zoom or by the range in the address? */
export function canReset() {
  return current != null || isCut();
}

function buttons() {
  for (const button of document.querySelectorAll('[data-zoom-reset]')) {
    button.hidden = !canReset();
  }
}

// The zoom is kept in the address, so that a link or a reload shows the same time.
function writeAddress() {
  if (!ranged() || onlyPresets()) return;
  const url = new URL(atStart);
  url.hash = location.hash;
  if (current) {
    url.searchParams.delete('delta');
    url.searchParams.set('start', Math.floor(current.min));
    url.searchParams.set('end', Math.ceil(current.max));
  }
  history.replaceState(null, '', url);
}

/** Can any part of the page's time be asked for in finer points? */
export function canRefine() {
  return ranged() && !onlyPresets();
}

/** The address of a graph with the page's own time range, if the page has one. */
export function addressOf(source) {
  const url = new URL(source, location.href);
  const names = ranged() ? ['start', 'end', 'delta'] : [];
  for (const name of onlyPresets() ? ['delta'] : names) {
    if (atStart.searchParams.has(name)) url.searchParams.set(name, atStart.searchParams.get(name));
  }
  return url;
}

function showAll() {
  const url = new URL(atStart);
  url.searchParams.delete('start');
  url.searchParams.delete('end');
  if (current || !isCut()) zoom(null);
  else location.assign(url);
}

/** The zoomed range {min, max} in seconds, or null. */
export function zoomed() {
  return current;
}

/** Shows [min, max] in every chart; null shows everything. */
export function zoom(range) {
  current = range && range.max > range.min ? range : null;
  buttons();
  writeAddress();
  for (const member of members) member(current);
}

/** Calls `listener` with the range whenever it changes; returns the way out. */
export function onZoom(listener) {
  members.add(listener);
  return () => members.delete(listener);
}

/** Makes the buttons of the page that undo the zoom work, present and future ones. */
export function startZoomReset() {
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-zoom-reset]')) showAll();
  });
  buttons();
}
