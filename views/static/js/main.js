// Entry point of the one script of every page; it is loaded with `defer`.
import { startArray } from './array.js';
import { Chart } from './chart.js';
import { startColumns } from './columns.js';
import { startLive } from './live.js';
import { startMe } from './me.js';
import { startNow } from './now.js';
import { startPage } from './page.js';
import { startPrint } from './print.js';
import { startZoomReset } from './range.js';
import { startRankings } from './ranking.js';
import { returnToPlace } from './session.js';
import { startTheme } from './theme.js';
import { startTimes } from './when.js';

const NEAR = '300px';

/** Loads each chart of the page when it comes near; returns those in view. */
function startCharts() {
  const charts = new Map();
  const near = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const chart = charts.get(target);
      if (isIntersecting && !chart.asked) {
        chart.asked = true;
        chart.load();
      }
      chart.near = isIntersecting;
      if (isIntersecting) near.add(chart);
      else near.delete(chart);
      if (isIntersecting && chart.whole) chart.refine();
    }
  }, { rootMargin: NEAR });
  for (const figure of document.querySelectorAll('figure.chart[data-src]')) {
    charts.set(figure, new Chart(figure));
    watch.observe(figure);
  }
  startPrint(() => charts.values());
  return () => [...near].filter((chart) => !chart.inUse());
}

startTheme();
startTimes();
startColumns();
startPage();
startArray();
startZoomReset();
startMe();
startNow();
startRankings();
startLive(startCharts());
returnToPlace();
