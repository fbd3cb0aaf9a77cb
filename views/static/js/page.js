// Small helps of a page: menus, script card, folded rows, section links.
import { word } from './words.js';

const CARDS = 20;

/** Copies what `text` gives, and says so on the button for a moment. */
export function startCopy(button, text) {
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  const label = button.querySelector('span') ?? button.lastChild;
  const name = label.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    label.textContent = word('copied');
    setTimeout(() => { label.textContent = name; }, 2000);
  });
}

const linesOf = (elements) => `${[...elements].map((one) => one.textContent).join('\n')}\n`;

function startScript(card) {
  const text = card.querySelector('.script-text');
  const wrap = card.querySelector('[data-wrap]');
  if (wrap) {
    wrap.hidden = false;
    wrap.addEventListener('click', () => {
      const on = text.classList.toggle('is-wrapped');
      wrap.setAttribute('aria-pressed', on);
    });
  }
  startCopy(card.querySelector('[data-copy]'), () => linesOf(text.querySelectorAll('li')));
}

/** A card whose `data-copied` elements are the lines to copy. */
function startLines(card) {
  const lines = card.querySelectorAll('[data-copied]');
  if (lines.length > 0) startCopy(card.querySelector('[data-copy]'), () => linesOf(lines));
}

function startFold(button) {
  const tasks = document.querySelectorAll(
    `[data-fold-of="${CSS.escape(button.dataset.fold)}"]`);
  const show = (open) => {
    button.setAttribute('aria-expanded', open);
    for (const row of tasks) row.hidden = !open;
  };
  show(false);
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
}

/** On a phone a long list shows some cards at a time, the next ones on demand. */
function startMore(nav) {
  const cards = [...nav.previousElementSibling.querySelectorAll('tbody tr:not(.is-task)')];
  let shown = 0;
  const show = () => {
    shown += CARDS;
    cards.forEach((card, i) => card.classList.toggle('is-later', i >= shown));
    nav.hidden = shown >= cards.length;
  };
  show();
  nav.querySelector('button').addEventListener('click', () => {
    const first = cards[shown];
    show();
    first.querySelector('a, button').focus();
  });
}

function startSectionLinks(nav) {
  const links = [...nav.querySelectorAll('a[href^="#"]')];
  const targets = links.map((link) => document.getElementById(link.hash.slice(1)));
  const update = () => {
    const line = nav.getBoundingClientRect().bottom + 24;
    let at = -1;
    targets.forEach((target, i) => {
      if (target && target.getBoundingClientRect().top <= line) at = i;
    });
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    if (end && scrollY > 0) at = links.length - 1;
    links.forEach((link, i) => {
      if (i === at) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  };
  let asked = false;
  addEventListener('scroll', () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; update(); });
  }, { passive: true });
  update();
}

/** A menu of the frame works by itself; here it also closes as one expects of a menu. */
function startMenu(menu) {
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

/** On a narrow screen the navigation is a menu; without script it is a row that scrolls. */
function startRail(button) {
  const rail = button.closest('.rail');
  const show = (open) => {
    button.setAttribute('aria-expanded', open);
    rail.classList.toggle('is-open', open);
  };
  rail.classList.add('is-menu');
  button.hidden = false;
  button.addEventListener('click', () => show(!rail.classList.contains('is-open')));
  rail.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !rail.classList.contains('is-open')) return;
    show(false);
    button.focus();
  });
}

/** Starts all of them. */
export function startPage() {
  document.querySelectorAll('[data-rail-menu]').forEach(startRail);
  document.querySelectorAll('[data-menu]').forEach(startMenu);
  document.querySelectorAll('.script').forEach(startScript);
  document.querySelectorAll('.next-time, .ticket').forEach(startLines);
  // Parts of a page that follows its job come new.
  document.addEventListener('fresh', ({ detail }) => {
    detail.querySelectorAll('.next-time').forEach(startLines);
  });
  document.querySelectorAll('[data-fold]').forEach(startFold);
  document.querySelectorAll('[data-more]').forEach(startMore);
  document.querySelectorAll('.section-links').forEach(startSectionLinks);
}
