// What the page of each story advises, against what the simulator knows to be wrong with it:
// precision and recall over all rules; no advice on jobs that ran well; memory is not requested
// below what was used.
import assert from 'node:assert/strict';
import { askAgain, each, jobPath, lab, runTests, test, truth, words } from './lib.mjs';

const kMebi = 1024 * 1024;
const UNITS = { M: kMebi, G: 1024 * kMebi };
const played = new Map(truth.jobs.map((job) => [job.story, job]));
const stories = Object.entries(truth.stories).filter(([name]) => name !== 'skeleton');

const pages = new Map();
await each(stories, async ([name, job]) => {
  const page = await askAgain(lab.as.staff, jobPath(job));
  assert.equal(page.status, 200, name);
  pages.set(name, page.text);
}, 2);

const rulesOf = (html) => [...html.matchAll(/data-rule="([a-z-]+)"/g)].map(([, rule]) => rule);
const wanted = (name) => (played.get(name)?.advice ?? '').split(',').filter((rule) => rule);
const headline = (html) => words(/<p class="headline [\s\S]*?<\/p>/.exec(html)?.[0] ?? '');

/** Lines of the box "Next time": what was written, and what is proposed. */
function nextLines(html) {
  const box = /<table class="next-time-lines">[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
  return [...box.matchAll(/<tr><td>([\s\S]*?)<\/td>\s*<td>([\s\S]*?)<\/td><\/tr>/g)]
    .map(([, before, after]) => [words(before), words(after)]);
}

test('each story gets the advice that fits it, and no other', () => {
  let right = 0;
  let said = 0;
  let expected = 0;
  const wrong = [];
  for (const [name] of stories) {
    const found = rulesOf(pages.get(name));
    const want = wanted(name);
    right += found.filter((rule) => want.includes(rule)).length;
    said += found.length;
    expected += want.length;
    const same = [...found].sort().join() === [...want].sort().join();
    if (!same) wrong.push(`${name}: ${found.join(', ') || 'nothing'}, not ${want.join(', ')}`);
  }
  console.log(`advice on ${stories.length} stories: precision ${(right / said).toFixed(3)}, ` +
    `recall ${(right / expected).toFixed(3)}`);
  for (const line of wrong) console.log(`  ${line}`);
  assert.equal(right / said, 1, 'precision');
  assert.ok(right / expected >= 0.95, 'recall');
});

test('a job that ran well is told so, and nothing else', () => {
  for (const name of ['good_cpu', 'gpu_good', 'cores_640', 'gpu_multi_node', 'checkpoints']) {
    assert.equal(headline(pages.get(name)), 'Ran well. Nothing to change.', name);
    assert.deepEqual(nextLines(pages.get(name)), [], name);
  }
  assert.equal(headline(pages.get('running_cpu')), 'Running well so far.');
});

test('the sentence on top has the fact and its price', () => {
  assert.match(headline(pages.get('wasted_cores')),
    /^3[01](\.\d+)? of its 32 cores were idle\. Lost: 9\d(\.\d+)? core-hours, about \$/);
  assert.match(headline(pages.get('one_busy_node')),
    /^Nothing ran on 7 of its 8 nodes\. Lost: 1[67]\d/);
  assert.match(headline(pages.get('gpu_idle')), /^Its GPUs were never used\. Lost: [56]/);
  assert.match(headline(pages.get('dead_rank')),
    /^Idle: 1 of its 4 GPUs \(ng10201 GPU 3\)\. Lost: 2 GPU-hours/);
  assert.match(headline(pages.get('timeout')), /^Stopped at its time limit of 02:00:00\./);
  assert.match(headline(pages.get('out_of_memory')), /^Out of memory: it reached its 16.GiB and/);
  for (const name of ['pending', 'short_job', 'preempted']) {
    assert.equal(headline(pages.get(name)), '', name);
  }
});

test('next time: what the script says, changed', () => {
  assert.deepEqual(nextLines(pages.get('wasted_cores')),
    [['--ntasks=32', '--ntasks=2']], 'they stand on the command line');
  assert.deepEqual(nextLines(pages.get('dead_rank')),
    [['--gpus-per-node=a100:4', '--gpus-per-node=a100:3']]);
  assert.deepEqual(nextLines(pages.get('gpu_idle')),
    [['--gpus-per-node=a100:2', 'remove this line']]);
  const [before, after] = nextLines(pages.get('memory_hog'))[0];
  assert.equal(before, 'not in the script');
  const [, count, unit] = /--mem=(\d+)([MG])$/.exec(after);
  const used = played.get('memory_hog').max_memory_bytes;
  assert.ok(count * UNITS[unit] >= used, `${after} of ${used}`);
  assert.ok(count * UNITS[unit] <= 2 * used, `${after} of ${used}`);
  assert.deepEqual(nextLines(pages.get('timeout')), [['--time=120', '--time=3:00:00']]);
});

test('lines of a script that a notice speaks of are marked', () => {
  const marked = [...pages.get('bad_script').matchAll(/<li class="is-marked">([^<]*)</g)];
  assert.deepEqual(marked.map(([, text]) => text).sort(), ['conda activate study', 'sleep 20m']);
});

test('each page says it in French, too', async () => {
  await each(stories.filter(([name]) => wanted(name).length > 0), async ([name, job]) => {
    const headers = { 'accept-language': 'fr' };
    const page = await askAgain(lab.as.staff, jobPath(job), { headers });
    assert.deepEqual(rulesOf(page.text), rulesOf(pages.get(name)), name);
    assert.equal(headline(page.text) === '', headline(pages.get(name)) === '', name);
    assert.ok(!/\bits\b|\bwere\b/.test(headline(page.text)), headline(page.text));
  }, 2);
});

await runTests();
