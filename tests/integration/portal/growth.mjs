// Daily copies of Robinhood's sums over the real servers: made once a day by the background
// service, whole or not at all, of each file system that answers; and what pages say of who grew.
import assert from 'node:assert/strict';
import { sleep, until } from '../../lab/wait.mjs';
import { askAgain, runTests, seeded, sql, test, words } from './lib.mjs';
import { OwnDatabase } from './summaries_lib.mjs';

const STORE = 'rbh_growth';
const LOGIN = 'alice';
const TEBI = 2 ** 40;
const AWAY = [['robinhood nearline', 'port', '1']];
const random = seeded(Number(process.env.SEED ?? 1));
const own = new OwnDatabase('userportal_growth', [['robinhood lustre06', 'database', STORE]]);
await own.make();
await sql(`drop database if exists ${STORE}; create database ${STORE};
  create table ${STORE}.ACCT_STAT like rbh_lustre06.ACCT_STAT;
  insert into ${STORE}.ACCT_STAT select * from rbh_lustre06.ACCT_STAT;
  grant select on ${STORE}.ACCT_STAT to userportal@'127.0.0.1';`);

/** Adds entries to an owner in a group; bytes in whole blocks. */
const put = (uid, gid, files, bytes) => sql(`insert into ACCT_STAT (uid, gid, type, lhsm_status,
  size, blocks, count) values ('${uid}', '${gid}', 'file', '', 0, ${bytes / 512}, ${files})
  on duplicate key update blocks = blocks + values(blocks), count = count + values(count)`, STORE);
const copies = (where = '1 = 1') => own.number(`select count(*) from storage_copy where ${where}`);
const ofStore = "file_system = 'lustre06'";
const service = async (more) => {
  await own.ask('delete from lease');  // it does not wait for the end of a dead one's
  return own.start(more);
};

/** The newest copy of the file system is the sums that Robinhood has now, of people and groups. */
async function copyIsTrue() {
  const columns = (owner) => `select ${owner}, sum(if(lhsm_status = 'released', size,
    blocks * 512)), sum(count) from ACCT_STAT where count < 1e15 and blocks < 1e15`;
  const kept = (kinds) => own.ask(`select owner, sum(bytes), sum(files) from storage_day
    where copy = (select max(id) from storage_copy where ${ofStore}) and kind in (${kinds})
    group by owner having count(bytes) = count(*) order by owner`);
  const odd = (owner) => `select ${owner} from ACCT_STAT where count >= 1e15 or blocks >= 1e15`;
  for (const [owner, kinds, others] of [['uid', '0, 1', "and uid <> 'root'"],
    ['gid', '2, 3', '']]) {
    assert.equal(await kept(kinds), await sql(`${columns(owner)} ${others}
      and ${owner} not in (${odd(owner)})
      group by ${owner} having sum(count) > 0 or sum(blocks) > 0 or sum(size) > 0
      order by ${owner}`, STORE), owner);
  }
}

test('the first day: one file system that is away loses nothing of the other', async () => {
  const one = await service(AWAY);
  await until(async () => await copies(ofStore) === 1 &&
    /nearline/.test((await own.task('storage'))?.error ?? ''), one.log, 60);
  assert.equal(await copies(), 1);
  await copyIsTrue();
  const portal = await own.portal();
  const health = JSON.parse((await askAgain(portal.url, '/health')).text);
  const task = health.background.tasks.find(({ task: name }) => name === 'storage');
  assert.equal(task.done, 1);
  assert.match(task.last_error, /robinhood unreachable: nearline/i);
  const metrics = (await askAgain(portal.url, '/metrics')).text;
  assert.match(metrics, /userportal_background_done_total\{task="storage"\} 1\n/);
  assert.match(metrics, /userportal_background_behind_seconds\{task="storage"\} \d+\n/);
  const page = words((await askAgain(portal.url, '/secure/top/growth/')).text);
  assert.match(page, /the first copy of its sums is of \d{4}-\d\d-\d\d/);
  assert.match(page, /there is no copy of its sums yet/);
  assert.match(page, /Not known yet/);
  await portal.stop();
  await own.stop(one);
});

test('killed at any moment there is a whole copy or none', async () => {
  await sql(`insert into ACCT_STAT (uid, gid, type, lhsm_status, size, blocks, count)
    select concat('many', seq), 'def-many', 'file', '', 0, seq, seq from seq_1_to_2000`, STORE);
  // The writing of a copy takes some seconds.
  await own.ask(`create trigger slow before insert on storage_day for each row
    set new.kind = new.kind + 0 * sleep(0.002)`);
  await own.ask('delete from storage_copy; delete from storage_day; delete from task');
  for (let kill = 0; kill < 5; kill += 1) {
    const one = await service(AWAY);
    await until(() => one.log().includes('background.lease'), one.log);
    await sleep(200 + random() * 2500);
    await own.stop(one, 'SIGKILL');
    await until(async () => await own.number(`select count(*) from information_schema.processlist
      where db = '${own.name}' and user = 'userportal'`) === 0, 'its transaction is undone', 30);
    const [made, rows] = [await copies(), await own.number('select count(*) from storage_day')];
    assert.equal(made > 0, rows > 0, `${made} copies, ${rows} rows`);
  }
  await own.ask('drop trigger slow');
  const one = await service(AWAY);
  await until(async () => await copies(ofStore) === 1, one.log, 60);
  await copyIsTrue();
  await own.stop(one);
});

test('the second day: of two services one copies, both file systems, once', async () => {
  await put('newcomer', 'def-newcomer', 7, 2 * TEBI);
  await put('many7', 'def-smith', 1000, 3 * TEBI);
  await put("o''brien", 'def-newcomer', 1, 512);
  await sql(`delete from ACCT_STAT where uid = 'many8';
    update ACCT_STAT set blocks = 18446744073709551610 where uid = 'many9'`, STORE);
  await own.ask('update storage_copy set day = day - 30');
  const [one, two] = [await service(), own.start()];
  await until(async () => await copies() === 3, one.log, 90);
  await until(async () => (await own.task('storage')).behind === 0, one.log);
  await own.stop(one);
  await until(() => two.log().includes('background.lease'), two.log, 60);
  await sleep(1500);
  await own.stop(two);
  assert.equal(await copies(), 3);
  assert.equal(await copies(ofStore), 2);
  await copyIsTrue();
});

const link = (text) => /\/quotas\/([^/"]*)\/"/.exec(text)?.[1];
const rows = (html) => [...html.matchAll(/<tr[^>]*><th scope="row"[\s\S]*?<\/tr>/g)]
  .map(([row]) => [words(row.split('<td')[0]).trim(),
    ...row.split('<td').slice(1).map((cell) => words(`<td${cell}`).trim())]);

test('pages say who grew, in both languages, and the file has the same', async () => {
  const portal = await own.portal();
  const at = async (path, language = 'en') => {
    const answer = await askAgain(portal.url, path, { headers: { 'accept-language': language } });
    assert.equal(answer.status, 200, path);
    return answer.text;
  };
  const html = await at('/secure/top/growth/');
  assert.match(words(html), /Who grew most in 30 days/);
  const [first, second] = rows(html);
  assert.equal(first[0], 'many7');
  assert.match(first[2], /^\+3\sTiB$/);
  assert.equal(second[0], 'newcomer');
  assert.equal(second[4], 'nothing');
  assert.equal(link(html), 'many7');
  assert.ok(!/many[89]\b/.test(html));
  assert.match(words(html), /1 owner is left out, since the database holds an impossible number/);
  const french = words(await at('/secure/top/growth/', 'fr'));
  assert.match(french, /Les plus fortes augmentations en 30 jours/);
  assert.match(french, /\+3\sTio/);
  assert.match(french, /rien/);

  const lines = (await at('/secure/top/growth.csv')).replace(/^\uFEFF/, '').trim().split('\r\n');
  assert.equal(lines.length, 4, lines.join('\n'));
  assert.match(lines[1], /^"many7",.*,3298534883328,\d+,\d+,1000$/);
  assert.match(lines[2], /^"newcomer",.*,0,2199023255552,2199023255552,0,7,7$/);
  assert.match(words(await at('/secure/top/growth/?by=group')), /def-newcomer/);
  assert.equal((await askAgain(portal.url, '/secure/top/growth/?sort=x')).status, 400);

  const mine = words(await at(`/secure/quotas/${LOGIN}/`));
  assert.match(mine, /grown by 3\sTiB in 30 days/);
  assert.match(mine, /grown by 1,000 in 30 days/);
  assert.match(words(await at(`/secure/quotas/${LOGIN}/`, 'fr')), /3\sTio de plus en 30 jours/);
  await portal.stop();
});

test('fewer days are said, and old copies go', async () => {
  await own.ask('select max(day) into @newest from storage_copy; ' +
    'update storage_copy set day = day + 18 where day < @newest');
  await own.ask(`insert into storage_copy (file_system, day) values ('lustre06', 100);
    insert into storage_day select max(id), 0, 'old', 1, 1 from storage_copy`);
  const portal = await own.portal();
  const page = words((await askAgain(portal.url, '/secure/top/growth/')).text);
  assert.match(page, /Who grew most since \d{4}-\d\d-\d\d/);
  const mine = words((await askAgain(portal.url, `/secure/quotas/${LOGIN}/`)).text);
  assert.match(mine, /grown by 3\sTiB since \d{4}-\d\d-\d\d/);
  const one = await service();
  await until(async () => await copies('day = 100') === 0, one.log, 60);
  await own.stop(one);
  assert.equal(await copies(), 3);
  assert.equal(await own.number("select count(*) from storage_day where owner = 'old'"), 0);
  await portal.stop();
});

test('without the database or Robinhood none of it is there', async () => {
  const without = {
    database: (text) => text.replace(/\[database\]\n(?:(?!\[).*\n)*/, ''),
    robinhood: (text) => text.replace(/\[robinhood [a-z0-9]+\]\n(?:(?!\[).*\n)*/g, '')
      .replace(/^modules = .*$/m, (line) => line.replace(/, *quotas/, '')),
  };
  for (const [what, configure] of Object.entries(without)) {
    const bare = new OwnDatabase('userportal_growth');
    bare.configure = configure;
    const portal = await bare.portal();
    for (const path of ['/secure/top/growth/', '/secure/top/growth.csv']) {
      assert.equal((await askAgain(portal.url, path)).status, 404, `${what} ${path}`);
    }
    const top = await askAgain(portal.url, '/secure/top/');
    assert.equal(top.status, 200);
    assert.doesNotMatch(top.text, /growth/);
    const mine = await askAgain(portal.url, `/secure/quotas/${LOGIN}/`);
    assert.equal(mine.status, what === 'database' ? 200 : 404);
    assert.doesNotMatch(mine.text, /quota-grew/);
    await portal.stop();
  }
  await sql(`drop database ${STORE}`);
});

await runTests();
