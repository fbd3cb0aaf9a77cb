// What HTTP promises, through the real Apache: methods, redirects, caching, compression, languages.
import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { ask, askRaw, jobPath, lab, runTests, story, test, words } from './lib.mjs';

const me = lab.as.user;
const user = `/secure/jobstats/${lab.user}/`;
const job = jobPath(story('gpu_good'));
const graph = `${job}graph/cpu.json`;
const unpack = {
  gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync, identity: (bytes) => bytes,
};

test('HEAD answers like GET, without a body', async () => {
  for (const path of [user, job, graph, `${job}script`, `${user}nothing/at/all`]) {
    const [get, head] = [await ask(me, path), await ask(me, path, { method: 'HEAD' })];
    assert.equal(head.status, get.status, path);
    assert.equal(head.body.length, 0);
    for (const name of ['content-type', 'cache-control', 'etag', 'content-security-policy']) {
      assert.equal(head.headers[name], get.headers[name], `${path}: ${name}`);
    }
  }
});

test('other methods are 405 and say which are allowed', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
    for (const path of [user, job, graph, '/']) {
      const answer = await ask(me, path, { method, headers: { 'content-length': 0 } });
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.equal(answer.headers.allow, 'GET, HEAD');
    }
  }
  assert.equal((await ask(me, user, { method: 'TRACE' })).status, 405);
});

test('a page without its final slash leads to it, the query kept', async () => {
  const bare = await ask(me, '/secure/jobstats/alice?state=failed&name=a%20b%26c');
  assert.equal(bare.status, 301);
  assert.equal(bare.headers.location, '/secure/jobstats/alice/?state=failed&name=a%20b%26c');
  const page = await ask(me, job.slice(0, -1));
  assert.equal(page.headers.location, job);
  assert.equal((await ask(me, `${graph}/`)).status, 404);
  assert.equal((await ask(me, '/nothing')).status, 404);
});

test('types carry their character set', async () => {
  assert.equal((await ask(me, user)).headers['content-type'], 'text/html; charset=utf-8');
  assert.equal((await ask(me, graph)).headers['content-type'], 'application/json');
  const script = await ask(me, `${job}script`);
  assert.equal(script.headers['content-type'], 'text/plain; charset=utf-8');
  assert.match(script.headers['content-disposition'], /^attachment; filename="job-\d+\.sh"$/);
  assert.match(script.text, /^#!\/bin\/bash\n/);
});

test('security headers stand on every answer, errors and redirects too', async () => {
  const paths = [user, job, graph, '/', '/nothing', '/nothing.json', `${user}?after=x`,
    '/secure/jobstats/bob/', user.slice(0, -1)];
  for (const path of paths) {
    const { headers } = await ask(me, path);
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/, path);
    assert.doesNotMatch(policy, /unsafe|https?:/);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['x-frame-options'], 'DENY', path);
    assert.equal(headers['referrer-policy'], 'same-origin', path);
    assert.match(headers['cache-control'], /private|no-store|no-cache/, path);
    assert.doesNotMatch(headers['cache-control'], /public/, path);
    assert.equal(headers.server, 'Apache');
  }
});

test('pages hold no inline script, style or handler, and nothing from elsewhere', async () => {
  for (const path of [user, job, '/nothing']) {
    const { text } = await ask(me, path);
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)/);
    assert.doesNotMatch(text, /<style|\sstyle=|\son[a-z]+=/);
    assert.doesNotMatch(text, /(src|href)="(https?:)?\/\//);
  }
});

test('static files named after their content are kept for ever and packed', async () => {
  const { text } = await ask(me, user);
  const files = [...text.matchAll(/(?:src|href)="(\/static\/[^"#]+)/g)].map(([, path]) => path);
  assert.ok(files.length >= 3);
  for (const path of new Set(files)) {
    const plain = await ask(me, path);
    const packed = await ask(me, path, { headers: { 'accept-encoding': 'br' } });
    assert.equal(plain.status, 200, path);
    assert.match(plain.headers['cache-control'], /max-age=31536000, immutable/);
    assert.match(plain.headers['content-type'], /charset=utf-8|svg\+xml/);
    const unpacked = unpack[packed.headers['content-encoding'] ?? 'identity'](packed.body);
    assert.ok(unpacked.equals(plain.body), path);
  }
});

test('a graph is not sent twice: ETag and 304, plain and through each compression', async () => {
  for (const coding of ['identity', 'gzip', 'br']) {
    const headers = { 'accept-encoding': coding };
    const first = await ask(me, graph, { headers });
    assert.equal(first.status, 200);
    assert.equal(first.headers['content-encoding'] ?? 'identity', coding);
    assert.match(first.headers.vary, /Accept-Encoding/);
    assert.ok(JSON.parse(unpack[coding](first.body)).graphs.length > 0);
    const etag = first.headers.etag;
    assert.ok(etag, 'an ETag');
    for (const given of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const again = await ask(me, graph, { headers: { ...headers, 'if-none-match': given } });
      assert.equal(again.status, 304, `${coding}, If-None-Match: ${given}`);
      assert.equal(again.body.length, 0);
      assert.ok(again.headers.etag && again.headers['cache-control']);
    }
    for (const given of ['"other"', 'garbage', '""', `"${'x'.repeat(4000)}"`]) {
      const again = await ask(me, graph, { headers: { ...headers, 'if-none-match': given } });
      assert.equal(again.status, 200, given.slice(0, 20));
    }
  }
});

test('the page of a job that is over is sent once to each reader and language', async () => {
  const first = await ask(me, job);
  const etag = first.headers.etag;
  assert.ok(etag, 'an ETag');
  const given = { 'if-none-match': etag };
  const again = await ask(me, job, { headers: given });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  assert.match(again.headers.vary, /Cookie/);
  const french = await ask(me, job, { headers: { ...given, 'accept-language': 'fr' } });
  assert.equal(french.status, 200);
  const staffs = await ask(lab.as.staff, job, { headers: given });
  assert.equal(staffs.status, 200);
});

test('a 304 is for the same address only: other range, other job, other series', async () => {
  const { etag } = (await ask(me, graph)).headers;
  const others = [`${graph}?delta=3600`, `${graph}?series=all`,
    `${jobPath(story('gpu_idle'))}graph/cpu.json`, `${job}graph/mem.json`];
  for (const path of others) {
    const answer = await ask(me, path, { headers: { 'if-none-match': etag } });
    assert.equal(answer.status, 200, path);
  }
});

test('one who may not see a graph gets no 304 for it', async () => {
  const { etag } = (await ask(me, graph)).headers;
  const headers = { 'if-none-match': etag };
  assert.equal((await ask(lab.as.nobody, graph, { headers })).status, 401);
  assert.equal((await ask(lab.as.foreign, graph, { headers })).status, 403);
  const bobs = `${jobPath(story('cores_640'))}graph/cpu.json`;
  const known = (await ask(lab.as.staff, bobs)).headers.etag;
  const refused = await ask(me, bobs, { headers: { 'if-none-match': known } });
  assert.equal(refused.status, 404);
});

test('errors are pages for people and JSON for programs', async () => {
  const cases = [
    [me, `${user}nothing/`, 404], [me, '/nothing', 404], [me, `${user}?state=none`, 400],
    [lab.as.nobody, user, 401], [lab.as.foreign, user, 403],
    [me, `${user}graph/none.json`, 404], [me, `${graph}?start=x`, 400],
    [lab.as.nobody, graph, 401], [lab.as.foreign, graph, 403], [me, '/nothing.json', 404],
  ];
  for (const [at, path, status] of cases) {
    const answer = await ask(at, path);
    assert.equal(answer.status, status, path);
    if (/\.json/.test(path)) {
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.match(answer.json().error, /^[a-z_]+$/);
    } else {
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
      assert.match(answer.text, /^<!DOCTYPE html>\n<html lang="en">/);
      assert.match(answer.text, /<h1/);
    }
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
});

test('a body is refused with 413, whatever its length says', async () => {
  const small = await ask(me, user, { method: 'POST', body: 'a=b' });
  assert.equal(small.status, 413);
  const chunked = await ask(me, user,
    { method: 'POST', body: 'a=b', headers: { 'transfer-encoding': 'chunked' } });
  assert.equal(chunked.status, 413);
  const claims = await askRaw(me, `POST ${user} HTTP/1.1\r\nHost: x\r\n` +
    'Content-Length: 99999999999\r\nConnection: close\r\n\r\n');
  assert.equal(claims.status, 413);
});

test('the language: the cookie first, then Accept-Language, then English', async () => {
  const language = async (headers) => (await ask(me, job, { headers })).headers['content-language'];
  assert.equal(await language({}), 'en');
  assert.equal(await language({ 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.5' }), 'fr');
  assert.equal(await language({ 'accept-language': 'en;q=0.4, fr;q=0.8' }), 'fr');
  assert.equal(await language({ 'accept-language': 'fr;q=0, en' }), 'en');
  assert.equal(await language({ 'accept-language': 'de, ja;q=0.5' }), 'en');
  assert.equal(await language({ 'accept-language': ';;;q=,,x' }), 'en');
  const cookie = { cookie: 'a=b; portal_language=fr; c=d', 'accept-language': 'en' };
  assert.equal(await language(cookie), 'fr');
  assert.equal(await language({ cookie: 'portal_language=xx', 'accept-language': 'fr' }), 'fr');
  const french = await ask(me, job, { headers: { 'accept-language': 'fr' } });
  assert.match(french.text, /<html lang="fr">/);
  assert.match(french.headers.vary, /Cookie/);
  assert.match(french.headers.vary, /Accept-Language/);
});

/** The form of the language switch of a page. */
async function switchOf(path) {
  const { text } = await ask(me, path);
  const form = /<form method="post" action="([^"]*language\/)">([\s\S]*?)<\/form>/.exec(text);
  const fields = [...form[2].matchAll(/name="(\w+)"\s+value="([^"]*)"/g)]
    .map(([, name, value]) => [name, value.replaceAll('&amp;', '&')]);
  return { action: form[1], fields: Object.fromEntries(fields) };
}

function post(at, path, fields, headers = {}) {
  const body = `${new URLSearchParams(fields)}`;
  const type = 'application/x-www-form-urlencoded';
  return ask(at, path, { method: 'POST', body, headers: {
    'content-type': type, 'content-length': Buffer.byteLength(body), ...headers } });
}

test('the switch sets the cookie and goes back, within this site only', async () => {
  const { action, fields } = await switchOf(`${user}?state=failed&name=a`);
  assert.equal(action, '/secure/language/');
  assert.equal(fields.language, 'fr');
  const answer = await post(me, action, fields);
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.location, `${user}?state=failed&name=a`);
  const [cookie] = answer.headers['set-cookie'];
  assert.match(cookie, /^portal_language=fr; Path=\/; Max-Age=31536000; SameSite=Lax; HttpOnly$/);
  const page = await ask(me, job, { headers: { cookie: cookie.split(';')[0] } });
  assert.equal(page.headers['content-language'], 'fr');
  for (const away of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'evil',
    '/a\r\nSet-Cookie: x=y', '\t//evil', 'javascript:alert(1)', '']) {
    const stays = await post(me, action, { ...fields, back: away });
    assert.equal(stays.headers.location, '/', JSON.stringify(away));
    assert.equal(stays.headers['set-cookie'].length, 1);
  }
  assert.equal((await post(me, action, { ...fields, language: 'de' })).status, 400);
});

test('only a page of the viewer\'s own can send the form', async () => {
  const { action, fields } = await switchOf(user);
  const { form_token: token, ...without } = fields;
  const refused = async (at, sent, status = 403, headers = {}) => {
    const answer = await post(at, action, sent, headers);
    assert.equal(answer.status, status);
    assert.equal(answer.headers['set-cookie'], undefined);
  };
  await refused(me, without);
  await refused(me, { ...without, form_token: '0'.repeat(64) });
  await refused(lab.as.staff, fields);
  await refused(me, fields, 403, { 'sec-fetch-site': 'cross-site' });
  await refused(me, fields, 403, { origin: 'https://evil.example' });
  await refused(me, { ...fields, back: `/${'x'.repeat(20000)}` }, 413);
  await refused(lab.as.nobody, fields, 401);
  assert.match(token, /^[0-9a-f]{64}$/);
  for (const path of [action, '/language/']) {
    assert.equal((await ask(me, path)).status, 405);
  }
});

test('a visitor switches the language from a page of this site', async () => {
  const { host, origin } = new URL(lab.as.nobody);
  const fields = { language: 'fr', back: '/' };
  const answer = await post(lab.as.nobody, '/language/', fields, { host, origin });
  assert.equal(answer.status, 303);
  assert.match(answer.headers['set-cookie'][0], /^portal_language=fr;/);
  assert.equal((await post(lab.as.nobody, '/language/', fields)).status, 403);
  assert.doesNotMatch((await ask(lab.as.nobody, '/')).text, /form_token/);
});

test('French numbers have a comma and a space before the percent sign', async () => {
  const [english, french] = await Promise.all(['en', 'fr'].map(async (language) =>
    words((await ask(me, job, { headers: { 'accept-language': language } })).text)));
  assert.match(english, /\b\d+\.\d+\s%/);
  assert.match(french, /\b\d+,\d+[\u00A0\u202F]%/);
  assert.doesNotMatch(french, /\b\d+\.\d+\s?(%|Gio|kWh)/);
  assert.match(english, /GiB/);
  assert.match(french, /Gio/);
  const bars = /<meter[^>]*value="([^"]*)"/g;
  const page = await ask(me, job, { headers: { 'accept-language': 'fr' } });
  for (const [, value] of page.text.matchAll(bars)) assert.match(value, /^\d+(\.\d+)?$/);
});

test('long addresses are answered with a clear 4xx', async () => {
  const long = await ask(me, `${user}?name=${'a'.repeat(5000)}`);
  assert.equal(long.status, 400);
  const longer = await askRaw(me, `GET ${user}?name=${'a'.repeat(20000)} HTTP/1.1\r\nHost: x\r\n` +
    'Connection: close\r\n\r\n');
  assert.equal(longer.status, 414);
  const header = await askRaw(me, `GET ${user} HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(9000)}` +
    '\r\nConnection: close\r\n\r\n');
  assert.equal(header.status, 400);
});

test('the id of a request comes back for the support desk', async () => {
  const { headers, text } = await ask(me, '/nothing');
  assert.match(headers['x-request-id'], /^[\w@+/=.-]{8,64}$/);
  assert.ok(text.includes(headers['x-request-id']));
});

await runTests();
