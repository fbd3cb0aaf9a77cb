// A page on paper: its graphs are all there, at the width of paper, in light colours.
import { moment } from './format.js';
import { loadNow } from './load.js';
import { inLight } from './theme.js';

const SIZE = { width: 430, height: 180, zoom: 2 };
const MOST = 6;
const LONGEST_MS = 10_000;
// What says most about a job comes first; graphs that are not named follow in their order.
const FIRST = [
  'cpu', 'mem', 'gpu_utilization', 'gpu_memory', 'gpu_power', 'lustre_ost', 'power', 'lustre_mdt',
  'infiniband_bdw',
];

function byImportance(charts) {
  const place = ({ figure }) => {
    const at = FIRST.indexOf(figure.dataset.graph);
    return at < 0 ? FIRST.length : at;
  };
  return [...charts].sort((a, b) => place(a) - place(b));
}

/** Answers by address, each asked for once, and none after a failure or too long a wait. */
function asker() {
  const answers = new Map();
  const until = performance.now() + LONGEST_MS;
  let failed = false;
  return (url) => {
    if (!answers.has(url)) {
      if (failed || performance.now() > until) return null;
      answers.set(url, loadNow(url));
      failed = answers.get(url) === null;
    }
    return answers.get(url);
  };
}

function prepare(charts) {
  const answerOf = asker();
  let left = MOST;
  for (const chart of byImportance(charts)) {
    if (left > 0) chart.loadNow(answerOf);
    const isPrinted = left > 0 && chart.figure.dataset.chart === 'drawn';
    chart.figure.classList.toggle('is-off-paper', !isPrinted);
    if (!isPrinted) continue;
    left -= 1;
    const canvas = chart.picture(SIZE);
    canvas.className = 'chart-paper';
    chart.host.after(canvas);
  }
}

function openScripts() {
  for (const script of document.querySelectorAll('details.script:not([open])')) {
    script.open = true;
    script.dataset.opened = '';
  }
}

function tidyUp() {
  document.querySelectorAll('.chart-paper').forEach((one) => one.remove());
  for (const script of document.querySelectorAll('details[data-opened]')) {
    script.open = false;
    delete script.dataset.opened;
  }
}

/** Makes pages with `charts()` ready for paper whenever they are printed. */
export function startPrint(charts) {
  let darken = () => {};
  addEventListener('beforeprint', () => {
    for (const time of document.querySelectorAll('[data-print-time]')) {
      time.textContent = moment(Date.now(), 'absolute');
    }
    darken = inLight();
    prepare(charts());
    openScripts();
  });
  addEventListener('afterprint', () => {
    tidyUp();
    darken();
  });
}
