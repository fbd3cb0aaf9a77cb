// The real portal of the lab as a reader meets it: charts, languages, themes, keyboard, no script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../lab/wait.mjs';
import {
  chartStates, expectAccessible, expectNoOverflow, expectNoProblems, inkOf, jobPath, launch, open,
  redrawn, runAll, settleCharts,
} from './lib.mjs';

const { LAB_URL, LAB_URL_USER: user, LAB_URL_STAFF: staff, LAB_URL_NOBODY: nobody } = process.env;
const MOST_FIRST_BYTES = 100 * 1024;
const mine = '/secure/jobstats/alice/';
const browser = await launch();

async function visit(url, options) {
  const page = await open(browser, options);
  const answer = await page.goto(url);
  page.status = answer.status();
  if (options?.scripts !== false) await settleCharts(page);
  return page;
}

const chart = (page, slug) => page.locator(`figure.chart[data-graph="${slug}"]`);

async function expectDrawn(page, slugs) {
  const states = await chartStates(page);
  for (const slug of slugs) {
    assert.equal(states[slug], 'drawn', `${slug} is ${states[slug]}`);
    assert.ok((await inkOf(page, slug)) > 0.005, `${slug} is blank`);
  }
  assert.ok(!Object.values(states).includes('failed'), JSON.stringify(states));
}

async function expectSound(page) {
  await expectNoOverflow(page);
  await expectAccessible(page);
  expectNoProblems(page);
}

async function openTable(page, slug) {
  await chart(page, slug).getByRole('button', { name: /^Menu/ }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  await chart(page, slug).locator('.chart-table tbody tr').first().waitFor();
}

const checks = {
  async draws_the_graphs_of_a_user_a_cpu_job_and_a_gpu_job() {
    const pages = [
      [mine, ['cpu', 'mem', 'gpu_utilization']],
      [jobPath('good_cpu'), ['cpu', 'mem', 'lustre_ost', 'power']],
      [jobPath('gpu_good'), ['cpu', 'gpu_utilization', 'gpu_memory', 'gpu_power']],
    ];
    for (const [path, slugs] of pages) {
      const page = await visit(user + path);
      await expectDrawn(page, slugs);
      expectNoProblems(page);
      await page.context().close();
    }
  },

  async table_twin_has_the_points_of_the_answer() {
    const page = await open(browser);
    const answers = {};
    page.on('response', async (response) => {
      if (response.url().includes('.json')) answers[response.url()] = response;
    });
    await page.goto(user + jobPath('good_cpu'));
    await settleCharts(page);
    for (const slug of ['cpu', 'mem']) {
      const src = await chart(page, slug).getAttribute('data-src');
      const response = Object.entries(answers).find(([url]) => url.includes(src))[1];
      const { grid, graphs } = await response.json();
      const { series } = graphs.find((one) => one.slug === slug);
      await openTable(page, slug);
      const rows = chart(page, slug).locator('.chart-table tbody tr');
      assert.equal(await rows.count(), grid.n);
      assert.equal(await rows.locator('td').count(), grid.n * series.length);
    }
    await page.context().close();
  },

  async many_nodes_are_a_total_first_and_then_rows_of_a_heat_map() {
    const page = await visit(staff + jobPath('cores_640'));
    for (const slug of ['cpu', 'mem', 'infiniband_bdw', 'ethernet_bdw', 'power']) {
      const one = chart(page, slug);
      assert.match(await one.innerText(), /All 10 nodes added up\./, slug);
      await redrawn(page, slug, () => one.getByRole('button', { name: 'Show node by node' })
        .click());
      assert.equal(await one.locator('.chart-ramp').count(), 1, slug);
      await openTable(page, slug);
      const heads = await one.locator('.chart-table thead th.num').allInnerTexts();
      assert.equal(heads.length, 10, slug);
      assert.ok(heads.every((name) => /^nc1\d{4}\b/.test(name)), heads.join());
    }
    await expectSound(page);
    await page.context().close();
  },

  async programs_share_the_core_time_by_name_where_there_are_several() {
    const page = await visit(user + jobPath('many_programs'));
    const legend = chart(page, 'programs').locator('.chart-legend button[aria-pressed]');
    const names = await legend.locator('> span:not(.chart-value)').allInnerTexts();
    assert.deepEqual(names.slice(0, 3), ['v2/bin/solve', 'v1/bin/solve', `<i>&"x"'`]);
    assert.match(await legend.first().getAttribute('title'), /^\/home\/alice\/v2\/bin\/solve\n/);
    assert.ok(await page.getByRole('link', { name: 'Programs' }).isVisible());
    await expectSound(page);
    await page.context().close();
    const other = await visit(user + jobPath('good_cpu'));
    assert.equal((await chartStates(other)).programs, 'empty');
    assert.ok(await other.locator('#programs').isHidden());
    assert.ok(await other.locator('.section-links [href="#programs"]').isHidden());
    await other.context().close();
  },

  async switches_the_language_and_stays_on_the_page() {
    const page = await visit(`${user}${mine}?state=completed`);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.locator('html[lang=fr]').waitFor({ state: 'attached' });
    assert.equal(page.url(), `${user}${mine}?state=completed`);
    await page.getByRole('heading', { name: 'Mes tâches' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'My jobs' }).waitFor();
    await page.context().close();
  },

  async follows_the_language_of_the_browser() {
    const page = await visit(user + jobPath('wasted_cores'), { locale: 'fr-CA' });
    assert.match(await page.locator('.notices').innerText(), /a utilisé en moyenne 0,9/);
    assert.match(await page.locator('.verdicts').innerText(), /\d,\d+\u202f%/);
    await page.context().close();
  },

  async keeps_the_chosen_theme() {
    const page = await visit(user + mine);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).color);
    const before = await ground();
    await page.locator('[data-theme-switch]').click();
    const after = await ground();
    assert.notEqual(after, before);
    await page.goto(user + jobPath('pending'));
    assert.equal(await ground(), after);
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await page.context().close();
  },

  async keeps_the_zoom_in_the_address() {
    const page = await visit(user + jobPath('good_cpu'));
    const over = chart(page, 'cpu').locator('.u-over');
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/start=\d+&end=\d+/);
    await page.reload();
    await settleCharts(page);
    await expectDrawn(page, ['cpu', 'mem']);
    await page.context().close();
  },

  async can_be_read_by_keyboard() {
    const page = await visit(user + jobPath('good_cpu'));
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await chart(page, 'mem').locator('.chart-plot').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.waitForFunction(() =>
      /highest use/.test(document.querySelector('[data-spoken]')?.textContent));
    await page.context().close();
  },

  async works_without_script() {
    const page = await visit(user + mine, { scripts: false });
    assert.ok((await page.locator('#jobs tbody tr').count()) > 20);
    assert.match(await page.locator('time.when').first().innerText(), /UTC/);
    await page.goto(user + jobPath('good_cpu'));
    assert.match(await page.locator('.verdicts').innerText(), /%/);
    assert.match(await page.locator('#resources').innerText(), /128\sGiB/);
    assert.match(await chart(page, 'cpu').innerText(), /Graphs need JavaScript/);
    await page.context().close();
  },

  async shows_staff_whose_data_it_is() {
    const page = await visit(staff + mine);
    assert.match(await page.locator('.whose').innerText(), /data of alice/);
    expectNoProblems(page);
    await page.context().close();
  },

  async says_nothing_of_other_peoples_jobs() {
    const page = await visit(user + jobPath('cores_640'));
    assert.equal(page.status, 404);
    assert.match(await page.locator('.error-page').innerText(), /404/);
    await page.context().close();
  },

  async tells_a_script_that_the_session_is_over() {
    const answer = await fetch(`${nobody}${mine}graph/cpu.json`);
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('content-type'), /json/);
  },

  async signs_in_by_password() {
    const account = { login: 'alice', password: 'alice-demo' };
    const page = await visit(LAB_URL + mine, { account });
    assert.equal(page.status, 200);
    assert.match(await page.locator('.top-user').innerText(), /alice/);
    await page.context().close();
  },

  async a_first_visit_is_small() {
    const page = await open(browser);
    let sum = 0;
    const sizes = [];
    page.on('requestfinished', (request) => {
      const isPage = ['document', 'stylesheet', 'script'].includes(request.resourceType());
      if (isPage) sizes.push(request.sizes());
    });
    await page.goto(user + jobPath('gpu_good'));
    await settleCharts(page);
    await until(() => sizes.length >= 3, 'page, style and script are counted');
    for (const one of await Promise.all(sizes)) sum += one.responseBodySize;
    assert.ok(sum > 10_000, 'their bytes are counted');
    console.log(`     ${(sum / 1024).toFixed(1)} KiB`);
    assert.ok(sum <= MOST_FIRST_BYTES, `${sum} bytes`);
    await page.context().close();
  },

  async the_job_table_needs_no_scrolling_sideways() {
    const page = await visit(user + mine);
    const widths = await page.$$eval('.table-box', (all) =>
      all.map((one) => one.scrollWidth - one.clientWidth));
    assert.deepEqual(widths.filter((more) => more > 0), []);
    await page.context().close();
  },

  async shows_hostile_names_as_text() {
    const truth = JSON.parse(readFileSync(`${process.env.LAB_SIMULATION}/truth.json`));
    for (const story of ['html_name', 'unicode_name', 'latin1_name']) {
      assert.ok(truth.stories[story]);
      const page = await visit(user + jobPath(story));
      assert.ok((await page.locator('h1').innerText()).length > 9);
      assert.equal(await page.locator('h1 b, h1 script, h1 img').count(), 0);
      expectNoProblems(page);
      await page.context().close();
    }
  },
};

const PLACES = {
  user: mine,
  cpu: jobPath('good_cpu'),
  gpu: jobPath('running_gpu'),
  failed: jobPath('out_of_memory'),
  waiting: jobPath('pending'),
};
const LOOKS = [
  { width: 1440, theme: 'light', locale: 'en' }, { width: 1440, theme: 'dark', locale: 'fr' },
  { width: 390, theme: 'dark', locale: 'en' }, { width: 390, theme: 'light', locale: 'fr' },
];
// Seen once: what they share with the others is looked at in each look.
const MORE_PLACES = {
  home: '/', summary: '/secure/usersummary/alice/', quotas: '/secure/quotas/',
  account: '/secure/accountstats/def-smith_cpu/', accounts: '/secure/accountstats/',
  array: jobPath('array_task'),
};
for (const look of LOOKS) {
  checks[`is_accessible_and_fits_${Object.values(look).join('_')}`] = async () => {
    for (const path of Object.values({ ...PLACES, ...(look === LOOKS[0] && MORE_PLACES) })) {
      const page = await visit((path.includes('account') ? staff : user) + path, look);
      await expectSound(page);
      await page.context().close();
    }
    const page = await visit(`${user}/secure/jobstats/alice/999999999/`, look);
    assert.equal(page.status, 404);
    await expectNoOverflow(page);
    await expectAccessible(page);
    await page.context().close();
  };
}

const only = process.argv[2] && new RegExp(process.argv[2]);
const wanted = Object.entries(checks).filter(([name]) => !only || only.test(name));
await runAll(Object.fromEntries(wanted));
await browser.close();
