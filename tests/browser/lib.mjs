// What browser tests share: a Chromium, pages that watch for errors, checks a reader would make.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder for packages, screenshots and other state; set by ./run. */
export const state = process.env.BROWSER_STATE;
assert.ok(state, 'start browser tests with tests/browser/run FILE.mjs');

const require = createRequire(join(state, 'packages', 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Starts Debian's Chromium, without a window. Close it with `browser.close()`. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/**
 * A page of its own session. Options: `account` {login, password} signs in by basic auth;
 * `theme` light or dark; `width`, `height`; `locale` such as "fr"; `scripts: false`;
 * `ignoreHTTPSErrors`.
 * `page.problems` collects console errors, refusals by the content policy and failed loads.
 */
export async function open(browser, options = {}) {
  const { account, theme = 'light', width = 1440, height = 900, locale = 'en' } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    colorScheme: theme,
    timezoneId: options.zone ?? 'America/Toronto',
    reducedMotion: 'reduce',
    javaScriptEnabled: options.scripts ?? true,
    acceptDownloads: true,
    ignoreHTTPSErrors: options.ignoreHTTPSErrors ?? false,
    ...(account && { httpCredentials: { username: account.login, password: account.password } }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  watch(page);
  return page;
}

function watch(page) {
  page.problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
      page.problems.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => page.problems.push(`script: ${error.stack}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') page.problems.push(`load: ${request.url()} ${reason}`);
  });
}

/** Fails when the page had console errors, policy refusals or failed loads. */
export function expectNoProblems(page) {
  assert.deepEqual(page.problems, []);
}

/** Fails when the page is wider than its window; names the widest elements. */
export async function expectNoOverflow(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > room + 1)
      .map((one) => `${one.tagName}.${one.className?.baseVal ?? one.className}`)
      .slice(0, 10);
  });
  assert.deepEqual(wide, [], 'wider than the window');
}

/** Fails on any axe-core violation (WCAG 2.2 A and AA, best practices). */
export async function expectAccessible(page) {
  // A page that nobody sees does not renew itself, so nothing changes while it is looked through.
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true }));
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const told = violations.map(({ id, nodes }) => ({
    id,
    at: nodes.slice(0, 4).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }));
  assert.deepEqual(told, [], 'axe-core');
}

/** Scrolls to each chart so that it is asked for, and waits until all are settled. */
export async function settleCharts(page) {
  for (const figure of await page.$$('figure.chart[data-src]')) {
    if (await figure.getAttribute('data-chart')) continue;
    await figure.scrollIntoViewIfNeeded();
    await page.waitForFunction((one) => one.dataset.chart, figure);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

/** States of the charts by slug: drawn, empty or failed. */
export function chartStates(page) {
  return page.$$eval('figure.chart', (all) =>
    Object.fromEntries(all.map((one) => [one.dataset.graph, one.dataset.chart])));
}

/** Share of pixels of a chart's canvas that hold something other than nothing, 0 … 1. */
export function inkOf(page, slug) {
  return page.$eval(`figure.chart[data-graph="${slug}"] canvas`, (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let inked = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked += 1;
    return inked / (data.length / 4);
  });
}

/** Does `action`, which has that chart drawn anew, and waits until it is. */
export async function redrawn(page, slug, action) {
  const plot = page.locator(`figure.chart[data-graph="${slug}"] .chart-plot`);
  await plot.evaluate((one) => { one.dataset.old = ''; });
  await action();
  await page.locator(`figure.chart[data-graph="${slug}"] .chart-plot:not([data-old])`).waitFor();
}

/** What a screen reader is told because of `action`. */
export async function spokenAfter(page, action) {
  const told = () => document.querySelector('[data-spoken]')?.textContent;
  await page.evaluate(() => document.querySelector('[data-spoken]')?.replaceChildren());
  await action();
  return (await page.waitForFunction(told)).jsonValue();
}

/** Address of the page of a job that the simulated cluster made on purpose, by its story. */
export function jobPath(story) {
  const { stories } = JSON.parse(readFileSync(join(process.env.LAB_SIMULATION, 'truth.json')));
  assert.ok(stories[story], `no story ${story}`);
  return `/secure/jobstats/${stories[story].user}/${stories[story].id_job}/`;
}

/** Writes BROWSER_STATE/screenshots/NAME.png of the whole page, or of the window; its path. */
export async function screenshot(page, name, fullPage = true) {
  const folder = join(state, 'screenshots');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage });
  return path;
}

/** Runs named checks one after the other, tells each result, and ends the process. */
export async function runAll(checks) {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n${error.stack}`);
    }
  }
  console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
