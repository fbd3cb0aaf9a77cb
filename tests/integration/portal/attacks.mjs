// People who mean harm to the others' work, through the real Apache: large heads, slow senders, one
// person's many requests. The others' pages are answered all the while.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { sleep, until } from '../../lab/wait.mjs';
import { ask, askRaw, each, jobPath, lab, runTests, story, test } from './lib.mjs';

const fields = (count, size) => Array.from({ length: count },
  (_, i) => `X-Pad-${i}: ${'a'.repeat(size)}\r\n`).join('');
const head = (count, size) =>
  `GET / HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n${fields(count, size)}\r\n`;
const refused = async (reason) => {
  const { text } = await ask(lab.as.nobody, '/metrics');
  const sample = `userportal_connections_refused_total{reason="${reason}"} `;
  return Number(text.split('\n').find((line) => line.startsWith(sample)).slice(sample.length));
};

/** What somebody else gets meanwhile. */
async function othersAreServed() {
  const answers = await each(['/', jobPath(story('good_cpu')), '/', '/', '/'],
    (path) => ask(lab.as.user, path), 2);
  for (const { status } of answers) assert.equal(status, 200);
}

test('a head that is too large is refused by Apache', async () => {
  for (const [count, size] of [[26, 7900], [60, 100], [1, 8000]]) {
    const { status, text } = await askRaw(lab.as.nobody, head(count, size));
    assert.equal(status, 400, `${count} of ${size}`);
    assert.match(text, /too many cookies of this site: delete them[\s\S]* de ce site&#8239;:/);
  }
  assert.equal((await askRaw(lab.as.nobody, head(20, 1000))).status, 200);
});

test('what Apache lets through a worker refuses at once, logs and counts', async () => {
  const before = await refused('head_too_long');
  const attack = each(Array.from({ length: 24 }), () => askRaw(lab.as.nobody, head(36, 4000)), 8);
  await othersAreServed();
  for (const { status } of await attack) assert.ok(status >= 500, status);
  assert.ok(await refused('head_too_long') >= before + 24);
  await until(() => readFileSync(join(lab.state, 'log', 'portal.out'), 'utf8')
    .includes('peer.dropped reason=head_too_long'), 'the log says why');
});

/** A POST without a good token that sends its body a little at a time; answers what came back. */
function drip() {
  const url = new URL(lab.as.nobody);
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(Number(url.port), url.hostname, () => {
      socket.write('POST /api/jobscripts/ HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n' +
        `Authorization: Token ${'0'.repeat(64)}\r\nContent-Type: application/json\r\n` +
        'Content-Length: 2000000\r\n\r\n');
    });
    const timer = setInterval(() => socket.write('x'.repeat(10)), 30);
    socket.on('data', (part) => { text += part; });
    socket.on('error', () => {});
    socket.on('close', () => { clearInterval(timer); resolve(text); });
    setTimeout(() => socket.destroy(), 8000);
  });
}

test('slow senders without a token do not hold up the API', async () => {
  const senders = Array.from({ length: 40 }, drip);
  await sleep(300);
  for (let i = 0; i < 5; i += 1) {
    const answer = await ask(lab.as.nobody, '/api/jobscripts/', { method: 'POST',
      headers: { authorization: `Token ${'1'.repeat(64)}`, 'content-type': 'application/json',
        'content-length': '2' },
      body: '{}' });
    assert.equal(answer.status, 401);
  }
  for (const text of await Promise.all(senders)) assert.doesNotMatch(text, /^HTTP\/1.1 2/);
});

test('one person who opens very many pages leaves the others theirs', async () => {
  const page = jobPath(story('good_cpu'));
  const many = each(Array.from({ length: 120 }), () => ask(lab.as.staff, page), 40);
  await othersAreServed();
  for (const { status } of await many) assert.equal(status, 200);
});

test('a private answer depends on who asks, in the browser too', async () => {
  const graph = `${jobPath(story('gpu_good'))}graph/cpu.json`;
  const first = await ask(lab.as.user, graph);
  const again = await ask(lab.as.user, graph, { headers: { 'if-none-match': first.headers.etag } });
  assert.equal(again.status, 304);
  const more = await Promise.all(['/secure/me.json', `/secure/jobstats/${lab.user}/`,
    '/secure/jobstats/', '/nothing.json', `${jobPath(story('gpu_good'))}script`]
    .map((path) => ask(lab.as.user, path)));
  for (const { headers } of [first, again, ...more]) {
    assert.match(headers.vary, /Cookie/);
    assert.match(headers['cache-control'], /private|no-store/);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  }
  assert.equal((await ask(lab.as.nobody, '/static/')).headers['cross-origin-resource-policy'],
    'same-origin');
});

test('odd spellings of an address find nothing of others', async () => {
  const addresses = ['/secure/jobstats/bo\u202Eb/', '/secure/jobstats/BOB/',
    '/secure/jobstats/bob%00/',
    '/secure/jobstats/bob%2f/', '/secure/jobstats/./bob/', '/secure/jobstats//bob/',
    '/secure/jobstats/bob;x/', '/SECURE/jobstats/alice/', '/secure/jobstats/%2e%2e/bob/',
    '/graph/../secure/jobstats/bob/', '/static/../secure/jobstats/bob/'];
  for (const address of addresses) {
    const { status } = await ask(lab.as.user, encodeURI(address).replaceAll('%25', '%'));
    assert.ok([301, 302, 400, 401, 404].includes(status), `${address}: ${status}`);
  }
});

await runTests();
