// wait.mjs: waits for a thing to happen, not for a time that should be enough for it.
export const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/**
 * Asks `condition` until what it answers is truthy, and answers that. After so many seconds, which
 * only a thing that never happens should need, it throws and says `what` did not come about.
 */
export async function until(condition, what, seconds = 60) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > end) {
      throw new Error(`not within ${seconds} s: ${typeof what === 'function' ? what() : what}`);
    }
    await sleep(50);
  }
}
