// Graph answers: one request per address however many figures want it, four at once per page.
import { isSignedOut, sessionOver } from './session.js';

const AT_ONCE = 4;
const LIMIT_MS = 20_000;
const answers = new Map();
const waiting = [];
let open = 0;

/** Why there is no answer. `status` 0 = the portal was not reached; `source` may be undefined. */
export class LoadError extends Error {
  constructor(status, source) {
    super(`graph: ${status} ${source ?? ''}`);
    this.status = status;
    this.source = source;
  }
}

async function next() {
  if (open >= AT_ONCE || waiting.length === 0) return;
  open += 1;
  const { url, done, failed } = waiting.shift();
  try {
    done(await ask(url));
  } catch (error) {
    failed(error);
  }
  open -= 1;
  next();
}

async function ask(url) {
  let response;
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const headers = { Accept: 'application/json' };
    response = await fetch(url, { redirect: 'manual', headers, signal });
  } catch {
    throw new LoadError(0);
  }
  const isJson = response.headers.get('content-type')?.includes('json');
  if (isSignedOut(response) || (response.ok && !isJson)) {
    sessionOver();
    throw new LoadError(401);
  }
  let body = {};
  try {
    body = await response.json();
  } catch {
    if (response.ok) throw new LoadError(0);
  }
  if (!response.ok) throw new LoadError(response.status, body.error);
  return body;
}

function queued(url) {
  return new Promise((done, failed) => {
    waiting.push({ url, done, failed });
    next();
  });
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function askTwice(url) {
  try {
    return await queued(url);
  } catch (error) {
    if (error.source === 'too_long') throw error;
    const mayPass = error.status === 0 || error.status === 502 || error.status === 503;
    if (!mayPass) throw error;
    await pause(1500 + Math.random() * 1500);
    return queued(url);
  }
}

/** The answer of `url`; asked once, shared by all who want it. Fails with a LoadError. */
export function load(url) {
  if (!answers.has(url)) {
    const answer = askTwice(url);
    answers.set(url, answer);
    answer.catch(() => answers.delete(url));
  }
  return answers.get(url);
}

/** The answer of `url` with the page waiting for it, as before printing it must; null if none. */
export function loadNow(url) {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.setRequestHeader('Accept', 'application/json');
  try {
    request.send();
    return request.status === 200 ? JSON.parse(request.responseText) : null;
  } catch {
    return null;
  }
}

/** Forgets all answers, so that the next load asks again. */
export function forget() {
  answers.clear();
}
