// Signing in and out through the real Shibboleth and identity provider of the lab, as a reader
// does; what a page says when the session ends under it. With SHOTS=1 it also keeps pictures.
import assert from 'node:assert/strict';
import {
  expectAccessible, expectNoOverflow, expectNoProblems, jobPath, launch, open, runAll, screenshot,
  settleCharts,
} from './lib.mjs';

const { LAB_URL_SSO: portal, LAB_URL_IDP: provider, SHOTS } = process.env;
const mine = '/secure/jobstats/alice/';
const browser = await launch();
const again = { name: 'Sign in again' };

const LOOKS = {
  desk: {},
  'desk-french-dark': { locale: 'fr', theme: 'dark' },
  phone: { width: 390, height: 844 },
  'phone-french-dark': { locale: 'fr', theme: 'dark', width: 390, height: 844 },
};

/** The lab's certificate is its own. */
const look = (options = {}) => open(browser, { ...options, ignoreHTTPSErrors: true });

const atProvider = (page) => page.waitForURL((url) => url.href.startsWith(provider));

async function givePassword(page, login, password = `${login}-demo`) {
  await page.fill('input[name=username]', login);
  await page.fill('input[name=password]', password);
  await page.press('input[name=password]', 'Enter');
}

/** A page of the portal after signing in on the way to it. */
async function signIn(login, path, options, password) {
  const page = await look(options);
  await page.goto(portal + path);
  await atProvider(page);
  await givePassword(page, login, password);
  await page.waitForURL((url) => url.href.startsWith(portal) && !url.pathname.includes('.sso'));
  return page;
}

/** Ends the session on the server; the browser keeps its cookie, and the provider its own. */
async function expire(page) {
  const cookies = await page.context().cookies(portal);
  const { value } = cookies.find(({ name }) => name.startsWith('_shibsession'));
  await page.context().request.get(`${portal}/Shibboleth.sso/Logout/Admin?session=${value}`);
}

/** The provider, too, wants the password again. */
const forgetProvider = (page) => page.context().clearCookies({ domain: '127.0.0.1' });

/** What the browser itself says of answers that a check provokes. */
function forgive(page, pattern) {
  page.problems = page.problems.filter((one) => !pattern.test(one));
}

async function keepPicture(page, name) {
  if (SHOTS) await screenshot(page, `sso-${name}`, !name.startsWith('expired'));
}

const checks = {
  async signs_in_as_a_user_and_comes_to_the_page_that_was_asked_for() {
    const page = await look();
    await page.goto(`${portal}/`);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await atProvider(page);
    await givePassword(page, 'alice', 'wrong');
    await page.getByText(/incorrect/i).first().waitFor();
    await givePassword(page, 'alice');
    await page.waitForURL(`${portal}/secure/**`);
    await page.goto(`${portal}${mine}?state=completed`);
    assert.equal(page.url(), `${portal}${mine}?state=completed`);
    await settleCharts(page);
    await page.locator('.top-user', { hasText: 'alice' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Top users' }).count(), 0);
    forgive(page, /me\.json|127\.0\.0\.1/);
    expectNoProblems(page);
    await page.goto(`${portal}/`);
    await page.locator('.top-user', { hasText: 'alice' }).waitFor();
    await page.context().close();
  },

  async signs_in_as_staff_who_see_everybody() {
    const page = await signIn('staff', mine);
    assert.equal(page.url(), portal + mine);
    await page.locator('.whose', { hasText: 'alice' }).waitFor();
    await page.getByRole('link', { name: 'Top users' }).click();
    await page.waitForURL(`${portal}/secure/top/**`);
    expectNoProblems(page);
    await page.context().close();
  },

  async signs_out_of_both() {
    const page = await signIn('alice', mine);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.waitForURL(`${portal}/`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    assert.deepEqual((await page.context().cookies(portal))
      .filter(({ name }) => name.startsWith('_shibsession')), []);
    await page.goto(portal + mine);
    await atProvider(page);
    assert.equal(await page.locator('input[name=password]').count(), 1);
    await page.context().close();
  },

  async offers_to_sign_in_again_and_comes_back_to_the_same_place() {
    const address = `${portal}${jobPath('good_cpu')}?start=${Math.floor(Date.now() / 1000) - 86400}`
      + `&end=${Math.floor(Date.now() / 1000)}`;
    const page = await signIn('alice', address.slice(portal.length));
    await page.goto(`${address}#nodes`);
    await expire(page);
    await forgetProvider(page);
    await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
    const charts = page.locator('figure.chart[data-src]');
    await charts.first().scrollIntoViewIfNeeded();
    const dialog = page.getByRole('dialog', { name: "You've been signed out" });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await page.evaluate(() => scrollTo({ top: 700, behavior: 'instant' }));
    await charts.getByRole('button', again).first().evaluate((button) => button.click());
    await atProvider(page);
    await givePassword(page, 'alice');
    await page.waitForURL(`${address}**`);
    await page.waitForFunction(() => Math.abs(scrollY - 700) < 5);
    assert.equal(page.url(), `${address}#nodes`);
    forgive(page, /status of 401/);
    expectNoProblems(page);
    await page.context().close();
  },

  async comes_back_without_a_password_while_the_provider_remembers() {
    const page = await signIn('alice', mine);
    await expire(page);
    await page.goto(`${portal}/secure/quotas/alice/`);
    await page.waitForURL(`${portal}/secure/quotas/alice/`);
    await page.context().close();
  },

  async a_page_that_keeps_itself_up_to_date_says_that_the_session_is_over() {
    const page = await look();
    await page.clock.install();
    await page.goto(portal + jobPath('running_gpu'));
    await atProvider(page);
    await givePassword(page, 'alice');
    await page.waitForURL(`${portal}/secure/**`);
    await page.locator('main[data-live]').waitFor();
    await expire(page);
    await page.clock.runFor(Number(await page.locator('main').getAttribute('data-live')) * 1000);
    await page.getByRole('dialog', { name: "You've been signed out" }).waitFor();
    forgive(page, /status of 401/);
    expectNoProblems(page);
    await page.context().close();
  },

  async tells_who_cannot_come_in_why_and_how_to_leave() {
    const looks = Object.entries(LOOKS).filter(([name]) => SHOTS || /^desk$|dark$/.test(name));
    for (const [name, options] of looks) {
      const page = await signIn('odd-nameless', '/secure/jobstats/', options, 'odd');
      await page.getByText('eduPersonPrincipalName').waitFor();
      await expectNoOverflow(page);
      await expectAccessible(page);
      await keepPicture(page, `nameless-${name}`);
      await page.locator('main a.button').click();
      await page.waitForURL(`${portal}/`);
      await page.context().close();
    }
  },
};

const PICTURES = {
  'sign-in': async (options) => {
    const page = await look(options);
    await page.goto(portal + mine);
    return page;
  },
  expired: async (options) => {
    const page = await signIn('alice', mine, options);
    await expire(page);
    const charts = page.locator('figure.chart[data-src]');
    for (const chart of await charts.all()) await chart.evaluate((one) => one.scrollIntoView());
    await page.getByRole('dialog').waitFor();
    return page;
  },
  unknown: (options) => signIn('odd-unknown', '/secure/jobstats/', options, 'odd'),
  stranger: (options) => signIn('odd-markup', '/secure/jobstats/', options, 'odd'),
};

if (SHOTS) {
  for (const [picture, make] of Object.entries(PICTURES)) {
    for (const [name, options] of Object.entries(LOOKS)) {
      checks[`picture_${picture}_${name}`] = async () => {
        const page = await make(options);
        await keepPicture(page, `${picture}-${name}`);
        await page.context().close();
      };
    }
  }
}

await runAll(checks);
await browser.close();
