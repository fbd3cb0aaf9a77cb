// Arrays and chains: the page of an array against what Slurm's table itself says, numbers of tasks
// in addresses and in the box, jobs that wait for each other.
import assert from 'node:assert/strict';
import {
  ask, askAgain, decode, jobPath, lab, runTests, sql, story, test, words,
} from './lib.mjs';

const mixed = story('array_mixed');
const mine = '/secure/jobstats/alice/';
const path = `${mine}array/${mixed.id_job}/`;
const french = { headers: { 'accept-language': 'fr' } };
const cluster = `\`${process.env.LAB_CLUSTER}_job_table\``;

/** The newest attempt of each task that has a row: [index, state] by index. */
async function newest() {
  const rows = await sql(`select id_array_task, state from ${cluster}
    where id_array_job = ${mixed.id_job} and id_array_task < 4294967294
    order by id_array_task, time_submit`);
  return new Map(rows.split('\n').map((line) => line.split('\t').map(Number)));
}

function indices(list) {
  return list.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** {state word: indices} of the text twin. */
function twin(html) {
  const found = {};
  for (const [, state, list] of html.matchAll(/data-word="([^"]*)"\s*>([\d,-]+)<\/dd>/g)) {
    found[state] = indices(list);
  }
  return found;
}

const retries = (html) => [...html.matchAll(/--array=([\d,-]+)<\/code>/g)].map(([, list]) => list);
const BAD = [5, 6, 7, 8, 9, 10, 11];

test('the string to run again names the tasks that Slurm says ended badly', async () => {
  const { text, status } = await askAgain(lab.as.user, path);
  assert.equal(status, 200);
  const tasks = [...await newest()];
  const bad = tasks.filter(([, state]) => BAD.includes(state)).map(([index]) => index);
  const cancelled = tasks.filter(([, state]) => state === 4).map(([index]) => index);
  assert.deepEqual(bad, [3, 9, 12, 17, 18]);
  assert.equal(retries(text)[0], '3,9,12,17,18');
  assert.deepEqual(indices(retries(text)[1]), [...bad, ...cancelled].sort((a, b) => a - b));
});

test('the text twin has each task once, in its newest state', async () => {
  const { text } = await askAgain(lab.as.user, path);
  const shown = twin(text);
  const tasks = await newest();
  const of = (number) => [...tasks].filter(([, state]) => state === number).map(([index]) => index);
  assert.deepEqual(shown.Completed, of(3));
  assert.deepEqual(shown.Running, of(1));
  assert.deepEqual(shown.Failed, of(5));
  assert.deepEqual(shown.Pending, [25, 26, 27, 28, 29, 30]);
  const all = Object.values(shown).flat().sort((a, b) => a - b);
  assert.deepEqual(all, Array.from({ length: 30 }, (_, i) => i + 1));
});

test('the page counts, paces and measures', async () => {
  const { text } = await askAgain(lab.as.user, path);
  const seen = words(text).replaceAll(/[\u00A0\u202F]/g, ' ');
  assert.match(seen, /21 of 30 tasks are over\. Lately [\d.]+ ended per hour/);
  assert.match(seen, /At this pace the last task ends about/);
  assert.match(seen, /Completed × 15/);
  assert.match(seen, /Median 00:3\d:\d\d\. Half of the tasks/);
  assert.match(seen, /Of 15 completed tasks, according to Slurm/);
  assert.match(seen, new RegExp(`${mixed.id_job}_20 Run time: 02:00:00 \\(median`));
  assert.match(seen, /The array is already running as many tasks as its limit allows/);
  assert.doesNotMatch(seen, /NaN|inf\b/);
  const said = words((await askAgain(lab.as.user, path, french)).text);
  assert.match(said, /Lot 3\d+/);
  assert.match(said, /Relancer les tâches en échec/);
});

test('the table is sorted, narrowed and paged', async () => {
  const numbers = async (query) => [...(await askAgain(lab.as.user, path + query)).text
    .matchAll(/class="row-link" href="[^"]*">\d+_(\d+)</g)].map(([, index]) => Number(index));
  assert.deepEqual(await numbers(''), Array.from({ length: 24 }, (_, i) => i + 1));
  assert.deepEqual(await numbers('?sort=-task'), Array.from({ length: 24 }, (_, i) => 24 - i));
  assert.equal((await numbers('?sort=time'))[0], 20);
  assert.deepEqual(await numbers('?state=5'), [3, 17, 18]);
  assert.deepEqual(await numbers('?page=2'), [], 'all fit on one page');
  for (const query of ['?sort=x', '?page=-1', '?state=x', '?task=99999999999']) {
    assert.equal((await ask(lab.as.user, path + query)).status, 400, query);
  }
});

test('the number of a task is accepted in addresses and in the box', async () => {
  const failed = story('array_mixed_failed');
  const to = async (address, at = lab.as.user) => {
    const { status, headers } = await askAgain(at, address);
    return status === 302 ? decode(headers.location) : status;
  };
  assert.equal(await to(`${mine}${mixed.id_job}_3/`), jobPath(failed));
  assert.equal(await to(`${mine}${mixed.id_job}_27/`), `${path}?task=27`);
  assert.equal(await to(`/secure/jobstats/?job=${mixed.id_job}_27`), `${path}?task=27`);
  assert.equal(await to(`/secure/jobstats/?job=${mixed.id_job}_27`, lab.as.staff),
    `${path}?task=27`);
  assert.equal(await to(`/secure/jobstats/?job=${mixed.id_job}`), path);
  assert.equal(await to(`${mine}${mixed.id_job}_31/`), 404);
  assert.equal(await to(`/secure/jobstats/bob/${mixed.id_job}_3/`), 404);
  assert.equal(await to(`/secure/jobstats/bob/array/${mixed.id_job}/`, lab.as.staff), 404);
  assert.equal(await to(`${mine}array/${failed.id_job}/`), 404);
  const script = await askAgain(lab.as.user, `${mine}${mixed.id_job}_3/script`);
  assert.equal(script.status, 200);
  assert.match(words((await askAgain(lab.as.user, `${path}?task=27`)).text),
    /Task 27 is still waiting/);
});

test('a task and its array lead to each other, and nobody is among the others', async () => {
  const { text } = await askAgain(lab.as.user, jobPath(story('array_mixed_failed')));
  assert.ok(text.includes(`href="${path}"`));
  const related = /id="related"[\s\S]*?<\/section>/.exec(text)[0];
  const others = [...related.matchAll(/row-link" href="[^"]*">(\d+(?:_\d+)?)</g)]
    .map(([, number]) => number);
  assert.equal(others.length, 23);
  assert.ok(!others.includes(`${mixed.id_job}_3`) && !others.includes(`${mixed.id_job}`));
  const list = await askAgain(lab.as.user, mine);
  assert.ok(list.text.includes(`href="${path}"`), 'the list leads to it');
});

test('a job that waits says for which one, and the chain shows all of them', async () => {
  const [first, second, last] = ['running_cpu', 'pending_dependency', 'chain_last'].map(story);
  const waiting = (await askAgain(lab.as.user, jobPath(second))).text;
  const sentence = /<p class="section-note">It waits for:[\s\S]*?<\/p>/.exec(waiting)[0];
  assert.ok(sentence.includes(`href="${jobPath(first)}"`));
  assert.match(words(sentence), /Running/);
  for (const job of [first, second, last]) {
    const { text } = await askAgain(lab.as.user, jobPath(job));
    const chain = /<ol class="chain">[\s\S]*?<\/ol>/.exec(text)[0];
    const stages = chain.split('<li class="chain-stage">').slice(1);
    assert.equal(stages.length, 3);
    for (const [i, one] of [first, second, last].entries()) {
      assert.ok(words(stages[i]).startsWith(`${one.id_job} `), words(stages[i]));
    }
    assert.match(words(stages[0]), /holds up the next one/);
  }
  const alone = (await askAgain(lab.as.user, jobPath(story('good_cpu')))).text;
  assert.ok(!alone.includes('class="chain"'));
});

await runTests();
