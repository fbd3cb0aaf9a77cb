// A portal without requests uses no processor time: neither its supervisor nor its workers wake up
// without a reason.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { sleep } from '../../lab/wait.mjs';
import { lab, runTests, test } from './lib.mjs';

const TICKS = 100;
const OLD_ENOUGH = 20 * TICKS;

/** Fields of /proc/PID/stat behind the command's name. */
const fields = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
const used = (pid) => Number(fields(pid)[11]) + Number(fields(pid)[12]);
const age = (pid) =>
  Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * TICKS - Number(fields(pid)[19]);

test('ten seconds of rest cost less than a tenth of a second', async () => {
  const supervisor = readFileSync(`${lab.state}/run/portal.own`, 'utf8').split(' ')[0];
  const workers = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try { return fields(pid)[1] === supervisor; } catch { return false; }
  });
  assert.ok(workers.length >= 1);
  while (age(supervisor) < OLD_ENOUGH) await sleep(500);
  const before = [supervisor, ...workers].map(used);
  await sleep(10000);
  const spent = [supervisor, ...workers].map((pid, index) => used(pid) - before[index]);
  assert.ok(spent[0] < TICKS / 10, `supervisor: ${spent[0]} ticks`);
});

await runTests();
