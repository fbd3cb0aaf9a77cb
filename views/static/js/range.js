// One zoom for all charts of the page.

const members = new Set();
let current = null;

function buttons() {
  for (const button of document.querySelectorAll('[data-zoom-reset]')) button.hidden = !current;
}

/** The zoomed range {min, max} in seconds, or null. */
export function zoomed() {
  return current;
}

/** Shows [min, max] in every chart; null shows everything. */
export function zoom(range) {
  current = range && range.max > range.min ? range : null;
  buttons();
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
    if (event.target.closest('[data-zoom-reset]')) zoom(null);
  });
}
