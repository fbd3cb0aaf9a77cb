// Jobs of the real Slurm on the portal: submitted by sbatch, whose number the test looks for. The
// portal reads Slurm's tables, which slurmdbd fills some seconds later: hence the polling.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { askAgain, decode, lab, labScript, runTests, test, words } from './lib.mjs';

const folder = mkdtempSync(join(lab.state, 'jobs', 'real.'));
chmodSync(folder, 0o755);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const MARKER = `marker ${process.pid}`;
const NAME = `<i>real & "quoted"</i> é 漢字`;

/** Submits as LAB_USER; answers the job's path. */
async function submit(body, ...options) {
  const script = join(folder, `script-${Math.random()}`);
  writeFileSync(script, `#!/bin/bash\n# ${MARKER}\n\n\tif true; then\n${body}\n\tfi\n`);
  chmodSync(script, 0o644);
  const { code, out, err } = await labScript('submit-job', lab.state, lab.user, script,
    '--account=def-smith', '--time=5', ...options);
  assert.equal(code, 0, err);
  const id = /^\d+$/m.exec(out)[0];
  return { id, path: `/secure/jobstats/${lab.user}/${id}/` };
}

/** The page once it satisfies. */
function pageOnce(path, satisfied) {
  let answer;
  return until(async () => {
    answer = await askAgain(lab.as.user, path);
    assert.ok([200, 404].includes(answer.status), `${path}: ${answer.status}`);
    return answer.status === 200 && satisfied(answer.text) && answer.text;
  }, () => `${path}: ${words(answer.text).slice(0, 1500)}`);
}

const state = (html) => words(/<span class="state is-[a-z]*">([\s\S]*?)<\/span>/.exec(html)[1]);

test('a job runs, is seen with its script, is cancelled, and that is seen', async () => {
  const { id, path } = await submit('sleep 200', '--ntasks=2', '--mem=100M', `--job-name=${NAME}`);
  const list = await pageOnce(`/secure/jobstats/${lab.user}/?state=running`,
    (html) => html.includes(`href="${path}"`));
  // Slurm itself turns quotes into backticks, and its latin1 column has no 漢字.
  const kept = NAME.replaceAll('"', '`').replace('漢字', '??');
  assert.ok(words(list).includes(kept), 'its name, as Slurm keeps it');
  const page = await pageOnce(path,
    (html) => state(html) === 'Running' && html.includes(`# ${MARKER}`));
  const seen = words(page);
  assert.ok(seen.includes('Account def-smith'));
  assert.match(seen, /CPU cores 2 2\b/);
  assert.match(seen, /Memory 100\sMiB 100\sMiB/);
  assert.ok(decode(page).includes(`<li># ${MARKER}</li><li></li><li>\tif true; then</li>`));
  const script = await askAgain(lab.as.user, `${path}script`);
  assert.ok(script.text.includes(`# ${MARKER}\n\n\tif true; then\nsleep 200\n`));
  assert.equal((await askAgain(lab.as.nobody, path)).status, 401);
  const moved = await askAgain(lab.as.user, `/secure/jobstats/?job=${id}`);
  assert.equal(moved.headers.location, path);
  const cancelled = await labScript('submit-job', lab.state, '--slurm', 'scancel', id);
  assert.equal(cancelled.code, 0, cancelled.err);
  const after = await pageOnce(path, (html) => state(html) === 'Cancelled');
  assert.match(words(after), /It was cancelled while it ran/);
});

test('a job that fails says with which exit code', async () => {
  const { path } = await submit('exit 3', '--job-name=fails');
  const page = await pageOnce(path, (html) => state(html) === 'Failed' &&
    words(html).includes('The script exited with code 3'));
  assert.match(words(page), /too short to be measured|No measurements reached us/);
});

test('a job that cannot start yet waits, and says why', async () => {
  const { id, path } = await submit('true', '--job-name=held', '--hold');
  const page = await pageOnce(path, (html) => state(html) === 'Pending');
  assert.match(words(page), new RegExp(`scontrol release ${id}`));
  await labScript('submit-job', lab.state, '--slurm', 'scancel', id);
  const after = await pageOnce(path, (html) => state(html) === 'Cancelled');
  assert.match(words(after), /cancelled before it started/);
});

await runTests();
