// A chart as a file: CSV with the raw values in UTC, PNG with what it is about and its legend.
import { fontOf } from './axes.js';
import { csvOf } from './csv.js';
import { save } from './dom.js';
import { moment } from './format.js';
import { color } from './palette.js';

const ZOOM = 2;
const LEAST_WIDTH = 720;
const MARGIN = 16;
const ROW = 20;

/** Saves the values of `model` as `name`.csv. */
export function saveCsv(model, name) {
  save(new Blob(['\ufeff', csvOf(model)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

/** Whose and what page it is, and the time that is shown: "Narval · Job 4711 · alice · …". */
function about({ u }) {
  const head = [...document.querySelectorAll('.print-head > :not([data-print-time])')];
  const { min, max } = u.scales.x;
  const ends = [min, max].map((at) => moment(at * 1000, 'absolute')).join(' – ');
  return [...head.map((part) => part.textContent.trim()), ends].filter(Boolean).join(' · ');
}

/** Entries of a legend in rows that are no wider than `width`. */
function rowsOf(context, entries, width) {
  const rows = [[]];
  let used = 0;
  for (const entry of entries) {
    const size = context.measureText(entry.text).width + 44;
    if (used + size > width - 2 * MARGIN && used > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1).push({ ...entry, at: MARGIN + used });
    used += size;
  }
  return rows;
}

function drawKey(context, { color: look, dash, filled }, x, y) {
  context.fillStyle = look;
  context.strokeStyle = look;
  context.lineWidth = 3;
  context.setLineDash(dash);
  if (filled) context.fillRect(x, y - 9, 16, 10);
  else context.stroke(new Path2D(`M${x} ${y - 4}h20`));
}

/** Saves `chart` as `name`.png, twice as fine as on the screen. */
export async function savePng(chart, name) {
  const width = Math.max(LEAST_WIDTH, chart.u.width);
  const { height } = chart.u;
  const plot = chart.picture({ width, height, zoom: ZOOM });
  await new Promise((done) => setTimeout(done)); // it is drawn after this turn
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  context.font = fontOf(13);
  const rows = rowsOf(context, chart.legendEntries(), width);
  const notes = chart.notes();
  const top = 56;
  canvas.width = width * ZOOM;
  canvas.height = (top + height + (rows.length + notes.length) * ROW + MARGIN) * ZOOM;
  context.scale(ZOOM, ZOOM);
  context.fillStyle = color('--surface');
  context.fillRect(0, 0, width, canvas.height);
  context.drawImage(plot, 0, top, width, height);
  const write = (text, x, y, style, font) => {
    context.fillStyle = color(style);
    context.font = font;
    context.fillText(text, x, y);
  };
  const unit = chart.model.scale.name;
  const title = unit ? `${chart.title} (${unit})` : chart.title;
  write(title, MARGIN, 24, '--text', `600 ${fontOf(16)}`);
  write(about(chart), MARGIN, 44, '--muted', fontOf(13));
  let y = top + height + ROW;
  for (const row of rows) {
    for (const { line, text, at } of row) {
      drawKey(context, line, at, y);
      write(text, at + 26, y, '--text', fontOf(13));
    }
    y += ROW;
  }
  for (const note of notes) {
    write(note, MARGIN, y, '--muted', fontOf(13));
    y += ROW;
  }
  canvas.toBlob((blob) => save(blob, `${name}.png`), 'image/png');
}
