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
    const scrolls = (one) => one !== document.body && one !== null
      && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
    return [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > room + 1 && !scrolls(one.parentElement))
      .map((one) => `${one.tagName}.${one.className?.baseVal ?? one.className}`)
      .slice(0, 10);
  });
  assert.deepEqual(wide, [], 'wider than the window');
}

/**
 * Fails where something passes its box and so lies over what follows: text, or an element in the
 * flow, that is outside of an ancestor which neither scrolls nor cuts it; and where two neighbours
 * in the flow cover each other.
 */
export async function expectNothingCovered(page, width) {
  const faults = await page.evaluate(() => {
    const SLACK = 2;
    const name = (one) => `${one.tagName}.${one.className?.baseVal ?? one.className} `
      + `"${one.textContent.trim().slice(0, 30)}"`;
    const style = (one) => getComputedStyle(one);
    const inFlow = (one) => !['absolute', 'fixed', 'sticky'].includes(style(one).position)
      && style(one).display !== 'contents';
    const isBox = (one) => !['inline', 'contents', 'none'].includes(style(one).display);
    const isSeen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
    // Text for screen readers, and heads of tables that have become cards.
    const isForReaders = (one) => one !== document.body
      && (style(one).clipPath !== 'none' || isForReaders(one.parentElement));
    const passes = (inner, outer) => inner.bottom > outer.bottom + SLACK
      || inner.right > outer.right + SLACK || inner.left < outer.left - SLACK
      || inner.top < outer.top - SLACK;
    const covers = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
    const found = [];
    const hides = (one) => style(one).overflowX !== 'visible' || style(one).overflowY !== 'visible';
    for (const one of document.querySelectorAll('main, main *')) {
      if (one.closest('svg, canvas, .chart-plot') || !isBox(one) || !isSeen(one)) continue;
      if (isForReaders(one)) continue;
      const box = one.getBoundingClientRect();
      const children = [...one.children]
        .filter((child) => inFlow(child) && isBox(child) && isSeen(child));
      if (!hides(one)) {
        for (const node of one.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const line of range.getClientRects()) {
            if (passes(line, box)) found.push(`text passes ${name(one)}`);
          }
        }
        for (const child of children) {
          if (passes(child.getBoundingClientRect(), box)) {
            found.push(`${name(child)} passes ${name(one)}`);
          }
        }
      }
      for (let i = 1; i < children.length; i += 1) {
        if (covers(children[i - 1].getBoundingClientRect(), children[i].getBoundingClientRect())) {
          found.push(`${name(children[i])} covers ${name(children[i - 1])}`);
        }
      }
    }
    return [...new Set(found)].slice(0, 10);
  });
  assert.deepEqual(faults, [], `lies over something else at ${width} px`);
}

/** Fails on any axe-core violation (WCAG 2.2 A and AA, best practices). */
export async function expectAccessible(page) {
  // A page that nobody sees does not renew itself, so nothing changes while it is looked through.
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true }));
  // What is scrolled below the bar of section links is covered by it, and has no size to be hit.
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(axeSource);
  // Size of targets is part of WCAG 2.2 AA, but off unless asked for.
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }));
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
    // One with nothing to show may be hidden at any moment: it is not waited for until it is seen.
    await figure.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await page.waitForFunction((one) => one.dataset.chart || !one.checkVisibility(), figure);
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
