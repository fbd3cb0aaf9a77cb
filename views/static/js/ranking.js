// Who used a file system most over the time that is shown, from the answers of its graphs.
import { make } from './dom.js';
import { amount, number } from './format.js';
import { load } from './load.js';
import { meanWithin } from './model.js';
import { addressOf, onZoom, zoomed } from './range.js';
import { word } from './words.js';

const FEW = 6;

/** Adds what each person did in one graph to `people`; `column` says what the graph is about. */
function take(people, column, { graphs: [graph], grid }, range) {
  const x = Array.from({ length: grid.n }, (_, i) => grid.start + i * grid.step);
  for (const series of graph?.series ?? []) {
    const name = series.labels.user ?? '';
    if (!people.has(name)) people.set(name, { name });
    // A gap says that others did more at that moment: it counts as nothing.
    people.get(name)[column] = meanWithin(x, series.values, range);
  }
}

const traffic = (one) => (one.read ?? 0) + (one.write ?? 0);
const value = (one, by) => (by === 'traffic' ? traffic(one) : one[by] ?? -1);

function nameCell({ name }, links) {
  const head = make('th', { scope: 'row', class: 'card-wide' });
  head.append(name ? make('a', { href: `${links}${encodeURIComponent(name)}/`, translate: 'no' },
    name) : make('span', { class: 'no-data' }, word('series-others')));
  return head;
}

/** Of those who are never among the heaviest nothing is known. */
const rate = (value, unit) => (value == null ? '–' : amount(value, unit));

function makeRow(table, heads, one, all) {
  const share = all > 0 ? `${number((100 * traffic(one)) / all)}\u202f%` : word('no-data');
  const texts = [rate(one.read, 'bytes_per_second'), rate(one.write, 'bytes_per_second'), share,
    rate(one.operations, 'ops_per_second')];
  const cells = texts.map((text, i) => make('td', { class: 'num', 'data-label': heads[i] }, text));
  return make('tr', {}, nameCell(one, table.dataset.links), ...cells);
}

class Ranking {
  constructor(box) {
    this.box = box;
    this.table = box.querySelector('table');
    this.more = box.nextElementSibling;
    this.by = 'traffic';
    this.open = false;
    const section = box.closest('section');
    this.graphs = [...box.querySelectorAll('button[data-slug]')].map(({ dataset }) => ({
      column: dataset.by,
      src: section.querySelector(`figure[data-graph="${dataset.slug}"]`).dataset.src,
    }));
    for (const button of box.querySelectorAll('button[data-by]')) {
      button.addEventListener('click', () => { this.by = button.dataset.by; this.show(); });
    }
    this.more.addEventListener('click', () => { this.open = !this.open; this.show(); });
    onZoom(() => this.show());
  }

  async start() {
    const ask = ({ src }) => load(addressOf(src).href).catch(() => null);
    this.answers = await Promise.all(this.graphs.map(ask));
    this.show();
  }

  people() {
    const people = new Map();
    this.graphs.forEach(({ column }, i) => {
      if (this.answers[i]) take(people, column, this.answers[i], zoomed());
    });
    return [...people.values()];
  }

  show() {
    if (!this.answers) return;
    const people = this.people().sort((a, b) => value(b, this.by) - value(a, this.by));
    const all = people.reduce((sum, one) => sum + traffic(one), 0);
    const seen = people.slice(0, this.open ? people.length : FEW);
    const heads = [...this.table.tHead.rows[0].cells].slice(1)
      .map((head) => head.innerText.trim());
    const rows = seen.map((one) => makeRow(this.table, heads, one, all));
    this.table.tBodies[0].replaceChildren(...rows);
    for (const button of this.table.querySelectorAll('button[data-by]')) {
      const head = button.closest('th');
      if (button.dataset.by === this.by) head.setAttribute('aria-sort', 'descending');
      else head.removeAttribute('aria-sort');
    }
    const left = people.length - FEW;
    this.more.hidden = left <= 0;
    this.more.textContent = word(this.open ? 'legend-fewer' : 'tip-more', { n: left });
    this.more.setAttribute('aria-expanded', String(this.open));
    this.box.hidden = people.length === 0;
  }
}

/** Fills each ranking of the page once it comes near. */
export function startRankings() {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      new Ranking(target.querySelector('[data-ranking]')).start();
    }
  }, { rootMargin: '300px' });
  for (const box of document.querySelectorAll('[data-ranking]')) {
    watch.observe(box.closest('section'));
  }
}
