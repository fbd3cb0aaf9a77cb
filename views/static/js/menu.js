// The small menu of a chart and the button that undoes the zoom.
import { icon, make } from './dom.js';
import { word } from './words.js';
import { canReset } from './range.js';

/**
 * Makes the tools of a chart. `items()` lists what the menu holds when it opens:
 * {name, act} with the word's name and the function.
 */
export function makeTools(title, items) {
  const reset = make(
    'button',
    {
      class: 'button is-quiet', type: 'button', 'data-zoom-reset': true,
      title: word('zoom-reset'), 'aria-label': word('zoom-reset'),
    },
    icon('reset'),
  );
  reset.hidden = !canReset();
  const label = word('menu', { title });
  const opener = make(
    'button',
    {
      class: 'button is-quiet', type: 'button', title: label, 'aria-label': label,
      'aria-haspopup': 'menu', 'aria-expanded': 'false',
    },
    icon('menu'),
  );
  const element = make('div', { class: 'chart-tools' }, reset, opener);
  let menu = null;

  function close(giveBack) {
    menu?.remove();
    menu = null;
    opener.setAttribute('aria-expanded', 'false');
    document.removeEventListener('click', outside, true);
    if (giveBack) opener.focus();
  }

  function outside(event) {
    if (!element.contains(event.target)) close(false);
  }

  function move(event) {
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close(true);
    else if (step) all[(at + step + all.length) % all.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function open() {
    const buttons = items().map(({ name, act }) =>
      make('button', { type: 'button', role: 'menuitem', click: () => { close(true); act(); } },
        word(name)));
    menu = make('div', { class: 'chart-menu', role: 'menu', 'aria-label': label, keydown: move },
      ...buttons);
    element.append(menu);
    opener.setAttribute('aria-expanded', 'true');
    document.addEventListener('click', outside, true);
    buttons[0].focus();
  }

  opener.addEventListener('click', () => (menu ? close(true) : open()));
  return element;
}
