// The design system and the charts on the demo pages, under the portal's content policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../lab/wait.mjs';
import { serve } from './demo/server.mjs';
import {
  chartStates, expectAccessible, expectNoOverflow, expectNoProblems, inkOf, launch, open,
  redrawn, runAll, screenshot, settleCharts, spokenAfter, state,
} from './lib.mjs';

const site = await serve(join(state, 'demo-assets'));
const browser = await launch();

async function visit(path, options) {
  const page = await open(browser, options);
  await page.goto(site.url + path);
  await settleCharts(page);
  return page;
}

const chart = (page, slug) => page.locator(`figure.chart[data-graph="${slug}"]`);

async function spanOf(page, slug) {
  // What the time axis shows is told by the cursor at both ends.
  const plot = chart(page, slug).locator('.chart-plot');
  await plot.focus();
  const ends = [];
  for (const key of ['Home', 'End']) {
    const text = await spokenAfter(page, () => page.keyboard.press(key));
    ends.push(text.slice(0, 16));
  }
  await page.keyboard.press('Escape');
  return ends;
}

async function drag(page, slug, from, to) {
  const over = chart(page, slug).locator('.u-over');
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + box.width * from, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, box.y + 80, { steps: 6 });
  await page.mouse.up();
}

/** The file that an item of a chart's menu saves. */
async function saved(page, slug, name) {
  await chart(page, slug).getByRole('button', { name: /^Menu/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  return readFileSync(await (await download).path());
}

/** A refusal that the page shows on purpose is also a console line of the browser. */
function withoutAnnouncedFailures(page) {
  page.problems = page.problems.filter((one) => !/status of (503|401)/.test(one));
}

const checks = {
  async draws_every_chart_under_the_content_policy() {
    const page = await visit('/job.html');
    const states = await chartStates(page);
    assert.deepEqual(states, {
      cpu: 'drawn', mem: 'drawn', cores64: 'drawn', band: 'drawn', heat: 'drawn',
      gpu_utilization: 'drawn', gpu_memory: 'drawn', lustre: 'empty', down: 'failed',
      power: 'drawn',
    });
    for (const [slug, one] of Object.entries(states)) {
      if (one === 'drawn') assert.ok((await inkOf(page, slug)) > 0.01, `${slug} is blank`);
    }
    withoutAnnouncedFailures(page);
    expectNoProblems(page);
    await page.context().close();
  },

  async asks_once_for_a_family_and_retries_a_failure_once() {
    site.asked.length = 0;
    const page = await visit('/job.html');
    assert.equal(site.asked.filter((one) => one === '/graph/gpu.json').length, 1);
    assert.equal(site.asked.filter((one) => one === '/graph/down.json').length, 2);
    const failed = chart(page, 'down');
    assert.match(await failed.innerText(), /Prometheus does not answer/);
    await page.route('**/graph/down.json', () => {});
    await failed.getByRole('button', { name: 'Try again' }).click();
    await page.waitForFunction(() =>
      document.querySelector('[data-graph="down"]').innerText.includes('Loading'));
    await page.context().close();
  },

  async gives_the_page_range_to_each_graph() {
    site.asked.length = 0;
    const page = await visit('/job.html?start=1&end=2&other=3');
    // Without the question how old the newest measurement is.
    const graphs = site.asked.filter((one) => !one.endsWith('?delta=600'));
    assert.ok(graphs.length > 5);
    assert.ok(graphs.every((one) => one.includes('start=1&end=2') && !one.includes('other')));
    await page.context().close();
  },

  async zooms_all_charts_together_and_back() {
    const page = await visit('/user.html');
    const whole = await spanOf(page, 'mem');
    await drag(page, 'cpu', 0.25, 0.5);
    const zoomed = await spanOf(page, 'mem');
    assert.notDeepEqual(zoomed, whole);
    assert.deepEqual(await spanOf(page, 'cpu'), zoomed);
    await chart(page, 'cpu').getByRole('button', { name: 'Show the whole time' }).click();
    assert.deepEqual(await spanOf(page, 'mem'), whole);
    await drag(page, 'mem', 0.2, 0.7);
    assert.notDeepEqual(await spanOf(page, 'cpu'), whole);
    await chart(page, 'mem').locator('.u-over').dblclick();
    assert.deepEqual(await spanOf(page, 'cpu'), whole);
    await page.context().close();
  },

  async fetches_finer_points_when_zoomed_and_keeps_the_range_in_the_address() {
    const page = await visit('/job.html');
    const whole = await spanOf(page, 'mem');
    site.asked.length = 0;
    await redrawn(page, 'mem', () => drag(page, 'cpu', 0.25, 0.5));
    await page.waitForURL(/start=\d+&end=\d+/);
    const start = new URL(page.url()).searchParams.get('start');
    assert.ok(site.asked.some((one) => one.startsWith(`/graph/mem.json?start=${start}&end=`)));
    const zoomed = await spanOf(page, 'mem');
    assert.notDeepEqual(zoomed, whole);

    await page.reload();
    await settleCharts(page);
    assert.deepEqual(await spanOf(page, 'mem'), zoomed);
    await page.getByRole('button', { name: 'Whole time', exact: true }).click();
    await page.waitForURL((url) => !url.search);
    await settleCharts(page);
    assert.deepEqual(await spanOf(page, 'mem'), whole);

    await redrawn(page, 'mem', () => drag(page, 'cpu', 0.25, 0.5));
    await redrawn(page, 'mem',
      () => page.getByRole('button', { name: 'Whole time', exact: true }).click());
    assert.deepEqual(await spanOf(page, 'mem'), whole);
    await page.waitForURL((url) => !url.search);
    await page.context().close();
  },

  async keeps_the_page_of_a_running_job_fresh_until_it_ends() {
    const page = await open(browser);
    let visits = 0;
    let ended = 0;
    await page.route('**/job.html', async (route) => {
      const response = await route.fetch();
      visits += 1;
      const live = ended === 0 || visits < ended ? ' data-live="1"' : '';
      const body = (await response.text()).replace(' data-live="3600"', live)
        .replace('15.4 of 16 cores', `visit ${visits}`);
      await route.fulfill({ response, body });
    });
    await page.goto(`${site.url}/job.html`);
    await page.locator('#graph-cpu').scrollIntoViewIfNeeded();
    const asked = () => site.asked.filter((one) => one === '/graph/cpu.json').length;
    const first = asked();
    await until(() => asked() >= first + 2, 'the graph is asked for again and again');
    ended = visits + 1;
    await page.getByText(`visit ${ended}`).waitFor();
    await page.waitForTimeout(2500);
    assert.equal(visits, ended, 'no more visits once the job is over');
    assert.equal((await chartStates(page)).cpu, 'drawn');
    await page.context().close();
  },

  async says_how_old_the_newest_measurement_is_and_can_be_paused() {
    const page = await open(browser);
    let [visits, age, ended] = [0, 1, false];
    await page.route('**/graph/cpu.json?delta=600', (route) => route.fulfill({
      json: { range: { newest: Math.floor(Date.now() / 1000) - age } },
    }));
    await page.route('**/job.html', async (route) => {
      const response = await route.fetch();
      visits += 1;
      let body = (await response.text()).replace(' data-live="3600"', ended ? ''
        : ' data-live="1"');
      if (ended) body = body.replace(' Running<', ' Done<');
      await route.fulfill({ response, body });
    });
    await page.goto(`${site.url}/job.html`);
    const live = page.locator('[data-live-bar]');
    await live.getByText(/^Live · [123] seconds? ago$/).waitFor();
    assert.match(await page.title(), /^Running · train\.sh/);
    const ground = () => live.locator('.live-state')
      .evaluate((one) => getComputedStyle(one).backgroundColor);
    const calm = await ground();

    age = 60;
    await live.getByText(/^Late · newest measurement (1 minute|6\d seconds) ago$/).waitFor();
    assert.notEqual(await ground(), calm);

    await live.getByRole('button', { name: 'Pause' }).click();
    await live.getByText(/^Paused · /).waitFor();
    await page.waitForTimeout(300); // a visit that was under way
    const before = visits;
    await page.waitForTimeout(2300);
    assert.equal(visits, before, 'a paused page asks for nothing');
    age = 1;
    await live.getByRole('button', { name: 'Resume' }).click();
    await live.getByText(/^Live · /).waitFor();

    ended = true;
    await live.getByText('It ended: Done').waitFor();
    assert.match(await page.title(), /^Done · train\.sh/);
    assert.equal(await live.getByRole('button').count(), 0);
    await page.context().close();
  },

  async isolates_and_toggles_by_legend_and_stacks_anew() {
    const page = await visit('/job.html');
    const cpu = chart(page, 'cpu');
    const entries = cpu.locator('.chart-legend button[aria-pressed]');
    const pressed = () => entries.evaluateAll((all) =>
      all.map((one) => one.getAttribute('aria-pressed')).join(' '));
    const before = await inkOf(page, 'cpu');
    await cpu.locator('.chart-legend button').nth(2).click();
    assert.equal(await pressed(), 'false false true false false');
    await page.waitForTimeout(50);
    assert.ok((await inkOf(page, 'cpu')) < 0.6 * before, 'one layer of the five falls to the base');
    await cpu.locator('.chart-legend button').nth(0).click({ modifiers: ['Shift'] });
    assert.equal(await pressed(), 'true false true false false');
    await cpu.locator('.chart-legend button').nth(2).click();
    await cpu.locator('.chart-legend button').nth(2).click();
    assert.equal(await pressed(), 'true true true true true');
    await page.context().close();
  },

  async the_legend_names_who_is_largest_and_opens_in_place() {
    const page = await visit('/user.html');
    const read = chart(page, 'people_read');
    const entries = read.locator('.chart-legend button[aria-pressed]');
    const seen = read.locator('.chart-legend button[aria-pressed]:visible');
    assert.equal(await seen.count(), 6);
    assert.match(await entries.first().innerText(), /^diane\s+mean 667\u202fMiB\/s$/);
    assert.match(await entries.nth(1).innerText(), /^ines/);
    const more = read.getByRole('button', { name: 'and 11 more' });
    assert.equal(await more.getAttribute('aria-expanded'), 'false');
    await more.click();
    assert.equal(await seen.count(), 17);
    const fewer = read.getByRole('button', { name: 'show fewer' });
    assert.equal(await fewer.getAttribute('aria-expanded'), 'true');
    const inner = await read.locator('.chart-legend').evaluate((one) =>
      one.scrollHeight - one.clientHeight);
    assert.equal(inner, 0, 'the legend has no scroll box of its own');
    await fewer.click();
    assert.equal(await seen.count(), 6);
    await page.context().close();
  },

  async the_legend_is_ordered_by_the_time_that_is_shown() {
    const page = await visit('/job.html');
    const first = () => chart(page, 'mem').locator('.chart-legend button').first().innerText();
    assert.match(await first(), /^cache/);
    await drag(page, 'mem', 0, 0.2);
    await page.waitForFunction(() => document.querySelector('[data-graph="mem"] .chart-legend')
      .innerText.startsWith('used'));
    await page.context().close();
  },

  async a_person_has_one_colour_on_the_page() {
    const page = await visit('/user.html');
    const looks = (slug) => chart(page, slug).locator('.chart-legend button[aria-pressed]')
      .evaluateAll((all) => Object.fromEntries(all.map((one) => {
        const line = one.querySelector('.chart-key path');
        const how = ['stroke', 'stroke-dasharray'].map((name) => line.getAttribute(name));
        return [one.querySelector('span').textContent, how.join(' ')];
      })));
    const read = await looks('people_read');
    const written = await looks('people_written');
    for (const [name, look] of Object.entries(written)) assert.equal(look, read[name], name);
    assert.equal(new Set(Object.values(read)).size, 17, 'nobody looks like somebody else');
    await page.context().close();
  },

  async shows_raw_values_and_total_in_the_tool_tip_and_all_legends() {
    const page = await visit('/job.html');
    const over = chart(page, 'cpu').locator('.u-over');
    await over.scrollIntoViewIfNeeded();
    await over.hover();
    const tip = chart(page, 'cpu').locator('.chart-tip');
    await tip.waitFor({ state: 'visible' });
    const text = await tip.innerText();
    const numbers = [...text.matchAll(/([\d.]+)\u202fcores/g)].map((one) => Number(one[1]));
    assert.equal(numbers.length, 6, text);
    const sum = numbers.slice(0, 5).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - numbers[5]) < 0.03, `${sum} is the total ${numbers[5]}`);
    const other = await chart(page, 'mem').locator('.chart-value').first().textContent();
    assert.match(other, /GiB/);
    await page.context().close();
  },

  async moves_by_keyboard_and_speaks() {
    const page = await visit('/job.html');
    await chart(page, 'mem').locator('.chart-plot').focus();
    for (const key of ['Home', 'ArrowRight']) {
      await spokenAfter(page, () => page.keyboard.press(key));
    }
    const spoken = await spokenAfter(page, () => page.keyboard.press('ArrowRight'));
    assert.match(spoken, /^Nov 22, 11:06:00, used 1\.\d+\u202fGiB, cache /);
    await page.context().close();
  },

  async table_twin_has_every_point_of_the_answer() {
    const page = await visit('/job.html');
    for (const slug of ['mem', 'cores64']) {
      const answer = await (await fetch(`${site.url}/graph/${slug}.json`)).json();
      await chart(page, slug).getByRole('button', { name: /^Menu/ }).click();
      await page.getByRole('menuitem', { name: 'Show as table' }).click();
      const rows = chart(page, slug).locator('.chart-table tbody tr');
      await page.waitForFunction(([one, n]) => document
        .querySelectorAll(`[data-graph="${one}"] .chart-table tbody tr`).length === n,
      [slug, answer.grid.n]);
      const { series } = answer.graphs[0];
      assert.equal(await rows.locator('td').count(), answer.grid.n * series.length);
      const missing = series.flatMap((one) => one.values).filter((one) => one == null).length;
      assert.equal(await rows.locator('td.no-data').count(), missing);
    }
    await page.context().close();
  },

  async saves_csv_of_what_is_shown_and_of_all_lines() {
    const page = await visit('/job.html');
    const lines = (await saved(page, 'mem', 'Download CSV, as shown')).toString().trim()
      .split('\r\n');
    assert.equal(lines.length, 62);
    assert.match(lines[1], /^2026-11-22T16:00:00.000Z,1610612736,0$/);
    const columns = (csv) => csv.toString().split('\r\n')[1].split(',').length - 1;
    await chart(page, 'mem').locator('.chart-legend button').first().click();
    assert.equal(columns(await saved(page, 'mem', 'Download CSV, as shown')), 1);
    assert.equal(columns(await saved(page, 'mem', 'Download CSV, all lines')), 2);
    assert.equal(columns(await saved(page, 'band', 'Download CSV, as shown')), 4);
    assert.equal(columns(await saved(page, 'band', 'Download CSV, all lines')), 64);
    await page.context().close();
  },

  async saves_a_picture_twice_as_fine_that_says_what_it_is() {
    const page = await open(browser);
    await page.addInitScript(() => {
      globalThis.written = [];
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function write(text, ...where) {
        globalThis.written.push(text);
        return fillText.call(this, text, ...where);
      };
    });
    await page.goto(`${site.url}/job.html`);
    await settleCharts(page);
    await page.evaluate(() => { globalThis.written = []; });
    const picture = await saved(page, 'mem', /picture/);
    assert.equal(picture.subarray(1, 4).toString(), 'PNG');
    assert.ok(picture.readUInt32BE(16) >= 1440, 'twice as wide as a graph of 720');
    const written = await page.evaluate(() => globalThis.written.join('\n'));
    for (const text of ['Memory (GiB)', /Narval · Job 4711 · train\.sh · bob · Nov 22, 2026/,
      'asked: 16\u202fGiB', 'used: peak 1.9\u202fGiB', 'cache: peak 4.8\u202fGiB']) {
      assert.match(written, new RegExp(text.source ?? text.replace(/[()]/g, '\\$&')), written);
    }
    await page.context().close();
  },

  async on_a_phone_the_navigation_and_the_legends_open_on_a_tap() {
    const page = await visit('/user.html', { width: 390 });
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    const way = page.getByRole('link', { name: 'Storage' });
    assert.ok(!(await way.isVisible()));
    await menu.click();
    assert.ok(await way.isVisible());
    assert.equal(await menu.getAttribute('aria-expanded'), 'true');
    const box = await way.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.height >= 40);
    await page.keyboard.press('Escape');
    assert.ok(!(await way.isVisible()));

    const read = chart(page, 'people_read');
    const entries = read.locator('.chart-legend button[aria-pressed]:visible');
    assert.equal(await entries.count(), 0);
    await read.getByRole('button', { name: 'Legend: 17 lines' }).click();
    assert.equal(await entries.count(), 17);
    await read.locator('.u-over').hover();
    const rows = await read.locator('.chart-tip tr').count();
    assert.ok(rows <= 6, `${rows} rows leave the graph to be seen`);
    await page.context().close();
  },

  async without_script_a_phone_has_its_navigation_as_a_row() {
    const page = await open(browser, { scripts: false, width: 390 });
    await page.goto(`${site.url}/user.html`);
    assert.ok(await page.getByRole('link', { name: 'My groups' }).isVisible());
    assert.equal(await page.locator('[data-rail-menu]').isVisible(), false);
    await page.context().close();
  },

  async unfolds_and_folds_again() {
    const page = await visit('/job.html');
    const band = chart(page, 'band');
    await band.getByRole('button', { name: 'Show all 64 lines' }).click();
    await band.getByRole('button', { name: 'Show the summary' }).waitFor();
    assert.equal(await band.locator('.chart-legend button[aria-pressed]').count(), 64);
    assert.ok(site.asked.includes('/graph/band.json?series=all'));
    await band.getByRole('button', { name: 'Show the summary' }).click();
    await band.getByRole('button', { name: 'Show all 64 lines' }).waitFor();
    await page.context().close();
  },

  async many_nodes_are_told_as_a_total_then_one_by_one_the_worst_first() {
    const page = await visit('/user.html');
    const nodes = chart(page, 'nodes');
    const said = () => nodes.innerText();
    assert.match(await said(), /All 10 nodes added up\./);
    assert.match(await said(), /nc10102 used 1\u202fcore, the median is 40\u202fcores\./);
    await redrawn(page, 'nodes', () => nodes.getByRole('button', { name: 'Show node by node' })
      .click());
    assert.match(await said(), /Each row is one node, the worst first\./);
    assert.ok(site.asked.includes('/graph/nodes.json?series=nodes'));
    assert.equal(await nodes.locator('.chart-ramp').count(), 1, 'it is a heat map');
    assert.match(await nodes.locator('.chart-ramp').innerText(), /64\u202fcores$/);
    await nodes.locator('.chart-plot').focus();
    const spoken = await spokenAfter(page, () => page.keyboard.press('Home'));
    assert.match(spoken, /, nc10102 1\u202fcore, nc10101 40\u202fcores,/);
    await nodes.getByRole('button', { name: 'Show the summary' }).click();
    await nodes.getByText('All 10 nodes added up.').waitFor();
    await page.context().close();
  },

  async names_a_band_by_what_it_is_of() {
    const page = await visit('/job.html');
    const names = await chart(page, 'band').locator('.chart-legend button[aria-pressed]')
      .evaluateAll((all) => all.map((one) => one.querySelector('span').textContent));
    assert.deepEqual(names, ['used · highest', 'used · median', 'used · lowest line',
      'core nc10003 core 7']);
    await page.context().close();
  },

  async offers_to_sign_in_again_when_the_session_is_over() {
    const page = await open(browser);
    await page.route('**/graph/*.json', (route) => route.fulfill({ status: 401, body: '{}' }));
    await page.goto(`${site.url}/user.html`);
    await page.getByRole('dialog', { name: 'You have been signed out' }).waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await chart(page, 'cpu').getByText('You are signed out').waitFor();
    await page.context().close();
  },

  async keeps_the_chosen_theme() {
    const page = await visit('/user.html');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).color);
    const before = await ground();
    await page.locator('[data-theme-switch]').click();
    const after = await ground();
    assert.notEqual(after, before);
    await page.goto(`${site.url}/job.html`);
    assert.equal(await ground(), after);
    await page.context().close();
  },

  async folds_array_tasks_and_follows_rows() {
    const page = await visit('/user.html');
    assert.equal(await page.locator('tr.is-task:visible').count(), 0);
    await page.locator('.fold').click();
    assert.equal(await page.locator('tr.is-task:visible').count(), 3);
    await page.getByRole('cell', { name: 'train_a_rather_long_name_2.sh' }).click({ force: true });
    await page.waitForURL('**/job.html');
    await page.context().close();
  },

  async works_without_script() {
    const page = await open(browser, { scripts: false });
    await page.goto(`${site.url}/user.html`);
    assert.equal(await page.locator('tr.is-task:visible').count(), 3);
    assert.match(await page.locator('time.when').first().innerText(), /UTC/);
    await page.goto(`${site.url}/job.html`);
    assert.match(await chart(page, 'cpu').innerText(), /Graphs need JavaScript/);
    await page.context().close();
  },

  async writes_times_and_numbers_in_the_language_and_zone_of_the_reader() {
    const page = await visit('/job.html?lang=fr', { locale: 'fr', zone: 'Europe/Paris' });
    const times = await page.locator('.timeline time').allTextContents();
    assert.match(times[0], /^22 nov\. 2026,? (à )?15:40$/);
    await chart(page, 'cpu').locator('.u-over').hover();
    const tip = chart(page, 'cpu').locator('.chart-tip');
    await tip.waitFor({ state: 'visible' });
    assert.match(await tip.innerText(), /0,\d+/);
    await page.context().close();
  },
};

for (const theme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    checks[`is_accessible_and_fits_${theme}_${width}`] = async () => {
      for (const name of ['job', 'user', 'error']) {
        const page = await visit(`/${name}.html`, { theme, width });
        await screenshot(page, `demo-${name}-${theme}-${width}`);
        await expectNoOverflow(page);
        await expectAccessible(page);
        withoutAnnouncedFailures(page);
        expectNoProblems(page);
        await page.context().close();
      }
    };
  }
}

const only = process.argv[2] && new RegExp(process.argv[2]);
const chosen = Object.entries(checks).filter(([name]) => !only || only.test(name));
await runAll(Object.fromEntries(chosen));
await browser.close();
site.close();
