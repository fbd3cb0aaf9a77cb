// Portals of two clusters below paths of one host, as a reader meets them: the menu that leads from
// a page to the one that stands for it on the other, and nothing that is loaded from outside of the
// path. With SHOTS=1 it also keeps pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '../lab/wait.mjs';
import {
  expectAccessible, expectNoOverflow, expectNoProblems, jobPath, launch, open, runAll, screenshot,
  settleCharts,
} from './lib.mjs';

const { LAB_STATE, LAB_URL_PATHS: host, LAB_URL_IDP: provider, SHOTS } = process.env;
execFileSync(fileURLToPath(new URL('../lab/server', import.meta.url)),
  [LAB_STATE, 'paths', 'start']);
const narval = `${host}/narval`;
const beluga = `${host}/beluga`;
const browser = await launch();

const LOOKS = {
  'desk-light': {},
  'desk-french-dark': { locale: 'fr', theme: 'dark' },
  'phone-light': { width: 390, height: 844 },
  'phone-french-dark': { locale: 'fr', theme: 'dark', width: 390, height: 844 },
};

/** A page after signing in on the way to it; the lab's certificate is its own. */
async function signedIn(login, address, options = {}) {
  const page = await open(browser, { ...options, ignoreHTTPSErrors: true });
  page.addresses = [];
  page.on('request', (request) => page.addresses.push(request.url()));
  await page.goto(address);
  await page.waitForURL((url) => url.href.startsWith(provider));
  await page.fill('input[name=username]', login);
  await page.fill('input[name=password]', `${login}-demo`);
  await page.press('input[name=password]', 'Enter');
  await page.waitForURL((url) => url.href.startsWith(host) && !url.pathname.includes('.sso'));
  return page;
}

const menuOf = (page) => page.locator('details.clusters');

const checks = {
  async leads_from_a_page_to_the_same_page_of_the_other_cluster() {
    const page = await signedIn('alice', `${narval}/secure/usersummary/alice/?delta=604800`);
    const link = menuOf(page).getByRole('link', { name: 'Béluga' });
    assert.ok(!(await link.isVisible()));
    await page.getByText('Other clusters').first().click();
    await link.click();
    await page.waitForURL(`${beluga}/secure/usersummary/alice/?delta=604800`);
    assert.match(await page.title(), /Béluga/);
    await page.goto(narval + jobPath('good_cpu'));
    await page.getByText('Other clusters').first().click();
    await link.click();
    await page.waitForURL(`${beluga}/secure/jobstats/alice/`);
    await page.context().close();
  },

  async closes_as_a_menu_does() {
    const page = await signedIn('alice', `${narval}/secure/jobstats/alice/`);
    const link = menuOf(page).getByRole('link', { name: 'Béluga' });
    await menuOf(page).locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await link.isVisible());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.ok(!(await link.isVisible()));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
    await page.keyboard.press('Enter');
    await page.locator('h1').first().click();
    assert.ok(!(await link.isVisible()));
    await page.context().close();
  },

  async needs_no_script() {
    const page = await open(browser, { scripts: false, ignoreHTTPSErrors: true });
    await page.goto(`${narval}/`);
    await page.getByText('Other clusters').first().click();
    await menuOf(page).getByRole('link', { name: 'Béluga' }).click();
    await page.waitForURL(`${beluga}/`);
    await page.context().close();
  },

  async loads_nothing_from_outside_of_the_path() {
    const page = await signedIn('staff', `${narval}/secure/top/compute/`);
    page.addresses.length = 0;
    for (const path of ['/', jobPath('good_cpu'), jobPath('gpu_good'), '/secure/usersummary/alice/',
      '/secure/accountstats/def-smith_cpu/', '/secure/cloudstats/project/def-smith/',
      '/secure/top/lustre/', '/secure/quotas/alice/']) {
      await page.goto(narval + path);
      await settleCharts(page);
    }
    const outside = page.addresses.filter((one) => !one.startsWith(`${narval}/`));
    assert.deepEqual(outside, []);
    assert.ok(page.addresses.length > 30, `${page.addresses.length} requests`);
    expectNoProblems(page);
    await page.locator('[data-theme-switch]').click();
    const theme = await until(async () => (await page.context().cookies(`${narval}/`))
      .find(({ name }) => name === 'theme'), 'the theme is kept');
    assert.equal(theme.path, '/narval/');
    await page.context().close();
  },

  async looks_right_wide_and_narrow_light_and_dark_in_both_languages() {
    for (const [name, look] of Object.entries(LOOKS)) {
      const page = await signedIn('staff', `${narval}/secure/jobstats/alice/`, look);
      await settleCharts(page);
      await menuOf(page).locator('summary').click();
      await expectNoOverflow(page);
      await expectAccessible(page);
      if (SHOTS) await screenshot(page, `siblings-${name}`, false);
      await page.context().close();
    }
  },
};

await runAll(checks);
await browser.close();
