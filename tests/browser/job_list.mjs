// The list of jobs in a browser: its filters, with script and without; its columns; its head, and
// its cards on a phone.
import assert from 'node:assert/strict';
import { expectNoProblems, launch, open, runAll } from './lib.mjs';

const { LAB_URL_USER: user, LAB_URL_STAFF: staff } = process.env;
const mine = `${user}/secure/jobstats/alice/`;
const many = `${staff}/secure/jobstats/heavy/`;
const browser = await launch();

async function visit(url, look = {}) {
  const page = await open(browser, look);
  assert.equal((await page.goto(url)).status(), 200);
  return page;
}

/** Query of the page's address. */
const query = (page) => new URL(page.url()).search;

const states = (page) => page.locator('#jobs tbody .card-state .state').allInnerTexts();

await runAll({
  async a_form_leaves_no_empty_field_in_the_address() {
    for (const scripts of [true, false]) {
      const page = await visit(mine, { scripts });
      await page.locator('.filters .pick summary').click();
      await page.getByLabel('Failed', { exact: true }).check();
      await page.getByLabel('Timeout', { exact: true }).check();
      await page.locator('.filters .pick summary').click();
      await page.locator('.filters-fold summary').click();
      await page.getByLabel('Cores, at least').fill('2');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/cores_min/);
      assert.equal(query(page), '?state=failed,timeout&cores_min=2');
      const seen = await states(page);
      assert.ok(seen.length > 0 && seen.every((one) => /failed|Failed|Timeout|Deadline/.test(one)));
      assert.ok(await page.getByLabel('Cores, at least').isVisible(), 'a fold in use is open');
      assert.equal(await page.getByLabel('Cores, at least').inputValue(), '2');
      expectNoProblems(page);
      await page.context().close();
    }
  },

  async what_narrows_the_list_is_a_chip_that_takes_it_away() {
    const page = await visit(`${mine}?state=failed,timeout&gpus_min=1`);
    const chips = page.locator('.chip.is-set');
    assert.deepEqual((await chips.allInnerTexts()).map((one) => one.trim()),
      ['State: Failed', 'State: Timeout', 'GPUs: ≥\u00a01']);
    await chips.first().click();
    await page.waitForURL(/\?state=timeout&gpus_min=1#jobs$/);
    await page.getByRole('link', { name: 'With GPUs' }).click();
    await page.waitForURL(/\?state=timeout#jobs$/);
    await page.getByRole('link', { name: 'Last 24 hours' }).click();
    await page.waitForURL(/\?state=timeout&last=24#jobs$/);
    expectNoProblems(page);
    await page.context().close();
  },

  async chosen_columns_are_kept() {
    const page = await visit(mine);
    const memory = page.locator('#jobs th.col-memory');
    assert.ok(await memory.isVisible());
    await page.locator('[data-columns] summary').click();
    await page.locator('[data-columns]').getByLabel('Memory').uncheck();
    assert.ok(!(await memory.isVisible()));
    await page.reload();
    assert.ok(!(await memory.isVisible()));
    assert.ok(await page.locator('#jobs th.col-cores').isVisible());
    await page.locator('[data-columns] summary').click();
    await page.locator('[data-columns]').getByLabel('Memory').check();
    assert.ok(await memory.isVisible());
    expectNoProblems(page);
    await page.context().close();
  },

  async without_script_every_column_is_shown() {
    const page = await visit(mine, { scripts: false });
    const heads = await page.locator('#jobs th[scope=col]').all();
    assert.ok(heads.length > 8);
    for (const head of heads) {
      assert.ok(await head.isVisible(), await head.innerText());
    }
    assert.ok(!(await page.locator('[data-columns]').isVisible()));
    await page.context().close();
  },

  async the_page_scrolls_under_the_head_of_the_table() {
    const page = await visit(many);
    const box = page.locator('#jobs .table-box');
    assert.ok(await box.evaluate((one) => one.scrollHeight <= one.clientHeight + 1));
    await page.locator('#jobs tbody tr').nth(60).evaluate((row) => row.scrollIntoView());
    const [head, links] = await page.evaluate(() => ['#jobs thead th', '.section-links']
      .map((one) => document.querySelector(one).getBoundingClientRect()));
    assert.ok(Math.abs(head.top - links.bottom) <= 2, `${head.top} under ${links.bottom}`);
    await page.context().close();
  },

  async a_phone_shows_twenty_cards_and_the_next_on_demand() {
    const page = await visit(many, { width: 390, height: 844 });
    const seen = async () => (await page.$$eval('#jobs tbody tr',
      (rows) => rows.filter((row) => row.checkVisibility()).length));
    assert.equal(await seen(), 20);
    const heights = await page.$$eval('#jobs tbody tr:not(.is-array)', (rows) => rows
      .filter((row) => row.checkVisibility()).map((row) => row.getBoundingClientRect().height));
    assert.ok(Math.max(...heights) < 110, `${Math.max(...heights)} pixels`);
    await page.locator('#jobs [data-more] button').click();
    assert.equal(await seen(), 40);
    expectNoProblems(page);
    await page.context().close();
  },
});
await browser.close();
