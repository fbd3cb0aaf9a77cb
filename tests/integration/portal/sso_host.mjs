// The shipped virtual host (apache/userportal.conf), unchanged: headers of every answer, static
// files, bodies, logs, HTTP/2; and that Apache accepts the configuration of each way to sign in.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http2 from 'node:http2';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { jobPath, lab, run, runTests, story, test } from './lib.mjs';
import { Visitor, askRaw, ca, plainPortal, portal, signedIn } from './sso_client.mjs';

const folder = join(lab.state, 'sso');
const anybody = new Visitor();
const alice = await signedIn('alice');
const page = jobPath(story('good_cpu'));
const EVERYWHERE = {
  'strict-transport-security': /^max-age=\d{8}/,
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'|style-src 'unsafe/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'cross-origin-opener-policy': /^same-origin$/,
  'x-request-id': /^[\w@-]{20,}$/,
};

const asset = async (ending) =>
  new RegExp(`"(/static/[^"]*${ending})"`).exec((await anybody.ask('/')).text)[1];

test('every answer carries each protection once', async () => {
  const answers = {
    home: await anybody.ask('/'), sign_in: await anybody.ask(page),
    page: await alice.ask(page), data: await alice.ask(`${page}graph/cpu.json`),
    signed_out: await anybody.ask('/secure/me.json'), nothing: await alice.ask('/secure/nothing/'),
    style: await anybody.ask(await asset('css')), no_file: await anybody.ask('/static/nothing'),
    body: await anybody.ask('/', { method: 'POST', form: new URLSearchParams('a=b') }),
    cached: await anybody.ask('/graph/lustre/lustre03/ost.json'),
    cached_again: await anybody.ask('/graph/lustre/lustre03/ost.json'),
  };
  for (const [name, { headers, names }] of Object.entries(answers)) {
    for (const [header, pattern] of Object.entries(EVERYWHERE)) {
      assert.match(headers[header] ?? '', pattern, `${name}: ${header}`);
      assert.equal(names.filter((one) => one === header).length, 1, `${name}: ${header}`);
    }
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers.server, 'Apache');
  }
  assert.match(answers.page.headers['content-security-policy'], /script-src 'self'/);
});

test('files named after their content are kept for a year, in the smallest form', async () => {
  for (const [ending, type] of [['css', 'text/css'], ['js', 'text/javascript']]) {
    const path = await asset(ending);
    const whole = await anybody.ask(path);
    for (const coding of ['br', 'gzip']) {
      const { headers } = await anybody.ask(path, { headers: { 'accept-encoding': coding } });
      assert.equal(headers['content-encoding'], coding, path);
      assert.match(headers['content-type'], new RegExp(`^${type}`));
      assert.match(headers['cache-control'], /max-age=31536000, immutable/);
      assert.match(headers.vary, /Accept-Encoding/i);
      assert.ok(Number(headers['content-length']) < whole.text.length / 2);
    }
  }
  const icon = await anybody.ask('/favicon.ico');
  assert.match(icon.headers['content-type'], /svg/);
});

test('pages come compressed, and unchanged data is not sent again', async () => {
  const { headers } = await alice.ask(page, { headers: { 'accept-encoding': 'br' } });
  assert.equal(headers['content-encoding'], 'br');
  const graph = `${page}graph/cpu.json`;
  const first = await alice.ask(graph, { headers: { 'accept-encoding': 'gzip' } });
  const again = await alice.ask(graph,
    { headers: { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag } });
  assert.equal(again.status, 304);
});

test('pages take no body, the interface of machines none of unknown or huge length', async () => {
  const post = (path, head) => askRaw(`POST ${path} HTTP/1.1\r\nHost: localhost\r\n`
    + `Connection: close\r\n${head}\r\n\r\n`);
  for (const path of ['/', '/secure/jobstats/', page, '/secure/me.json', '/static/x',
    '/Shibboleth.sso/../secure/jobstats/', '/x/Shibboleth.sso/']) {
    const { status } = await post(path, 'Content-Length: 1');
    assert.ok(status === 413 || (path.includes('..') && status === 500), `${path}: ${status}`);
  }
  assert.equal((await post('/api/jobscripts/', 'Content-Length: 99999999')).status, 413);
  const { status } = await post('/api/jobscripts/', 'Transfer-Encoding: chunked');
  assert.ok(status === 411 || status === 413, `${status}`);
  assert.equal((await post('/Shibboleth.sso/SAML2/POST', 'Content-Length: 9999999')).status, 413);
});

test('plain HTTP leads to the same address by TLS', async () => {
  const { status, headers } = await anybody.ask(`${plainPortal}/secure/jobstats/?state=completed`);
  assert.equal(status, 301);
  assert.equal(headers.location, `${portal}/secure/jobstats/?state=completed`);
});

test('HTTP/2 is spoken', async () => {
  const session = http2.connect(portal, { ca });
  const status = await new Promise((resolve, reject) => {
    session.on('error', reject);
    session.request({ ':path': '/' }).on('response', (got) => resolve(got[':status']));
  });
  session.close();
  assert.equal(status, 200);
});

/** The access log once it holds the line of an answer, which is written after it is sent. */
async function logWith(pattern) {
  return until(async () => {
    const log = await readFile(join(folder, 'log', 'userportal_access.log'), 'utf8');
    return pattern.test(log) && log;
  }, `a line ${pattern}`);
}

test('the logs hold no cookie, no query and no assertion', async () => {
  const [, id] = alice.session();
  await alice.ask('/secure/jobstats/?state=completed&secret=4711',
    { headers: { referer: `${portal}/?secret=4712`, authorization: 'Token 4713' } });
  const access = await logWith(/ alice@alliancecan\.ca \[.*"GET \/secure\/jobstats\/ HTTP/);
  const error = await readFile(join(folder, 'log', 'userportal_error.log'), 'utf8');
  for (const log of [access, error]) {
    assert.doesNotMatch(log, /secret=|Token 47|_shibsession|SAMLRe\w+=/);
    assert.ok(!log.includes(id));
  }
  const { 'x-request-id': request } = (await alice.ask('/secure/me.json')).headers;
  await logWith(new RegExp(` ${request}$`, 'm'));
});

const OPENIDC = `LoadModule auth_openidc_module \${modules}/mod_auth_openidc.so
OIDCProviderMetadataURL ${process.env.LAB_URL_IDP}/.well-known/openid-configuration
OIDCClientID portal
OIDCClientSecret secret
OIDCCryptoPassphrase secret
`;

const WAYS = { shibboleth: '', openidc: OPENIDC, basic: '' };
const CHECKED = Object.entries(WAYS).flatMap((way) => [[...way, '/'], [...way, '/portal/']]);
for (const [way, more, base] of CHECKED) {
  test(`Apache takes the virtual host with ${way} at ${base}`, async () => {
    const place = await mkdtemp(join(folder, 'check-'));
    try {
      const host = await readFile(join(folder, 'userportal.conf'), 'utf8');
      const server = await readFile(join(folder, 'httpd.conf'), 'utf8');
      await writeFile(join(place, 'host.conf'),
        host.replace(/^(Define portal_sign_in) .*/m, `$1 ${way}`)
          .replace(/^(Define portal_base) .*/m, `$1 ${base}`)
          .replace(/\/etc\/userportal\//g, `${lab.state}/etc/`));
      await writeFile(join(place, 'httpd.conf'), server.replace(/^Include .*/m,
        `${more}Include "${place}/host.conf"`));
      const { code, err } = await run('apache2', ['-t', '-d', place, '-f', `${place}/httpd.conf`]);
      assert.equal(code, 0, err);
    } finally {
      await rm(place, { recursive: true });
    }
  });
}

await runTests();
