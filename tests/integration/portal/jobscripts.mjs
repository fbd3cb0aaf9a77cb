// The API of job scripts through the real Apache: tokens, every form of a script, limits, bodies
// that are cut off or stall, and the script on the job's page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { sleep, until } from '../../lab/wait.mjs';
import { ask, decode, jobPath, lab, run, runTests, story, test } from './lib.mjs';
import {
  admin, get, getBytes, labToken, makeToken, post, putBytes, removeJobs, send, sql, storedDigests,
} from './scripts_lib.mjs';

const BASE = 4100000000;
const at = '/api/jobscripts/';
const LARGEST = 4 << 20;
await removeJobs(BASE, BASE + 99999);

const reader = await makeToken('reader', '--scope', 'jobscripts:read');
const boss = await makeToken('boss', '--scope', 'admin');
let next = BASE;
const fresh = () => { next += 1; return next; };

/** Every byte, CR LF, four-byte letters, and NULs at both ends. */
const oddBytes = Buffer.concat([Buffer.from([0]), Buffer.from('#!/bin/sh\r\n💩 漢字 é\n'),
  Buffer.from(Array.from({ length: 256 }, (_, i) => i)), Buffer.from([0])]);

test('a script is created, seen again, replaced, and the earlier one kept', async () => {
  const id = fresh();
  const first = { id_job: id, submit_script: '#!/bin/bash\n💩 é\r\n\tx \u0000\n' };
  const created = await post(first);
  assert.equal(created.status, 201);
  assert.deepEqual(created.json(), first);
  assert.equal((await post(first)).status, 200);
  assert.equal((await post({ id_job: String(id), submit_script: 'other' })).status, 200);
  assert.equal((await get(`${at}${id}/`, reader)).json().submit_script, 'other');
  const rows = await sql(`select hex(script) from job_script where id_job = ${id}
    order by first_stored`);
  assert.deepEqual(rows.map(([hex]) => Buffer.from(hex, 'hex').toString()),
    [first.submit_script, 'other']);
});

test('any bytes come back as they were', async () => {
  const id = fresh();
  assert.equal((await putBytes(id, oddBytes)).status, 201);
  assert.equal((await putBytes(id, oddBytes)).status, 200);
  assert.deepEqual((await getBytes(id, reader)).body, oddBytes);
  const text = (await get(`${at}${id}/`, reader)).json().submit_script;
  assert.ok(text.startsWith('\u0000#!/bin/sh\r\n💩 漢字 é\n'));
});

test('forms and files are taken too', async () => {
  const [form, multi] = [fresh(), fresh()];
  const fields = new URLSearchParams({ id_job: form, submit_script: 'a;b&c=d\r\n💩' });
  const type = 'application/x-www-form-urlencoded';
  assert.equal((await send('POST', at, type, Buffer.from(fields.toString()))).status, 201);
  assert.equal((await getBytes(form, reader)).text, 'a;b&c=d\r\n💩');
  const data = new FormData();
  data.append('id_job', String(multi));
  data.append('submit_script', new Blob([oddBytes]), 'job "name=id_job".sh');
  const answer = new Response(data);
  const body = Buffer.from(await answer.arrayBuffer());
  assert.equal((await send('POST', at, answer.headers.get('content-type'), body)).status, 201);
  assert.deepEqual((await getBytes(multi, reader)).body, oddBytes);
});

test('curl as the original prolog used it, without the final slash', async () => {
  const id = fresh();
  const { out } = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H',
    `Authorization: Token ${labToken}`, '-d', `id_job=${id}`, '-d', 'submit_script=echo',
    `${lab.as.nobody}/api/jobscripts`]);
  assert.equal(out, '201');
});

test('the largest script fits in every form, one byte more in none', async () => {
  const id = fresh();
  const worst = Buffer.from(`{"id_job":${id},"submit_script":"${'\\u0001'.repeat(LARGEST)}"}`);
  assert.equal((await send('POST', at, 'application/json', worst)).status, 201);
  assert.equal((await getBytes(id, reader)).body.length, LARGEST);
  const more = Buffer.from(`{"id_job":${id},"submit_script":"${'\\u0001'.repeat(LARGEST + 1)}"}`);
  const refused = await send('POST', at, 'application/json', more);
  assert.equal(refused.status, 413);
  assert.ok(refused.json().detail);
  assert.equal((await putBytes(id, Buffer.alloc(LARGEST, 'x'))).status, 200);
  assert.equal((await putBytes(id, Buffer.alloc(LARGEST + 1, 'x'))).status, 413);
  assert.equal((await sql(`select count(*) from job_script where id_job = ${id}`))[0][0], '2');
});

const { hostname, port } = new URL(lab.as.nobody);
const auth = `Authorization: Token ${labToken}`;
const octets = 'Content-Type: application/octet-stream';
const head = (id, ...lines) => `PUT ${at}${id}/ HTTP/1.1\r\nHost: x\r\n${octets}\r\n` +
  `${lines.join('\r\n')}\r\n\r\n`;

/** Sends a request that may have no end; answers what came back within some time. */
function begin(text, ms = 20_000) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(text));
    const finish = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), text: answer });
    };
    const timer = setTimeout(finish, ms);
    socket.on('error', () => {});
    socket.on('data', (part) => {
      answer += part;
      if (/\r\n\r\n[^]/.test(answer)) { clearTimeout(timer); finish(); }
    });
    socket.on('close', () => { clearTimeout(timer); finish(); });
  });
}

test('a length of 4 GB, no length, and lengths that are none are refused unread', async () => {
  for (const [length, status] of [['Content-Length: 4294967296', 413],
    ['Content-Length: 25231361', 413], ['Transfer-Encoding: chunked', 411]]) {
    const answer = await begin(head(fresh(), auth, length));
    assert.equal(answer.status, status, length);
    assert.match(answer.text, /Content-Type: application\/json[\s\S]*\{"detail"/i, length);
  }
  for (const length of ['-1', 'x', '1e3', '18446744073709551616']) {
    const answer = await begin(head(fresh(), auth, `Content-Length: ${length}`));
    assert.ok([400, 413].includes(answer.status), `${length}: ${answer.status}`);
  }
});

test('uploads with wrong tokens or too large ones hold no worker', async () => {
  const wrong = [head(fresh(), 'Authorization: Token 00ff', 'Content-Length: 100000'),
    head(fresh(), `Authorization: Token ${reader}`, 'Content-Length: 100000'),
    head(fresh(), 'Content-Length: 100000'), head(fresh(), auth, 'Content-Length: 25231360')];
  const sockets = Array.from({ length: 16 }, (_, i) => {
    const socket = net.connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(wrong[i % wrong.length]);
    return socket;
  });
  await sleep(1500);
  for (let i = 0; i < 5; i += 1) {
    assert.equal((await putBytes(fresh(), Buffer.from('x'))).status, 201);
  }
  for (const socket of sockets) socket.destroy();
  const body = Buffer.alloc(100000, 'x');
  assert.equal((await putBytes(fresh(), body, '00ff')).status, 401);
  assert.equal((await putBytes(fresh(), body, reader)).status, 403);
  assert.equal((await putBytes(fresh(), body, null)).status, 401);
});

test('a body that is cut off or stalls stores nothing', async () => {
  const [cut, stalled] = [fresh(), fresh()];
  const half = 'x'.repeat(50000);
  await begin(head(cut, auth, 'Content-Length: 100000') + half, 200);
  await begin(head(stalled, auth, 'Content-Length: 100000') + half, 4000);
  assert.equal((await storedDigests(cut, stalled)).size, 0);
});

async function pageTime() {
  const begin = performance.now();
  assert.equal((await ask(lab.as.user, `/language/`)).status, 405);
  return performance.now() - begin;
}

async function medianPage(count) {
  const times = [];
  for (let i = 0; i < count; i += 1) times.push(await pageTime());
  return times.sort((a, b) => a - b)[count >> 1];
}

test('sixteen bodies that stall do not delay a page', async () => {
  const quiet = await medianPage(40);
  const sockets = Array.from({ length: 16 }, (_, i) => {
    const socket = net.connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(head(BASE + 50000 + i, auth, 'Content-Length: 100000'));
    const drip = setInterval(() => socket.write('x'), 300);
    socket.on('close', () => clearInterval(drip));
    return socket;
  });
  await sleep(500);
  const busy = await medianPage(40);
  for (const socket of sockets) socket.destroy();
  console.log(`        page: ${quiet.toFixed(1)} ms, with 16 slow bodies ${busy.toFixed(1)} ms`);
  assert.ok(busy < 1000, `${busy} ms`);
  assert.equal((await storedDigests(BASE + 50000, BASE + 50099)).size, 0);
});

test('scopes, networks, expiry and revocation hold', async () => {
  const id = fresh();
  assert.equal((await putBytes(id, Buffer.from('x'))).status, 201);
  assert.equal((await getBytes(id, labToken)).status, 403);
  assert.equal((await get(at, labToken)).status, 403);
  assert.equal((await send('DELETE', `${at}${id}/`, 'text/plain', '')).status, 403);
  assert.equal((await putBytes(id, Buffer.from('y'), reader)).status, 403);
  const away = await makeToken('away', '--network', '10.0.0.0/8,::1');
  assert.equal((await putBytes(id, Buffer.from('y'), away)).status, 403);
  const here = await makeToken('here', '--network', '127.0.0.0/8');
  assert.equal((await putBytes(id, Buffer.from('z'), here)).status, 200);
  const old = await makeToken('old', '--days', '1');
  await sql(`update api_token set expires = utc_timestamp() - interval 1 second
    where name = 'old'`);
  assert.equal((await putBytes(id, Buffer.from('y'), old)).status, 401);
  const [[number]] = await sql("select max(id) from api_token where name = 'here'");
  assert.equal((await admin('token', 'revoke', number)).code, 0);
  assert.equal((await putBytes(id, Buffer.from('y'), here)).status, 401);
  assert.equal((await send('DELETE', `${at}${id}/`, 'text/plain', '', boss)).status, 204);
  assert.equal((await getBytes(id, boss)).status, 404);
});

test('the list is bounded and leads on', async () => {
  const ids = [fresh(), fresh(), fresh()];
  for (const id of ids) await putBytes(id, Buffer.from(`script of ${id}`));
  const first = (await get(`${at}?limit=2`, reader)).json();
  assert.deepEqual(first.results.map((one) => one.id_job), [ids[2], ids[1]]);
  assert.ok(first.count >= 3);
  assert.equal(first.previous, null);
  const url = new URL(first.next);
  assert.equal(url.origin, lab.as.nobody);
  const second = (await get(url.pathname + url.search, reader)).json();
  assert.equal(second.results[0].id_job, ids[0]);
  assert.ok((await get(at, reader)).json().length <= 100);
});

test('a token is in no log and no list', async () => {
  const listed = await admin('token', 'list');
  assert.match(listed.out, /\tlab\tjobscripts:write\tany\t/);
  const logs = ['portal.out', 'portal-api.out', 'apache.access.log', 'apache.error.log'];
  for (const token of [labToken, reader, boss]) {
    assert.ok(!listed.out.includes(token));
    for (const log of logs) {
      assert.ok(!readFileSync(`${lab.state}/log/${log}`, 'utf8').includes(token), log);
    }
    assert.equal((await sql(`select count(*) from api_token where name = '${token}'
      or hex(digest) = '${token}' or cast(digest as char) = '${token}'`))[0][0], '0');
  }
});

test('the log names the token of a request', async () => {
  await putBytes(fresh(), Buffer.from('x'));
  const line = /method=PUT path=\/api\/jobscripts\/\{job_id\}\/ status=201 .*user=token:lab/;
  await until(() => line.test(readFileSync(`${lab.state}/log/portal-api.out`, 'utf8')),
    `a line ${line}`);
});

test('an uploaded script stands on the job\'s page, its versions too', async () => {
  const job = story('good_cpu');
  await removeJobs(job.id_job, job.id_job);
  assert.equal((await putBytes(job.id_job, Buffer.from('echo first\n'))).status, 201);
  assert.equal((await putBytes(job.id_job, Buffer.from('<b>second</b>\r\n\n\tx\n\xff', 'latin1')))
    .status, 200);
  const page = (await ask(lab.as.staff, jobPath(job))).text;
  assert.ok(decode(page).includes('<li><b>second</b></li><li></li><li>\tx</li><li>\ufffd</li>'));
  assert.ok(page.includes('&lt;b&gt;second'));
  assert.match(page, /href="[^"]*\?script=1#script"/);
  const script = `${jobPath(job)}script`;
  assert.equal((await ask(lab.as.staff, script)).body.toString('latin1'),
    '<b>second</b>\r\n\n\tx\n\xff');
  assert.equal((await ask(lab.as.staff, `${script}?script=1`)).text, 'echo first\n');
  assert.equal((await ask(lab.as.staff, `${script}?script=3`)).status, 404);
  assert.equal((await ask(lab.as.user, script)).status, job.user === lab.user ? 200 : 404);
  assert.equal((await ask(lab.as.nobody, script)).status, 401);
  await removeJobs(job.id_job, job.id_job);
});

await runTests();
