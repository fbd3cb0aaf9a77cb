// A page whose job runs keeps itself up to date while it is seen, and says how fresh it is.
import { icon, make } from './dom.js';
import { relative } from './format.js';
import { forget } from './load.js';
import { isSignedOut, sessionOver } from './session.js';
import { showTimes } from './when.js';
import { word } from './words.js';

// Measurements older than so many intervals are late.
const LATE = 3;
const SHORT_RANGE = 600;

/** The page as it is now; null if there is none to be had. */
async function freshPage() {
  const headers = { Accept: 'text/html' };
  const response = await fetch(location.href, { headers, redirect: 'manual' });
  if (isSignedOut(response)) sessionOver();
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

// The text of each part as it came, since scripts change what is on the page.
const texts = new WeakMap();

function keepOpen(part, mine) {
  const before = [...part.querySelectorAll('details')];
  mine.querySelectorAll('details').forEach((one, i) => {
    if (before[i]) one.open = before[i].open;
  });
}

/** What changed, but where the reader is; at the end everything. */
function replaceParts(page, isLast) {
  for (const part of document.querySelectorAll('[data-live-part]')) {
    const name = CSS.escape(part.dataset.livePart);
    const fresh = page.querySelector(`[data-live-part="${name}"]`);
    if (!fresh || texts.get(part) === fresh.outerHTML) continue;
    if (!isLast && part.contains(document.activeElement)) continue;
    const mine = document.importNode(fresh, true);
    texts.set(mine, fresh.outerHTML);
    keepOpen(part, mine);
    part.replaceWith(mine);
    showTimes(mine);
    document.dispatchEvent(new CustomEvent('fresh', { detail: mine }));
  }
}

/** When the newest sample was taken (milliseconds); null if none was for minutes. */
async function askNewest(src) {
  const url = new URL(src, location.href);
  url.searchParams.set('delta', SHORT_RANGE);
  const response = await fetch(url, { cache: 'no-store', redirect: 'manual' });
  if (!response.ok) throw new Error(`newest sample: ${response.status}`);
  const { range } = await response.json();
  return range.newest ? range.newest * 1000 : null;
}

const stateIn = (page) => page.querySelector('.title .state')?.textContent.trim();

class Live {
  constructor(bar, seconds, inView) {
    this.seconds = seconds;
    this.inView = inView;
    this.title = document.title;
    this.src = document.querySelector('figure.chart[data-graph="cpu"]')?.dataset.src;
    this.at = this.src ? undefined : Date.now();
    this.paused = false;
    this.busy = false;
    this.state = make('span', { class: 'live-state' });
    this.button = make('button', {
      class: 'button is-quiet', type: 'button', click: () => this.flip(),
    });
    this.ended = make('p', { role: 'status' });
    bar.append(this.state, this.button, this.ended);
    this.show();
    this.showTitle(document);
    this.look().then(() => this.show());
    this.timers = [setInterval(() => this.show(), 1000),
      setInterval(() => this.refresh(), seconds * 1000)];
  }

  flip() {
    this.paused = !this.paused;
    this.show();
    if (!this.paused) this.refresh();
  }

  /** What is said of the age: the word, and whether it is a warning. */
  age() {
    if (this.at === null) return [word('live-none'), true];
    const late = Date.now() - this.at > LATE * this.seconds * 1000;
    const name = this.paused ? 'live-paused' : late ? 'live-late' : 'live-on';
    return [word(name, { age: relative(this.at) }), late && !this.paused];
  }

  show() {
    this.button.textContent = word(this.paused ? 'live-resume' : 'live-pause');
    if (this.at === undefined) return;
    const [text, isLate] = this.age();
    const mark = this.paused ? 'pause' : isLate ? 'warn' : 'running';
    if (this.mark !== mark) this.state.replaceChildren(icon(mark), make('span'));
    this.mark = mark;
    this.state.lastChild.textContent = text;
    this.state.classList.toggle('is-late', isLate);
  }

  showTitle(page) {
    const state = stateIn(page);
    if (state) document.title = `${state} · ${this.title}`;
  }

  async look() {
    if (!this.src) {
      this.at = Date.now();
      return;
    }
    try {
      const newest = await askNewest(this.src);
      // A sample that is known ages; that there is none any more says less.
      this.at = newest ?? this.at ?? null;
    } catch {
      this.at ??= null;
    }
  }

  async refresh() {
    if (document.hidden || this.busy || this.paused) return;
    this.busy = true;
    try {
      const page = await freshPage();
      const isLast = page && !page.querySelector('main[data-live]');
      if (page) {
        replaceParts(page, isLast);
        this.showTitle(page);
      }
      if (isLast) this.end(page);
      // A page that could not be had is no newer than it was.
      else if (page || this.src) await this.look();
      forget();
      await Promise.all(this.inView().map((chart) => chart.load()));
    } catch {
      // The next tick tries again; what is shown stays.
    }
    this.busy = false;
  }

  end(page) {
    this.timers.forEach(clearInterval);
    this.state.remove();
    this.button.remove();
    this.ended.className = 'notice is-info';
    const state = stateIn(page);
    this.ended.textContent = word(state ? 'live-ended' : 'live-over', { state });
  }
}

/** Every <main data-live> seconds: parts of the page, then the graphs of `inView()`. */
export function startLive(inView) {
  const seconds = Number(document.querySelector('main[data-live]')?.dataset.live);
  const bar = document.querySelector('[data-live-bar]');
  if (seconds && bar) new Live(bar, seconds, inView);
}
