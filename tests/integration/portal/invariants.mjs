// What must be so whatever a site's data are like, over a second cluster made from a seed
// (odd_world.mjs): the same jobs once as they should be and once with what sites have made odd about
// samples and rows. SEEDS is a list of seeds, JOBS how many jobs each has.
import assert from 'node:assert/strict';
import { askAgain, each, integral, resources, runTests, tableRows, test, words } from './lib.mjs';
import { makeWorld, truthOf } from './odd_world.mjs';
import { peopleOfSlurm, serveWorld } from './odd_servers.mjs';

const SEEDS = (process.env.SEEDS ?? String(Math.floor(Date.now() / 86_400_000))).split(/[ ,]+/)
  .map(Number);
const JOBS = Number(process.env.JOBS ?? 340);
const TOLERANCE = 0.02;

const people = await peopleOfSlurm();
const path = (job) => `/secure/jobstats/${job.person.login}/${job.id}/`;

/** All that a page says of a job. */
async function read(at, job) {
  const page = await askAgain(at, path(job));
  const table = page.status === 200 ? resources(page.text) : {};
  return { job, status: page.status, text: page.text, table };
}

/** Tiles and rows with the shares that are drawn: {name, share, grade}. */
function shares(html) {
  return [...html.matchAll(/<meter class="bar ([a-z-]*)" [^>]*value="([\d.]+)"\s+aria-label="([^"]*)"/g)]
    .map(([, grade, share, name]) => ({ name, grade, share: Number(share) / 100 }));
}

const name = (job) => `${job.id} (${[...job.odd, job.odd_row].filter(Boolean).join(', ') || 'plain'})`;

/** Rows of a person's list by job number: {Cores, Memory, GPUs: shown share or null}. */
function listed(html) {
  const rows = new Map();
  for (const [, row] of html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)) {
    const id = /\/(9\d{7})\//.exec(row)?.[1];
    if (id === undefined || rows.has(Number(id))) continue;
    const cells = {};
    for (const [, label, cell] of row.matchAll(/<td data-label="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)) {
      const share = /<meter [^>]*value="([\d.]+)"/.exec(cell)?.[1];
      cells[label] = share === undefined ? null : Number(share) / 100;
    }
    rows.set(Number(id), cells);
  }
  return rows;
}

/** The list of every person with a job in the world, whole. */
async function lists(at, world) {
  const logins = [...new Set(world.jobs.map(({ person }) => person.login))];
  const pages = await each(logins, async (login) => {
    const all = new Map();
    let next = `/secure/jobstats/${login}/`;
    for (let page = 0; next && page < 8; page += 1) {
      const answer = await askAgain(at, next);
      assert.equal(answer.status, 200, next);
      for (const [id, cells] of listed(answer.text)) if (!all.has(id)) all.set(id, cells);
      next = /href="([^"]*)"[^>]*rel="next"/.exec(answer.text)?.[1]
        ?? /rel="next"[^>]*href="([^"]*)"/.exec(answer.text)?.[1];
      next = next?.replaceAll('&amp;', '&');
    }
    return all;
  }, 3);
  return new Map(pages.flatMap((page) => [...page]));
}

const top = async (at) => tableRows((await askAgain(at, '/secure/top/compute/')).text, 'cores')
  .concat(tableRows((await askAgain(at, '/secure/top/compute/')).text, 'gpus'));

/** Fails with a line for each that is wrong. */
function none(wrong) {
  assert.equal(wrong.length, 0, `${wrong.length}:\n${wrong.slice(0, 40).join('\n')}`);
}

/** Whether two numbers of one thing agree; one that is not there agrees with itself only. */
const agree = (left, right, share = TOLERANCE) => (left === null || right === null
  ? left === right : Math.abs(left - right) <= Math.max(share * Math.abs(left), 1e-9));

/** What the odd world may do to a job's number: no more than the samples it lacks. */
const scrapes = (world, job) => (job.end - job.start) / world.interval;
const allowed = (world, job) => TOLERANCE + 3 / scrapes(world, job);

async function inWorld(seed) {
  const now = Math.floor(Date.now() / 1000);
  const world = makeWorld(seed, { people, now, count: JOBS });
  const [plain, odd] = [await serveWorld(world, { odd: false, name: 'plain_acct_db' }),
    await serveWorld(world, { odd: true, name: 'odd_acct_db' })];
  const now_ = await Promise.all([plain, odd].map(async ({ url }) =>
    ({ lists: await lists(url, world), top: await top(url) })));
  const [good, bad] = await Promise.all([plain, odd].map(({ url }) =>
    each(world.jobs, (job) => read(url, job), 3)));
  return { world, plain, odd, good, bad, live: now_ };
}

for (const seed of SEEDS) {
  const here = inWorld(seed);
  const called = (what) => `seed ${seed}: ${what}`;

  test(called('every job has its page, and no page fails'), async () => {
    const { world, good, bad } = await here;
    assert.ok(world.jobs.length >= 0.8 * JOBS, `${world.jobs.length} jobs`);
    none([...good, ...bad].filter(({ status }) => status !== 200)
      .map(({ job, status }) => `${name(job)}: ${status}`));
  });

  test(called('the numbers of plain jobs are true'), async () => {
    const { world, good } = await here;
    const wrong = [];
    for (const { job, table } of good.filter(({ job: { running } }) => !running)) {
      const truth = truthOf(job);
      const check = (row, want, share) => {
        const got = table[row]?.used ?? null;
        if (!agree(want, got, share)) wrong.push(`${name(job)}: ${row} ${got}, truth ${want}`);
      };
      check('CPU cores', truth.cores, 0.01 + 1 / scrapes(world, job));
      check('Memory', truth.memory, TOLERANCE);
      if (truth.gpus === 0) continue;
      check('GPU memory', truth.gpu_memory, TOLERANCE);
      check('GPU use', truth.gpu, 0.01 + 1.5 / scrapes(world, job));
    }
    none(wrong);
  });

  test(called('no share is above all of it, unless the page says that it is odd'), async () => {
    const { bad } = await here;
    none(bad.flatMap(({ job, text }) => shares(text)
      .filter(({ share, grade }) => share > 1.001 && grade === 'is-good')
      .map((share) => `${name(job)}: ${JSON.stringify(share)}`)));
    none(bad.flatMap(({ job, table }) => Object.entries(table)
      .filter(([row, { used, allocated }]) => row !== 'Time' && used > 1.02 * allocated
        && allocated > 0 && job.odd_row !== 'too_much_time')
      .map(([row, { used, allocated }]) => `${name(job)}: ${row} ${used} of ${allocated}`)));
  });

  test(called('odd samples change no number'), async () => {
    const { world, good, bad } = await here;
    const wrong = [];
    for (const [index, { job, table }] of good.entries()) {
      if (job.odd_row) continue;
      for (const [row, { used, value }] of Object.entries(table)) {
        const got = bad[index].table[row];
        const mine = used ?? value ?? null;
        const other = got === undefined ? null : got.used ?? got.value ?? null;
        if (!agree(mine, other, allowed(world, job))) {
          wrong.push(`${name(job)}: ${row} ${other}, without the oddity ${mine}`);
        }
      }
    }
    none(wrong);
  });

  test(called('lists say of a finished job what its page says'), async () => {
    const { world, good, live: [plain] } = await here;
    const wrong = [];
    let compared = 0;
    for (const { job, table } of good) {
      if (job.running || !plain.lists.has(job.id)) continue;
      const cells = plain.lists.get(job.id);
      for (const [row, label] of [['CPU cores', 'Cores'], ['Memory', 'Memory']]) {
        const page = table[row].used / table[row].allocated;
        if (!agree(page, cells[label], 0.03 + 3 / scrapes(world, job))) {
          wrong.push(`${name(job)}: list ${cells[label]}, page ${page}`);
        }
        compared += 1;
      }
    }
    assert.ok(compared > world.jobs.length, `${compared} compared`);
    none(wrong);
  });

  test(called('odd samples change no list and no live number'), async () => {
    const { world, live: [plain, odd] } = await here;
    const wrong = [];
    let compared = 0;
    for (const job of world.jobs.filter(({ running }) => running)) {
      for (const [label, want] of Object.entries(plain.lists.get(job.id) ?? {})) {
        const got = odd.lists.get(job.id)?.[label] ?? null;
        if (want !== null) compared += 1;
        if (!agree(want, got, 0.05)) wrong.push(`${name(job)}: ${label} ${got}, without ${want}`);
      }
    }
    assert.ok(compared > 20, `${compared} compared`);
    none(wrong);
  });

  test(called('odd samples change nothing of Top'), async () => {
    const { live: [plain, odd] } = await here;
    const wrong = [];
    assert.ok(plain.top.length > 5);
    for (const row of plain.top) {
      const twin = odd.top.find(({ name: user }) => user === row.name);
      for (const [label, cell] of Object.entries(row)) {
        if (label === 'name' || cell.value === null || cell.value === undefined) continue;
        if (!agree(cell.value, twin?.[label]?.value ?? null, 0.05)) {
          wrong.push(`${row.name}: ${label} ${twin?.[label]?.value}, without ${cell.value}`);
        }
      }
    }
    none(wrong);
  });

  test(called('graphs show each core once, within what it can be'), async () => {
    const { world, odd } = await here;
    const wrong = [];
    const some = world.jobs.filter(({ odd_row: row, running }, index) =>
      !row && !running && index % 3 === 1);
    await each(some, async (job) => {
      const answer = await askAgain(odd.url, `${path(job)}graph/cpu.json?series=all`);
      if (answer.status !== 200) { wrong.push(`${name(job)}: ${answer.status}`); return; }
      const { grid, graphs: [graph] } = answer.json();
      const cores = truthOf(job).allocated;
      if (graph.series.length > cores) wrong.push(`${name(job)}: ${graph.series.length} of ${cores}`);
      const seconds = integral(graph, grid);
      const want = truthOf(job).cores * (job.end - job.start);
      if (!agree(want, seconds, 0.04 + 4 / scrapes(world, job))) {
        wrong.push(`${name(job)}: ${seconds} core-seconds, truth ${want}`);
      }
    }, 3);
    none(wrong);
  });

  test(called('odd rows give no number that cannot be'), async () => {
    const { bad } = await here;
    const wrong = [];
    for (const { job, text } of bad.filter(({ job: { odd_row: row } }) => row)) {
      const seen = words(text);
      if (/NaN|Infinity|undefined|18446744|4294967|9223372/.test(seen)) wrong.push(name(job));
    }
    none(wrong);
  });

  test(called('the servers of this world end'), async () => {
    const { plain, odd } = await here;
    for (const portal of [plain, odd]) {
      assert.ok(!/worker\.ended|source\.closed/.test(portal.log()), portal.log().slice(-2000));
      await portal.stop();
    }
  });
}

await runTests();
