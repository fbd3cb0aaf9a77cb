// The pages of Top and Cloud as a reader meets them: on a desk and on a phone, in both languages.
// With SHOTS=1 it also keeps a picture of each (see screenshot() in lib.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chartStates, expectAccessible, expectNoOverflow, expectNoProblems, inkOf, launch, open, runAll,
  screenshot, settleCharts,
} from './lib.mjs';

const { LAB_URL_STAFF: staff, LAB_SIMULATION, SHOTS } = process.env;
const { cloud } = JSON.parse(readFileSync(join(LAB_SIMULATION, 'truth.json')));
const project = (name) => `/secure/cloudstats/project/${name}/`;
const machine = cloud.find(({ disks, balloon }) => disks > 1 && balloon);
const browser = await launch();

const PAGES = {
  top: '/secure/top/',
  compute: '/secure/top/compute/',
  largemem: '/secure/top/largemem/',
  lustre: '/secure/top/lustre/',
  cloud: '/secure/cloudstats/',
  project: project('cloud-boeuf'),
  instance: `${project(machine.project)}${machine.uuid}/`,
};
const LOOKS = {
  desk: {},
  french: { locale: 'fr', theme: 'dark' },
  phone: { locale: 'fr', width: 390, height: 844 },
};

async function visit(name, look) {
  const page = await open(browser, look);
  const answer = await page.goto(staff + PAGES[name]);
  assert.equal(answer.status(), 200);
  await settleCharts(page);
  return page;
}

const checks = {
  async the_graphs_are_drawn() {
    for (const [name, least] of [['lustre', 9], ['project', 5], ['instance', 5]]) {
      const page = await visit(name);
      const drawn = await page.locator('figure.chart[data-chart="drawn"]').count();
      assert.equal(drawn, least, name);
      await page.context().close();
    }
  },

  async what_is_allocated_is_a_line_over_the_stack() {
    const page = await visit('instance');
    assert.equal((await chartStates(page)).cpu, 'drawn');
    assert.ok((await inkOf(page, 'cpu')) > 0.005);
    const cpu = page.locator('figure.chart[data-graph="cpu"]');
    const keys = cpu.locator('.chart-legend button[aria-pressed]');
    assert.equal(await keys.count(), machine.vcpus + 1);
    assert.equal(await cpu.locator('.chart-legend .chart-key rect').count(), machine.vcpus);
    assert.equal(await cpu.locator('.chart-legend .chart-key path').count(), 1);
    await page.context().close();
  },

  async a_file_system_ranks_who_uses_it_and_asks_no_more_for_that() {
    const page = await open(browser);
    const asked = [];
    page.on('request', (one) => one.url().includes('.json') && asked.push(one.url()));
    await page.goto(staff + PAGES.lustre);
    await settleCharts(page);
    assert.equal(asked.length, 9, asked.join());
    for (const name of ['lustre02', 'lustre03', 'lustre04']) {
      const section = page.locator(`#fs-${name}`);
      const table = section.locator('[data-ranking]');
      const head = (text) => table.getByRole('columnheader', { name: text });
      for (const [text, slug] of [['Read', 'lustre_ost_read'], ['Written', 'lustre_ost_write'],
        ['File operations', 'lustre_mdt']]) {
        await table.getByRole('button', { name: text }).click();
        assert.equal(await head(text).getAttribute('aria-sort'), 'descending');
        const first = (await table.locator('tbody th').first().innerText()).trim();
        const legend = section.locator(`[data-graph="${slug}"] .chart-legend button`).first();
        assert.equal(first, await legend.locator('span').first().innerText(), `${name} ${text}`);
      }
    }
    const table = page.locator('#fs-lustre02 [data-ranking]');
    await table.getByRole('button', { name: 'Written' }).click();
    const person = table.locator('tbody th a').first();
    const login = (await person.innerText()).trim();
    await person.click();
    await page.waitForURL(`**/secure/jobstats/${login}/`);
    await page.context().close();
  },

  async a_table_is_sorted_and_searched_without_script() {
    const page = await open(browser, { scripts: false });
    await page.goto(staff + PAGES.compute);
    await page.locator('#cores').getByRole('link', { name: 'Allocated cores' }).click();
    await page.waitForURL(/sort=cores/);
    const head = page.locator('#cores th[aria-sort]');
    assert.equal((await head.innerText()).trim(), 'Allocated cores');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    await page.getByLabel('Login begins with').fill('a');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/user=a/);
    const names = await page.locator('#cores tbody th').allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name.startsWith('a')), names.join());
    assert.match(page.url(), /sort=cores/);
    await page.context().close();
  },
};

for (const [look, options] of Object.entries(LOOKS)) {
  for (const name of Object.keys(PAGES)) {
    checks[`${name}_is_sound_${look}`] = async () => {
      const page = await visit(name, options);
      if (SHOTS) console.log(await screenshot(page, `${name}-${look}`));
      await expectNoOverflow(page);
      await expectAccessible(page);
      expectNoProblems(page);
      await page.context().close();
    };
  }
}

await runAll(checks);
await browser.close();
