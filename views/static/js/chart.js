// One figure: asks for its graph when near the screen, then draws it with all its tools.
import { icon, make } from './dom.js';
import { amount } from './format.js';
import { makeApart, makeFold } from './fold.js';
import { canHeat, isHeat, makeHeat, scaleOf } from './heat.js';
import { takeKeys } from './keys.js';
import { makeLegend } from './legend.js';
import { load } from './load.js';
import { saveCsv, savePng } from './files.js';
import { makeTools } from './menu.js';
import { makeModel, summary } from './model.js';
import { makePlot, redrawLines, showRange } from './plot.js';
import { addressOf, canRefine, onZoom, zoomed } from './range.js';
import { signInAgain } from './session.js';
import { showTip } from './tip.js';
import { makeTwin } from './twin.js';
import { noticeText, word, wordOr } from './words.js';

// Zoomed in this far, a chart asks for finer points, if the step is not already the finest.
const WORTH = 0.5;
const FINEST = 30;

/** A chart in its figure. Call `load()` once it comes near the screen. */
export class Chart {
  constructor(figure) {
    this.figure = figure;
    this.title = figure.querySelector('h3')?.textContent ?? '';
    this.series = null;
    this.asHeat = null;
    this.body = make('div', { class: 'chart-body' });
    this.host = null;
    this.u = null;
    figure.querySelector('.chart-empty')?.before(this.body);
    if (!this.body.isConnected) figure.append(this.body);
    this.wait(word('loading'), true);
    this.near = false;
    this.detail = null;
    onZoom((range) => this.zoomTo(range));
    document.addEventListener('portal:theme', () => this.model && this.draw(this.answer));
    new ResizeObserver(() => this.resize()).observe(figure);
  }

  /** The address of the graph, with the page's time range if the page has one. */
  url(series = this.series) {
    const url = addressOf(this.figure.dataset.src);
    if (this.detail) {
      url.searchParams.delete('delta');
      url.searchParams.set('start', Math.floor(this.detail.min));
      url.searchParams.set('end', Math.ceil(this.detail.max));
    }
    if (series) url.searchParams.set('series', series);
    return url.href;
  }

  /** Asks for the answer and shows it, or says why there is none. */
  async load() {
    this.figure.setAttribute('aria-busy', 'true');
    const url = this.url();
    try {
      const answer = await load(url);
      if (url !== this.url()) return; // something else is wanted meanwhile
      if (!this.detail) this.whole = answer;
      this.draw(answer);
    } catch (error) {
      if (error.status === undefined) throw error;
      this.fail(error);
    } finally {
      this.figure.removeAttribute('aria-busy');
    }
  }

  zoomTo(range) {
    if (!this.u) return;
    showRange(this.u, this.model, range);
    this.legend.weigh(range);
    clearTimeout(this.later);
    if (this.near) this.later = setTimeout(() => this.refine(), 250);
  }

  /** Asks for finer points of the zoomed time, or goes back to those of the whole. */
  async refine() {
    const range = zoomed();
    const { grid } = this.whole ?? this.answer ?? {};
    if (!grid || !canRefine()) return;
    const span = range && (range.max - range.min) / (grid.step * Math.max(1, grid.n - 1));
    const wanted = range && span < WORTH && grid.step > FINEST ? range : null;
    if (wanted === this.detail) return;
    this.detail = wanted;
    if (!wanted) {
      this.draw(this.whole);
      return;
    }
    this.whole ??= this.answer;
    try {
      const answer = await load(this.url());
      if (this.detail === wanted) this.draw(answer);
    } catch {
      // The coarse points stay.
    }
  }

  wait(text, isLoading, ...more) {
    const state = isLoading ? 'chart-wait is-loading' : 'chart-wait';
    this.body.replaceChildren(make('div', { class: state }, make('span', {}, text), ...more));
  }

  fail(error) {
    this.clear();
    const again = error.status === 401 ? signInAgain : () => this.again();
    const name = error.status === 401 ? 'session-again' : 'retry';
    this.wait(
      this.why(error), false,
      make('button', { class: 'button', type: 'button', click: again }, icon('refresh'),
        word(name)),
    );
    this.figure.dataset.chart = 'failed';
  }

  why(error) {
    const tooLong = error.source === 'too_long' ? 'too_long' : null;
    const source = error.source && wordOr(`source-${error.source}`, error.source);
    const kind = tooLong ?? (source ? 'source' : null) ??
      { 0: 'network', 401: 'session' }[error.status] ?? 'other';
    return word(`error-${kind}`, { source, status: error.status });
  }

  again() {
    this.wait(word('loading'), true);
    this.load();
  }

  clear() {
    this.u?.destroy();
    this.u = null;
    this.model = null;
    this.tools?.remove();
    this.figure.classList.remove('is-empty');
    const empty = this.figure.querySelector('.chart-empty');
    if (empty) empty.hidden = true;
  }

  draw(answer) {
    const before = new Map(this.model?.lines.map((one) => [one.name, one.shown]));
    this.clear();
    this.answer = answer;
    const graph = this.graphIn(answer);
    if (!graph || graph.series.length === 0) return this.empty(answer);
    const otherMax = Number(this.figure.dataset.hintMax) || null;
    this.model = makeModel(graph, answer.grid, otherMax);
    for (const line of this.model.lines) line.shown = before.get(line.name) ?? line.shown;
    this.canHeat = canHeat(graph);
    this.heat = this.canHeat && (this.asHeat ?? isHeat(graph));
    this.build(answer);
    this.figure.dataset.chart = 'drawn';
    return undefined;
  }

  empty(answer) {
    const notices = (answer.notices ?? []).map((notice) => this.notice(notice));
    let empty = this.figure.querySelector('.chart-empty');
    if (!empty) {
      empty = make('p', { class: 'chart-empty' }, word('no-data'));
      this.figure.append(empty);
    }
    empty.hidden = false;
    this.body.replaceChildren();
    this.figure.querySelectorAll('.chart-notice').forEach((one) => one.remove());
    this.figure.append(...notices);
    this.figure.classList.add('is-empty');
    this.figure.dataset.chart = 'empty';
  }

  notice(notice) {
    const text = make('span', {}, noticeText(notice));
    return make('p', { class: 'chart-notice' }, icon('warn'), text);
  }

  build(answer) {
    const unit = this.figure.querySelector('.chart-unit');
    if (unit) unit.textContent = this.model.scale.name;
    this.tip = make('div', { class: 'chart-tip', hidden: true });
    this.host = make('div', {
      class: 'chart-plot', tabindex: 0, role: 'application',
      'aria-label': word('chart-label', { title: this.title }),
    });
    const hadFocus = this.body.contains(document.activeElement);
    this.legend = makeLegend(this.model, {
      range: zoomed(),
      open: this.legendOpen ?? false,
      opened: (open) => { this.legendOpen = open; },
      changed: () => redrawLines(this.u, this.model),
    });
    this.figure.querySelectorAll('.chart-notice').forEach((one) => one.remove());
    this.body.replaceChildren(
      this.host, this.heat ? '' : this.legend.element, makeApart(this.model) ?? '',
      makeFold(this.model, this.series, (series) => this.choose(series)) ?? '', this.summary(),
      ...(answer.notices ?? []).map((notice) => this.notice(notice)),
    );
    if (this.table) this.showTable();
    this.tools = makeTools(this.title, () => this.menuItems());
    this.figure.append(this.tools);
    this.plot();
    if (hadFocus) this.host.focus({ preventScroll: true });
  }

  /** Is the reader in the chart's menu, so that it should not be drawn anew? */
  inUse() {
    return this.figure.querySelector('.chart-menu') != null;
  }

  plot() {
    const make = this.heat ? makeHeat : makePlot;
    const soft = 'fill' in this.figure.dataset;
    this.u = make(this.host, this.model, { soft, tip: this.tip, moved: (i) => this.moved(i) });
    this.host.style.height = `${this.u.height}px`;
    this.host.append(this.tip);
    takeKeys(this.host, () => this.u && { u: this.u, model: this.model });
    const hide = () => { this.tip.hidden = true; };
    this.u.over.addEventListener('mouseleave', hide);
    this.host.addEventListener('blur', hide);
  }

  moved(index) {
    this.legend.show(index);
    if (!this.u) return;
    const here = this.u.over.matches(':hover') || document.activeElement === this.host;
    if (this.heat && here) return;
    showTip(this.tip, this.u, this.host, this.model, here ? index : null);
  }

  summary() {
    const lines = this.model.lines.slice(0, 8).map((line) => {
      const found = summary(line.values);
      const values = found && {
        min: amount(found.min, line.unit), mean: amount(found.mean, line.unit),
        max: amount(found.max, line.unit),
      };
      return found ? word('summary', { name: line.name, ...values }) : '';
    });
    return make('p', { class: 'hidden-text' }, lines.join(' '));
  }

  /** Shows all nodes, every series, or (null) what they add up to. */
  async choose(series) {
    this.series = series;
    this.asHeat = null;
    this.detail = null;
    this.wait(word('loading'), true);
    await this.load();
    await this.refine();
  }

  menuItems() {
    const name = this.figure.dataset.file ?? this.figure.dataset.graph;
    const look = this.canHeat && {
      name: this.heat ? 'menu-lines' : 'menu-heat',
      act: () => { this.asHeat = !this.heat; this.draw(this.answer); },
    };
    return [
      { name: this.table ? 'menu-table-hide' : 'menu-table', act: () => this.flipTable() },
      look,
      { name: 'menu-csv', act: () => saveCsv(this.shown(), name) },
      { name: 'menu-csv-all', act: () => this.saveAll(`${name}-all`) },
      { name: 'menu-png', act: () => savePng(this, name) },
    ].filter(Boolean);
  }

  shown() {
    const lines = this.model.lines.filter((line) => line.shown);
    return { ...this.model, lines };
  }

  /** Saves every line there is, also those that were added up. */
  async saveAll(name) {
    try {
      const isWhole = !this.model.folded && this.series !== 'nodes';
      const answer = isWhole ? this.answer : await load(this.url('all'));
      saveCsv(makeModel(this.graphIn(answer), answer.grid, null), name);
    } catch (error) {
      if (error.status === undefined) throw error;
      const text = make('span', {}, this.why(error));
      this.failed?.remove();
      this.failed = make('p', { class: 'chart-notice' }, icon('warn'), text);
      this.body.append(this.failed);
    }
  }

  graphIn(answer) {
    return answer.graphs.find((one) => one.slug === this.figure.dataset.graph);
  }

  /** What the colours of the drawing mean: {line, text}. */
  legendEntries() {
    return this.heat ? scaleOf(this.model) : this.legend.texts();
  }

  /** What is said under the drawing. */
  notes() {
    const all = this.body.querySelectorAll('.chart-apart, .chart-fold > span');
    return [...all].map((one) => one.textContent);
  }

  /** Draws the chart from an answer that is there now, unless it is drawn or empty already. */
  loadNow(answerOf) {
    if (this.figure.dataset.chart === 'drawn' || this.figure.dataset.chart === 'empty') return;
    const answer = answerOf(this.url());
    if (!answer) return;
    this.asked = true;
    this.whole = answer;
    this.draw(answer);
  }

  /** A canvas with the chart in `size` {width, height, zoom}; it is drawn after this turn. */
  picture(size) {
    const hooks = { soft: 'fill' in this.figure.dataset, still: size, moved: () => {} };
    const draw = this.heat ? makeHeat : makePlot;
    const u = draw(document.createElement('div'), this.model, hooks);
    setTimeout(() => u.destroy());
    return u.ctx.canvas;
  }

  showTable() {
    this.table = makeTwin(this.model, this.title);
    this.body.append(this.table);
  }

  flipTable() {
    if (this.table) {
      this.table.remove();
      this.table = null;
    } else {
      this.showTable();
      this.table.focus();
    }
  }

  resize() {
    if (!this.u || !this.host) return;
    const width = this.host.clientWidth;
    if (width && width !== this.u.width) this.u.setSize({ width, height: this.u.height });
  }
}
