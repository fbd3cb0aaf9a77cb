// Two hosts behind a balancer, each with a Shibboleth session store of its own, as a reader meets
// them: signing in leads to the page that was asked for, one stays at a host, and when that host
// dies the identity provider still knows who one is: the page comes back without a password.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '../lab/wait.mjs';
import { jobPath, launch, open, runAll, settleCharts } from './lib.mjs';

const { LAB_STATE, LAB_URL_BALANCER: portal, LAB_URL_IDP: provider } = process.env;
const server = (name, action) =>
  execFileSync(fileURLToPath(new URL('../lab/server', import.meta.url)), [LAB_STATE, name, action],
    { env: { ...process.env, LAB_HOSTS_SIGN_IN: 'shibboleth' }, stdio: 'inherit' });
const mine = `${portal}/secure/jobstats/alice/?state=completed`;
const browser = await launch();

/** The balancer sends newcomers to both hosts: it has found each of them alive. */
async function bothTakePart() {
  const hosts = new Set();
  await until(async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    await context.request.get(`${portal}/health`);
    for (const { name, value } of await context.cookies(portal)) {
      if (name === 'portal_route') hosts.add(value);
    }
    await context.close();
    return hosts.size === 2;
  }, 'both hosts behind the balancer');
}

/** Where a reader got to who did not get where the test expects. */
async function arrive(page, isThere) {
  await page.waitForURL(isThere).catch(async (error) => {
    const text = await page.locator('body').innerText().catch(() => 'no page');
    throw new Error(`${error.message}\nat ${page.url()}:\n${text.slice(0, 500)}`);
  });
}

/** A page after signing in on the way to it; the lab's certificate is its own. */
async function signedIn(login, address) {
  const page = await open(browser, { ignoreHTTPSErrors: true });
  await page.goto(address);
  await arrive(page, (url) => url.href.startsWith(provider));
  await page.fill('input[name=username]', login);
  await page.fill('input[name=password]', `${login}-demo`);
  await page.press('input[name=password]', 'Enter');
  await arrive(page, (url) => url.href.startsWith(portal) && !url.pathname.includes('.sso'));
  return page;
}

/** The letter of the host that the reader has come to. */
async function hostOf(page) {
  const cookies = await page.context().cookies(portal);
  return cookies.find(({ name }) => name === 'portal_route').value.slice(1);
}

const checks = {
  async signing_in_leads_to_the_page_that_was_asked_for_and_stays_at_its_host() {
    const hosts = new Set();
    for (let reader = 0; reader < 6 && hosts.size < 2; reader += 1) {
      const page = await signedIn('alice', mine);
      assert.equal(page.url(), mine);
      const host = await hostOf(page);
      for (const path of ['/secure/usersummary/alice/', jobPath('good_cpu'), '/']) {
        await page.goto(portal + path);
        await settleCharts(page);
        assert.equal(page.url(), portal + path);
        assert.equal(await hostOf(page), host);
      }
      await page.locator('.top-user', { hasText: 'alice' }).waitFor();
      hosts.add(host);
      await page.context().close();
    }
    assert.equal(hosts.size, 2, 'both hosts sign people in');
  },

  async when_the_host_dies_the_page_comes_back_from_the_other_without_a_password() {
    const page = await signedIn('alice', mine);
    const first = await hostOf(page);
    server(`host_${first}`, 'kill');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(mine);
    await arrive(page, mine);
    await page.locator('.top-user', { hasText: 'alice' }).waitFor();
    assert.ok(asked.some((url) => url.startsWith(provider)), 'the provider was asked');
    assert.notEqual(await hostOf(page), first);
    server(`host_${first}`, 'start');
    await page.goto(`${portal}/secure/usersummary/alice/`);
    await page.locator('.top-user', { hasText: 'alice' }).waitFor();
    assert.notEqual(await hostOf(page), first);
    await page.context().close();
  },
};

server('hosts', 'stop');
server('hosts', 'start');
await bothTakePart();
await runAll(checks);
server('hosts', 'stop');
await browser.close();
