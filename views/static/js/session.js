// When the session is over, one dialog offers to sign in again; the page can still be read. Who
// does so comes back to the same address by way of the sign-in, and to the same place on the page.
import { make } from './dom.js';
import { word } from './words.js';

const PLACE = 'portal:place';
// Longer than a sign-in takes: what is older is a visit of its own.
const KEEP_MS = 30 * 60_000;

let dialog = null;

/** Loads the page anew, which asks to sign in; `returnToPlace()` goes on from here. */
export function signInAgain() {
  const { pathname, search, hash } = location;
  try {
    const place = { page: pathname + search, hash, top: scrollY, at: Date.now() };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch {
    // Without storage the page begins at its top.
  }
  location.reload();
}

/** Goes to where the reader was before signing in again, if this is that page. */
export function returnToPlace() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch {
    return;
  }
  const here = place?.page === location.pathname + location.search;
  if (!here || Date.now() - place.at > KEEP_MS) return;
  // A form on the way back loses what follows the #.
  if (place.hash && !location.hash) history.replaceState(history.state, '', place.hash);
  scrollTo({ top: place.top, behavior: 'instant' });
}

/** Does this answer lead to a sign-in instead of what was asked for? */
export function isSignedOut(response) {
  return response.status === 401 || response.type === 'opaqueredirect';
}

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
      make('button', { class: 'button is-main', type: 'button', click: signInAgain },
        word('session-again')),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
