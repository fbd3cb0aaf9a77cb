// What a person's jobs wasted, in a browser: as a sentence above the jobs, on its own page, on wide
// and narrow windows, in both languages, light and dark. Over a database of its own, since the
// lab's portals go on without summaries.
import assert from 'node:assert/strict';
import { OwnDatabase } from '../integration/portal/summaries_lib.mjs';
import { startPortal } from './gateway.mjs';
import {
  expectAccessible, expectNoOverflow, expectNoProblems, expectNothingCovered, jobPath, launch, open,
  runAll,
} from './lib.mjs';

const NAME = 'portal_browser_waste';
const own = new OwnDatabase(NAME);
await own.make();
const now = Math.floor(Date.now() / 1000);
const made = await own.summarize(now - 3 * 86400, now + 86400);
assert.equal(made.code, 0, made.said);
const service = own.start();
await own.sumsAreTrue(120);
await own.stop(service);

const lines = {
  'mode = production': 'mode = local', ';database = userportal': `database = ${NAME}`,
};
const portal = await startPortal(lines, `${process.env.LAB_USER}@alliancecan.ca`);
const staff = await startPortal(lines, 'staff@alliancecan.ca', 'staff@alliancecan.ca');
const browser = await launch();
const ACCOUNT = '/secure/accountstats/def-smith_cpu/';
const TOP = '/secure/top/waste/';
const PAGES = [`/secure/jobstats/${process.env.LAB_USER}/`,
  `/secure/jobstats/${process.env.LAB_USER}/waste/`, `${ACCOUNT}waste/`, `${TOP}?days=90`,
  `${TOP}?by=account`];

async function looked(options, check) {
  const page = await open(browser, options);
  try {
    for (const path of PAGES) {
      await page.goto((path.startsWith(TOP) ? staff : portal).url + path);
      await check(page);
    }
    expectNoProblems(page);
  } finally {
    await page.context().close();
  }
}

await runAll({
  'from the list to a job that wasted': async () => {
    const page = await open(browser);
    await page.goto(portal.url + PAGES[0]);
    const [sentence] = (await page.locator('#waste p').innerText()).split('\n');
    assert.match(sentence, /% of .* core-hours were used, .* wasted\. That is about \$/);
    await page.locator('#waste a').click();
    assert.equal(await page.locator('#whole p b').innerText(), sentence);
    const rows = page.locator('#jobs tbody tr');
    assert.equal(await rows.count(), 10);
    await page.getByRole('link', { name: '90 days' }).click();
    assert.match(page.url(), /delta=7776000/);
    await rows.first().locator('a').click();
    assert.match(page.url(), /\/jobstats\/\w+\/\d+\/\?attempt=\d+$/);
    await page.context().close();
  },
  'from the cluster to a person, from an account to its members': async () => {
    const page = await open(browser);
    await page.goto(staff.url + '/secure/top/compute/');
    await page.getByRole('link', { name: '7 days' }).click();
    assert.match(page.url(), /\/top\/waste\/$/);
    assert.match(await page.locator('#whole b').innerText(), /core-hours were used/);
    assert.ok(await page.locator('#whole svg rect').count() > 0);
    assert.equal(await page.locator('#limits table').count(), 2);
    await page.locator('#most tbody a').first().click();
    assert.match(page.url(), /\/waste\/\?start=\d+&end=\d+$/);
    await page.goBack();
    await page.getByRole('link', { name: 'Now' }).click();
    assert.match(page.url(), /\/top\/compute\/$/);
    await page.goto(portal.url + ACCOUNT);
    await page.getByRole('link', { name: 'What finished jobs wasted' }).click();
    assert.match(page.url(), /\/def-smith_cpu\/waste\/$/);
    const links = await page.locator('#most tbody a').allInnerTexts();
    assert.deepEqual(links.filter((login) => login !== process.env.LAB_USER), []);
    await page.context().close();
  },
  'from a name to its runs, and from a job to the others of its name': async () => {
    const page = await open(browser);
    await page.goto(portal.url + PAGES[1]);
    const name = page.locator('#kinds tbody a').first();
    const stem = await name.innerText();
    await name.click();
    assert.equal(await page.locator('h1').innerText(), stem);
    const runs = page.locator('#runs tbody tr');
    assert.ok(await runs.count() > 0);
    PAGES.push(page.url().slice(portal.url.length));
    await page.goto(portal.url + jobPath('wasted_cores'));
    await page.locator('.next-time a').click();
    assert.match(page.url(), /\/name\/\?name=/);
    await page.locator('#runs tbody a').first().click();
    assert.match(page.url(), /\/jobstats\/\w+\/\d+\/\?attempt=\d+$/);
    expectNoProblems(page);
    await page.context().close();
  },
  'nothing lies over anything on any width': async () => {
    for (const width of [320, 390, 720, 1440]) {
      await looked({ width, height: 900 }, async (page) => {
        await expectNoOverflow(page);
        await expectNothingCovered(page, width);
      });
    }
  },
  'axe finds nothing, light and dark, in both languages': async () => {
    await looked({ theme: 'dark' }, expectAccessible);
    await looked({ locale: 'fr', zone: 'America/Montreal' }, async (page) => {
      assert.match(await page.locator('main').innerText(),
        /heures-cœur ont été utilisées|Dernières exécutions/);
      await expectAccessible(page);
    });
  },
});

await browser.close();
portal.close();
staff.close();
await own.drop();
