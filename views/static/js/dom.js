// Small helpers to make elements; all text goes in as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an HTML element. `props` are attributes; a function is an event listener named by its
 * key ("click"), `false`, `null` and `undefined` are left out, `true` is an empty attribute.
 */
export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** An icon of the sprite, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${wordsElement()?.dataset.icons ?? ''}#${name}`);
  svg.append(use);
  return svg;
}

/** A short line in the colour and dashes of a series, for legends and tool tips. */
export function key({ color, dash, filled }) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'chart-key');
  svg.setAttribute('viewBox', '0 0 18 10');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, filled ? 'rect' : 'path');
  const attributes = filled
    ? { x: 3, y: 0, width: 12, height: 10, rx: 2, fill: color }
    : { d: 'M0 5h18', stroke: color, 'stroke-width': 3, 'stroke-dasharray': dash.join(' ') };
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

/** Offers `blob` to the reader as a file. */
export function save(blob, name) {
  const link = make('a', { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

let wordsCache = null;

/** The element of the page that carries the words of this script. */
export function wordsElement() {
  wordsCache ??= document.getElementById('words');
  return wordsCache;
}
