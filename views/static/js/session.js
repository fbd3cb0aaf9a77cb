// When the session is over, one dialog offers to sign in again; the page behind stays readable.
import { make } from './dom.js';
import { word } from './words.js';

let dialog = null;

/** Shows the dialog; further calls while it was once shown do nothing. */
export function sessionOver() {
  if (dialog) return;
  dialog = make(
    'dialog',
    { 'aria-labelledby': 'session-title' },
    make('h2', { id: 'session-title' }, word('session-title')),
    make('p', {}, word('session-text')),
    make(
      'div',
      { class: 'dialog-actions' },
      make('button', { class: 'button', type: 'button', click: () => dialog.close() },
        word('session-later')),
      make('button', { class: 'button is-main', type: 'button', click: () => location.reload() },
        word('session-again')),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
