// The page of a job array as a reader meets it: squares by keyboard, copy, without script, on a
// phone. With SHOTS=1 it also keeps a picture of each look (see screenshot() in lib.mjs).
import assert from 'node:assert/strict';
import {
  expectAccessible, expectNoOverflow, expectNoProblems, jobPath, launch, open, runAll, screenshot,
} from './lib.mjs';

const { LAB_URL_USER: user, SHOTS } = process.env;
const parent = jobPath('array_mixed');
const number = parent.split('/').at(-2);
const path = parent.replace(`${number}/`, `array/${number}/`);
const browser = await launch();

async function visit(look = {}, address = path) {
  const page = await open(browser, look);
  const answer = await page.goto(user + address);
  assert.equal(answer.status(), 200);
  return page;
}

const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label'));

const checks = {
  async each_task_is_a_square_that_leads_to_it() {
    const page = await visit();
    const squares = page.locator('.square');
    assert.equal(await squares.count(), 30);
    assert.equal(await squares.nth(2).getAttribute('aria-label'), '3: Failed');
    assert.match(await squares.nth(2).getAttribute('href'), new RegExp(`/${number}_3/$`));
    await squares.nth(2).click();
    await page.waitForURL(user + jobPath('array_mixed_failed'));
    assert.ok(await page.locator(`a[href="${path}"]`).first().isVisible());
    await page.goto(`${user}${path}?task=27`);
    assert.equal(await page.locator('.square[aria-current]').getAttribute('aria-label'),
      '27: Pending');
    await page.context().close();
  },

  async the_squares_can_be_walked_by_keyboard() {
    const page = await visit();
    await page.locator('.square[tabindex="0"]').focus();
    assert.equal(await page.locator('.square[tabindex="0"]').count(), 1);
    assert.equal(await focused(page), '1: Completed');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), '3: Failed');
    await page.keyboard.press('End');
    assert.equal(await focused(page), '30: Pending');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), '30: Pending');
    await page.keyboard.press('Home');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.keyboard.press('ArrowDown');
    const below = await focused(page);
    assert.ok(Number(below.split(':')[0]) > 5, below);
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), '1: Completed');
    await page.keyboard.press('Tab');
    assert.ok(!(await page.evaluate(() => document.activeElement.matches('.square'))));
    await page.context().close();
  },

  async the_failed_indices_can_be_copied() {
    const page = await visit();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('[data-copy-of="retry-failed"]').click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
      '--array=3,9,12,17,18');
    await page.context().close();
  },

  async works_without_script() {
    const page = await visit({ scripts: false });
    assert.match(await page.locator('.squares-text').innerText(), /25-30/);
    assert.ok(!(await page.locator('.squares').isVisible()));
    assert.ok(!(await page.locator('[data-copy-of]').first().isVisible()));
    await page.context().close();
  },

  async it_fits_and_is_accessible_everywhere() {
    const looks = { desk: {}, french: { locale: 'fr', theme: 'dark' },
      phone: { locale: 'fr', width: 390, height: 844 },
      'phone-dark': { theme: 'dark', width: 390, height: 844 } };
    for (const [name, look] of Object.entries(looks)) {
      const chain = jobPath('pending_dependency');
      for (const [what, address] of [['array', `${path}?task=27`], ['chain', chain]]) {
        const page = await visit(look, address);
        await expectNoOverflow(page);
        await expectAccessible(page);
        expectNoProblems(page);
        if (SHOTS) await screenshot(page, `${what}-${name}`);
        await page.context().close();
      }
    }
  },
};

await runAll(checks);
await browser.close();
