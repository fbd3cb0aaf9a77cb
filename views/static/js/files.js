// A chart as a file: CSV with the raw values in UTC, PNG with title and legend.
import { csvOf } from './csv.js';
import { save } from './dom.js';
import { color } from './palette.js';

/** Saves the values as `name`.csv. */
export function saveCsv(model, name) {
  save(new Blob(['\ufeff', csvOf(model)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

function legendRows(context, lines, width) {
  const rows = [[]];
  let used = 0;
  for (const line of lines) {
    const size = context.measureText(line.name).width + 44;
    if (used + size > width - 32 && used > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1).push({ line, at: used });
    used += size;
  }
  return rows;
}

/** Saves the drawing `u` of `model` as `name`.png. */
export function savePng(u, model, title, name) {
  const ratio = devicePixelRatio;
  const { width, height } = u;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const font = 'system-ui, "Noto Sans", "Liberation Sans", Arial, sans-serif';
  context.font = `13px ${font}`;
  const lines = model.lines.filter((line) => line.shown).slice(0, 40);
  const rows = legendRows(context, lines, width);
  canvas.width = width * ratio;
  canvas.height = (40 + height + 12 + rows.length * 20 + 8) * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = color('--surface');
  context.fillRect(0, 0, width, canvas.height);
  context.fillStyle = color('--text');
  context.font = `600 15px ${font}`;
  context.fillText(`${title} (${model.scale.name || model.unit})`, 16, 26);
  context.drawImage(u.ctx.canvas, 0, 40, width, height);
  context.font = `13px ${font}`;
  rows.forEach((row, i) => {
    const y = 40 + height + 24 + i * 20;
    for (const { line, at } of row) {
      context.fillStyle = line.color;
      context.fillRect(16 + at, y - 8, 14, 8);
      context.fillStyle = color('--text');
      context.fillText(line.name, 36 + at, y);
    }
  });
  canvas.toBlob((blob) => save(blob, `${name}.png`), 'image/png');
}
