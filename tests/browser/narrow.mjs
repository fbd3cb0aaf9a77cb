// Narrow windows: on every page with a list, in both languages, nothing lies over anything else.
// With SHOTS=1 it also keeps a picture of each (see screenshot() in lib.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expectNoOverflow, expectNothingCovered, jobPath, launch, open, runAll, screenshot, settleCharts,
} from './lib.mjs';

const { LAB_URL_USER: user, LAB_URL_STAFF: staff, LAB_SIMULATION, SHOTS } = process.env;
const { cloud } = JSON.parse(readFileSync(join(LAB_SIMULATION, 'truth.json')));
const project = '/secure/cloudstats/project/cloud-boeuf/';
const machine = cloud.find((one) => one.project === 'cloud-boeuf');
const browser = await launch();

const PAGES = {
  home: `${user}/`,
  summary: `${user}/secure/usersummary/alice/`,
  jobs: `${user}/secure/jobstats/alice/`,
  cpu_job: user + jobPath('good_cpu'),
  gpu_job: user + jobPath('gpu_good'),
  array: user + jobPath('array_task'),
  waiting: user + jobPath('pending_held'),
  accounts: `${user}/secure/accountstats/`,
  account: `${staff}/secure/accountstats/def-smith_cpu/`,
  quotas: `${user}/secure/quotas/`,
  compute: `${staff}/secure/top/compute/`,
  large_memory: `${staff}/secure/top/largemem/`,
  file_systems: `${staff}/secure/top/lustre/`,
  growth: `${staff}/secure/top/growth/`,
  project: staff + project,
  instance: `${staff}${project}${machine?.uuid}/`,
};

const checks = {};
for (const [name, url] of Object.entries(PAGES)) {
  for (const locale of ['en', 'fr']) {
    checks[`${name}_${locale}`] = async () => {
      const page = await open(browser, { locale, width: 390, height: 844 });
      assert.equal((await page.goto(url)).status(), 200);
      for (const width of [320, 390, 720]) {
        await page.setViewportSize({ width, height: 844 });
        await settleCharts(page);
        if (SHOTS) console.log(await screenshot(page, `narrow-${name}-${locale}-${width}`));
        await expectNoOverflow(page);
        await expectNothingCovered(page, width);
      }
      await page.context().close();
    };
  }
}

await runAll(checks);
await browser.close();
