// Every word of a page is in the catalogues: in the pseudo-language each stands in ⟦⟧.
import assert from 'node:assert/strict';
import { startPortal } from './gateway.mjs';
import { jobPath, launch, open, runAll, settleCharts } from './lib.mjs';

const portal = await startPortal({
  'mode = production': 'mode = local\npseudo_language = yes',
}, `${process.env.LAB_USER}@alliancecan.ca`);
const browser = await launch();

/** Letters of the page outside ⟦⟧ that are neither data nor time, with what they stand in. */
function strayLetters(page) {
  return page.evaluate(() => {
    const DATA = '[translate="no"], time, script, style, noscript, .chart-legend, .chart-table';
    const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'data-label', 'alt'];
    // The same in every language.
    const isSymbol = (text) => /^(GPU|[kMG]?(W|bit\/s|\/s))$/.test(text.trim());
    const isStray = (text) => {
      if (isSymbol(text)) return false;
      let bare = text;
      while (/⟦[^⟦⟧]*⟧/.test(bare)) bare = bare.replace(/⟦[^⟦⟧]*⟧/g, ' ');
      return /\p{L}/u.test(bare);
    };
    const stray = [];
    for (const one of document.body.querySelectorAll('*')) {
      if (one.closest(DATA) || one.closest('#words')) continue;
      for (const node of one.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && isStray(node.data)) {
          stray.push(`${one.tagName}.${one.className?.baseVal ?? one.className}: ${node.data}`);
        }
      }
      for (const name of ATTRIBUTES) {
        if (isStray(one.getAttribute(name) ?? '')) stray.push(`${name}: ${one.getAttribute(name)}`);
      }
    }
    return [...new Set(stray)].slice(0, 20);
  });
}

const PLACES = {
  user_page: '/secure/jobstats/alice/',
  empty_list: '/secure/jobstats/alice/?name=nosuchjobname',
  cpu_job: jobPath('wasted_cores'),
  gpu_job: jobPath('gpu_idle'),
  running_job: jobPath('running_gpu'),
  waiting_job: jobPath('pending_held'),
  failed_job: jobPath('out_of_memory'),
  short_job: jobPath('short_job'),
  old_job: jobPath('past_retention'),
  requeued_job: jobPath('requeued'),
  array_task: jobPath('array_task'),
  no_such_job: '/secure/jobstats/alice/999999999/',
  bad_filter: '/secure/jobstats/alice/?from=nonsense',
};

const REFUSED = { no_such_job: 404, bad_filter: 400 };

const checks = {};
for (const [name, path] of Object.entries(PLACES)) {
  checks[`no_letter_outside_the_catalogue_${name}`] = async () => {
    const page = await open(browser, { locale: 'fr' });
    const answer = await page.goto(portal.url + path);
    assert.equal(answer.status(), REFUSED[name] ?? 200);
    await settleCharts(page);
    assert.match(await page.locator('main').innerText(), /⟦/, 'the pseudo-language is on');
    assert.deepEqual(await strayLetters(page), []);
    await page.context().close();
  };
}

await runAll(checks);
await browser.close();
portal.close();
