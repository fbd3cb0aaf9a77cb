// Pictures for README.md from a running lab: tests/lab/with-lab STATE tests/browser/run
// screenshots.mjs [FOLDER]. Each is one window, not a whole page.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jobPath, launch, open, settleCharts } from './lib.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const { LAB_URL_NOBODY: nobody, LAB_URL_USER: user, LAB_URL_STAFF: staff } = process.env;
const mine = '/secure/jobstats/alice/';
const phone = { width: 390, height: 844 };

const PICTURES = {
  home: { base: nobody, path: '/' },
  summary: { path: '/secure/usersummary/' },
  account: { path: '/secure/accountstats/def-smith_cpu/' },
  quotas: { path: '/secure/quotas/', locale: 'fr', zone: 'America/Montreal' },
  cloud: { path: '/secure/cloudstats/project/def-smith/', theme: 'dark' },
  'top-compute': { base: staff, path: '/secure/top/compute/' },
  'top-large': { base: staff, path: '/secure/top/largemem/', ...phone },
  'top-lustre': { base: staff, path: '/secure/top/lustre/' },
  'user-page': { path: mine },
  'user-graphs': { path: mine, at: '#graphs' },
  'job-cpu': { path: jobPath('good_cpu') },
  'job-cpu-graphs': { path: jobPath('good_cpu'), at: '#cpu' },
  'job-gpu-graphs': { path: jobPath('gpu_good'), at: '#gpu' },
  'job-failed': { path: jobPath('out_of_memory') },
  'job-running-dark': { path: jobPath('running_gpu'), theme: 'dark' },
  'job-wasted-french': { path: jobPath('wasted_cores'), locale: 'fr', zone: 'America/Montreal' },
  'job-waiting': { path: jobPath('pending_held') },
  'staff-look': { base: staff, path: jobPath('good_cpu') },
  'who-looked': { path: '/secure/usersummary/', at: '#looks' },
  'user-phone': { path: mine, ...phone },
  'job-phone-dark': { path: jobPath('gpu_good'), theme: 'dark', ...phone },
};

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const [name, { base = user, path, at, ...look }] of Object.entries(PICTURES)) {
  const page = await open(browser, look);
  await page.goto(base + path);
  await settleCharts(page);
  if (at) await page.locator(at).evaluate((one) => one.scrollIntoView());
  await page.waitForTimeout(300);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`${name}.png ${Math.round(statSync(file).size / 1024)} KiB`);
  await page.context().close();
}
await browser.close();
