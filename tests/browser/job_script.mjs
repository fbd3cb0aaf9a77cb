// The script on a job's page as a reader meets it: numbers, wrapping, copy, download, versions.
// With SHOTS=1 it also keeps a picture of each look (see screenshot() in lib.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../lab/wait.mjs';
import {
  expectAccessible, expectNoOverflow, expectNoProblems, jobPath, launch, open, runAll, screenshot,
  settleCharts,
} from './lib.mjs';
import { putBytes, removeJobs } from '../integration/portal/scripts_lib.mjs';

const { LAB_URL_USER: user, SHOTS } = process.env;
const path = jobPath('wasted_cores');
const number = Number(path.split('/').at(-2));
const browser = await launch();

const first = Buffer.from('#!/bin/bash\n#SBATCH --time=1:00:00\nsrun ./first\n');
const long = `srun python train.py ${'--option=value '.repeat(40)}`;
const second = Buffer.concat([
  Buffer.from(`#!/bin/bash\n#SBATCH --account=def-smith\n#SBATCH --cpus-per-task=64\n\n${long}\n` +
    'echo "<b>漢字 é 💩</b>"\r\n\tindented\n'), Buffer.from([0xE9, 0xFF]), Buffer.from(' latin\n'),
]);

async function visit(look = {}, query = '') {
  const page = await open(browser, look);
  const answer = await page.goto(user + path + query);
  assert.equal(answer.status(), 200);
  await settleCharts(page);
  if (!query) await page.locator('details.script > summary').click();
  return page;
}

const bytesOf = async (download) => readFileSync(await download.path());

const checks = {
  async every_line_has_its_number() {
    const page = await visit();
    const lines = page.locator('.script-text li');
    assert.equal(await lines.count(), 8);
    assert.equal(await lines.nth(5).textContent(), 'echo "<b>漢字 é 💩</b>"');
    assert.equal(await lines.nth(6).textContent(), '\tindented');
    assert.equal(await lines.nth(7).textContent(), '\uFFFD\uFFFD latin');
    assert.ok((await lines.nth(3).boundingBox()).height > 10, 'an empty line has its height');
    expectNoProblems(page);
    await page.context().close();
  },

  async long_lines_scroll_or_wrap() {
    const page = await visit();
    const text = page.locator('.script-text');
    const scrolls = () => text.evaluate((one) => one.scrollWidth > one.clientWidth + 1);
    assert.ok(await scrolls());
    await page.locator('[data-wrap]').click();
    assert.ok(!(await scrolls()));
    assert.equal(await page.locator('[data-wrap]').getAttribute('aria-pressed'), 'true');
    await expectNoOverflow(page);
    await page.context().close();
  },

  async the_copy_is_the_text_without_the_numbers() {
    const page = await visit();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('.script [data-copy]').click();
    const copied = await until(() => page.evaluate(() => navigator.clipboard.readText()),
      'something is copied');
    assert.ok(copied.startsWith('#!/bin/bash\n#SBATCH --account=def-smith\n'));
    assert.ok(copied.includes('\n\tindented\n'));
    await page.context().close();
  },

  async the_download_is_the_script_as_it_was() {
    const page = await visit();
    const [download] = await Promise.all([page.waitForEvent('download'),
      page.locator('details.script a[download]').click()]);
    assert.equal(download.suggestedFilename(), `job-${number}.sh`);
    assert.deepEqual(await bytesOf(download), second);
    await page.context().close();
  },

  async earlier_versions_can_be_opened_and_downloaded() {
    const page = await visit();
    const versions = page.locator('.script-versions li');
    assert.equal(await versions.count(), 2);
    await versions.nth(1).locator('a').click();
    await page.waitForURL(/script=1/);
    assert.ok(await page.locator('details.script').evaluate((one) => one.open));
    assert.equal(await page.locator('.script-text li').count(), 3);
    const [download] = await Promise.all([page.waitForEvent('download'),
      page.locator('details.script a[download]').click()]);
    assert.deepEqual(await bytesOf(download), first);
    await page.context().close();
  },

  async without_scripts_it_can_be_read_and_downloaded() {
    const page = await open(browser, { scripts: false });
    await page.goto(user + path);
    await page.locator('details.script > summary').click();
    assert.equal(await page.locator('.script-text li').count(), 8);
    assert.ok(await page.locator('details.script a[download]').isVisible());
    assert.ok(!(await page.locator('.script [data-copy]').isVisible()));
    await page.context().close();
  },

  async it_fits_and_is_accessible_everywhere() {
    const looks = { desk: {}, french: { locale: 'fr', theme: 'dark' },
      phone: { locale: 'fr', width: 390, height: 844 },
      'phone-dark': { theme: 'dark', width: 390, height: 844 } };
    for (const [name, look] of Object.entries(looks)) {
      const page = await visit(look);
      await expectNoOverflow(page);
      await expectAccessible(page);
      expectNoProblems(page);
      if (SHOTS) await screenshot(page, `script-${name}`);
      await page.context().close();
    }
  },
};

await removeJobs(number, number);
for (const bytes of [first, second]) assert.ok((await putBytes(number, bytes)).status < 300);
await runAll(checks);
await removeJobs(number, number);
await browser.close();
