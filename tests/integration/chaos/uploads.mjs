// uploads.mjs UPLOADS: scripts of 1 kB to 1 MB from 16 clients through Apache while workers are
// killed at random and MariaDB is killed and started again twice. Whatever was answered with 200 or
// 201 is in the database, byte for byte, and nothing else is there.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sleep } from '../../lab/wait.mjs';
import { lab, labScript, seeded } from '../portal/lib.mjs';
import { digest, post, putBytes, removeJobs, storedDigests } from '../portal/scripts_lib.mjs';

const count = Number(process.argv[2] ?? 2000);
const kClients = 16;
const kBase = 4200000000;
const kTries = 200;
/// Workers that die young are replaced after longer and longer pauses, so one is killed only this
/// often.
const kKillEveryMs = 3000;
const random = seeded(count);
const pool = randomBytes(1 << 20);

/** Log-uniform from 1 kB to 1 MB; each with a head of its own. */
function scriptOf(id) {
  const size = Math.floor(1024 * 2 ** (10 * random()));
  const start = Math.floor(random() * (pool.length - size + 1));
  return Buffer.concat([Buffer.from(`#!/bin/bash\n# ${id}\n`), pool.subarray(start, start + size)]);
}

const kept = new Map();      // what was answered with 200 or 201
const sent = new Map();      // what may be there
const statuses = new Map();
const note = (status) => statuses.set(status, (statuses.get(status) ?? 0) + 1);

async function upload(id) {
  const bytes = scriptOf(id);
  const asJson = id % 4 === 0;
  const body = asJson ? Buffer.from(bytes.toString('latin1')) : bytes;
  const hash = digest(body);
  sent.set(id, hash);
  for (let tries = 0; tries < kTries; tries += 1) {
    let status = 0;
    try {
      const answer = asJson ? await post({ id_job: id, submit_script: body.toString() })
        : await putBytes(id, body);
      status = answer.status;
    } catch { /* the connection broke: it counts as no answer */ }
    note(status);
    if (status === 200 || status === 201) {
      kept.set(id, hash);
      return;
    }
    assert.ok(status === 0 || status >= 500, `job ${id}: ${status}`);
    await sleep(100 + 400 * random());
  }
}

let over = false;
let killed = 0;
let restarted = 0;

async function killWorkers() {
  while (!over) {
    await sleep(kKillEveryMs * (0.5 + random()));
    const parent = readFileSync(`${lab.state}/run/portal-api.own`, 'utf8').split(' ')[0];
    const workers = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim()
      .split(' ').filter(Boolean);
    if (workers.length === 0) continue;
    try {
      process.kill(Number(workers[Math.floor(random() * workers.length)]), 'SIGKILL');
      killed += 1;
    } catch { /* it had ended */ }
  }
}

async function restartDatabase() {
  for (const share of [1 / 3, 2 / 3]) {
    while (kept.size < count * share) await sleep(100);
    assert.equal((await labScript('server', lab.state, 'mariadb', 'kill')).code, 0);
    await sleep(500);
    assert.equal((await labScript('server', lab.state, 'mariadb', 'start')).code, 0);
    restarted += 1;
  }
}

await removeJobs(kBase, kBase + count);
let next = 0;
const clients = Array.from({ length: kClients }, async () => {
  while (next < count) {
    next += 1;
    await upload(kBase + next);
  }
});
const killing = killWorkers();
const restarting = restartDatabase();
await Promise.all(clients);
over = true;
await Promise.all([killing, restarting]);

const stored = await storedDigests(kBase, kBase + count);
let lost = 0;
for (const [id, hash] of kept) if (!stored.get(id)?.has(hash)) lost += 1;
let foreign = 0;
for (const [id, hashes] of stored) {
  for (const hash of hashes) if (sent.get(id) !== hash) foreign += 1;
}
console.log(`${count} uploads, ${killed} workers killed, MariaDB killed ${restarted} times`);
console.log(`answers: ${[...statuses].map(([status, times]) => `${status || 'none'} ${times}`)
  .join(', ')}`);
console.log(`stored and answered ${kept.size}, of them not found ${lost}, half written ${foreign}`);
await removeJobs(kBase, kBase + count);
assert.equal(lost, 0);
assert.equal(foreign, 0);
assert.equal(kept.size, count, 'every client came through in the end');
assert.equal(restarted, 2);
process.exit(0);
