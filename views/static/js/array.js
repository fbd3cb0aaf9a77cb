// The page of an array: the squares of its tasks, made of their text twin; texts to copy.
import { make } from './dom.js';
import { startCopy } from './page.js';

/** Each index of "1-3,7". */
function* indicesOf(list) {
  for (const part of list.split(',')) {
    const [first, last = first] = part.split('-').map(Number);
    for (let index = first; index <= last; index += 1) yield index;
  }
}

function squaresOf(section, { squares: base, query, marked }) {
  const all = [];
  for (const twin of section.querySelectorAll('[data-tasks]')) {
    const { tone, sign, word: state } = twin.dataset;
    for (const index of indicesOf(twin.textContent.trim())) all.push({ index, tone, sign, state });
  }
  all.sort((a, b) => a.index - b.index);
  return all.map(({ index, tone, sign, state }) => make('a', {
    class: `square ${tone}`,
    href: `../../${base}${index}/${query}`,
    tabindex: -1,
    title: `${index}: ${state}`,
    'aria-label': `${index}: ${state}`,
    'data-sign': sign,
    'aria-current': String(index) === marked && 'true',
  }));
}

/** How many squares a row has, as they lie on the page now. */
function rowLength(squares) {
  const top = squares[0].offsetTop;
  const below = squares.findIndex((one) => one.offsetTop !== top);
  return below < 0 ? squares.length : below;
}

function target(key, at, squares) {
  switch (key) {
    case 'ArrowRight': return at + 1;
    case 'ArrowLeft': return at - 1;
    case 'ArrowDown': return at + rowLength(squares);
    case 'ArrowUp': return at - rowLength(squares);
    case 'Home': return 0;
    case 'End': return squares.length - 1;
    default: return null;
  }
}

/** One square is in the order of Tab; the arrow keys move from there. */
function takeKeys(grid, squares) {
  let at = Math.max(0, squares.findIndex((one) => one.hasAttribute('aria-current')));
  squares[at].tabIndex = 0;
  grid.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = target(event.key, squares.indexOf(event.target), squares);
    if (to === null) return;
    event.preventDefault();
    if (!squares[to]) return;
    squares[at].tabIndex = -1;
    at = to;
    squares[at].tabIndex = 0;
    squares[at].focus();
  });
}

function startSquares(grid) {
  const section = grid.closest('section');
  const squares = squaresOf(section, grid.dataset);
  if (squares.length === 0) return;
  grid.append(...squares);
  grid.hidden = false;
  section.querySelector('.squares-text').open = false;
  takeKeys(grid, squares);
}

function startIn(part) {
  part.querySelectorAll('[data-squares]').forEach(startSquares);
  for (const button of part.querySelectorAll('[data-copy-of]')) {
    startCopy(button, () => document.getElementById(button.dataset.copyOf).textContent);
  }
}

/** Starts both, also in parts that come new. */
export function startArray() {
  startIn(document);
  document.addEventListener('fresh', ({ detail }) => startIn(detail));
}
