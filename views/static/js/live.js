// A page whose job runs keeps itself up to date while it is seen.
import { forget } from './load.js';
import { isSignedOut, sessionOver } from './session.js';
import { showTimes } from './when.js';

/** The page as it is now; null if there is none to be had. */
async function freshPage() {
  const headers = { Accept: 'text/html' };
  const response = await fetch(location.href, { headers, redirect: 'manual' });
  if (isSignedOut(response)) sessionOver();
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function replaceParts(page) {
  for (const part of document.querySelectorAll('[data-live-part]')) {
    const name = CSS.escape(part.dataset.livePart);
    const fresh = page.querySelector(`[data-live-part="${name}"]`);
    if (!fresh || part.contains(document.activeElement)) continue;
    const mine = document.importNode(fresh, true);
    part.replaceWith(mine);
    showTimes(mine);
  }
}

/** Every <main data-live> seconds: parts of the page, then the graphs of `inView()`. */
export function startLive(inView) {
  const main = document.querySelector('main[data-live]');
  const seconds = Number(main?.dataset.live);
  if (!seconds) return;
  let busy = false;
  const timer = setInterval(async () => {
    if (document.hidden || busy) return;
    busy = true;
    try {
      const page = await freshPage();
      if (page) replaceParts(page);
      if (page && !page.querySelector('main[data-live]')) clearInterval(timer);
      forget();
      await Promise.all(inView().map((chart) => chart.load()));
    } catch {
      // The next tick tries again; what is shown stays.
    }
    busy = false;
  }, seconds * 1000);
}
