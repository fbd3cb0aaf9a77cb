// A chart by keyboard: arrows move the cursor, its values are spoken.
import { make } from './dom.js';
import { zoom } from './range.js';
import { spoken } from './tip.js';

let region = null;
let later = 0;

/** Has `text` read out by a screen reader, once the reader stops moving. */
export function speak(text) {
  region ??= document.body.appendChild(
    make('div', { class: 'hidden-text', 'aria-live': 'polite', 'data-spoken': true }),
  );
  clearTimeout(later);
  later = setTimeout(() => { region.textContent = text; }, 150);
}

function shownRange(u) {
  const first = u.valToIdx(u.scales.x.min);
  return [first, u.valToIdx(u.scales.x.max)];
}

function zoomAround(u, index, factor) {
  const { min, max } = u.scales.x;
  const half = ((max - min) * factor) / 2;
  const at = u.data[0][index];
  const ends = u.data[0];
  const range = { min: Math.max(ends[0], at - half), max: Math.min(ends.at(-1), at + half) };
  const whole = range.min === ends[0] && range.max === ends.at(-1);
  zoom(whole ? null : range);
}

function target(event, index, first, last) {
  const step = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowRight': return Math.min(last, index + step);
    case 'ArrowLeft': return Math.max(first, index - step);
    case 'Home': return first;
    case 'End': return last;
    default: return null;
  }
}

/** Handles the keys of the focused chart `host`; `chart()` gives {u, model} or null. */
export function takeKeys(host, chart) {
  const go = (u, model, index) => {
    const left = u.valToPos(u.data[0][index], 'x');
    u.setCursor({ left, top: 10 }, true, true);
    speak(spoken(model, index));
  };
  host.addEventListener('keydown', (event) => {
    const now = chart();
    if (!now) return;
    const { u, model } = now;
    const [first, last] = shownRange(u);
    const index = u.cursor.idx ?? (event.key === 'ArrowLeft' ? last : first);
    const to = target(event, index, first, last);
    if (to != null) go(u, model, to);
    else if (event.key === '+') zoomAround(u, index, 0.5);
    else if (event.key === '-') zoomAround(u, index, 2);
    else if (event.key === '0') zoom(null);
    else if (event.key === 'Escape') u.setCursor({ left: -10, top: -10 }, true, true);
    else return;
    event.preventDefault();
  });
}
