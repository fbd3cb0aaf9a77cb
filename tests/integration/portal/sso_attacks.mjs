// Behind the shipped virtual host and real Shibboleth nothing that a client sends becomes an
// identity: neither headers, cookies, queries nor odd spellings of a path, whoever is signed in;
// and processes outside the web server's group cannot reach the workers at all.
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { join } from 'node:path';
import { each, lab, run, runTests, test } from './lib.mjs';
import { Visitor, askRaw, ca, portal, provider, signedIn } from './sso_client.mjs';

const alice = await signedIn('alice');
const cookie = alice.session().join('=');
const forged = cookie.replace(/=.*/, '=_0123456789abcdef0123456789abcdef');

const HEADERS = {
  none: [],
  affiliation: ['affiliation: staff@alliancecan.ca'],
  capitals: ['AFFILIATION: staff@alliancecan.ca', 'Eppn: staff@alliancecan.ca'],
  twice: ['affiliation: staff@alliancecan.ca', 'affiliation: member@alliancecan.ca'],
  underscores: ['REMOTE_USER: staff@alliancecan.ca', 'AUTH_TYPE: shibboleth',
    'Shib_Session_ID: _x'],
  hyphens: ['Remote-User: staff@alliancecan.ca', 'Auth-Type: shibboleth', 'Shib-Session-ID: _x',
    'Shib-Identity-Provider: https://evil.example', 'Shib-Spoof-Check: 1'],
  prefixed: ['HTTP_REMOTE_USER: staff@alliancecan.ca', 'HTTP-affiliation: staff@alliancecan.ca',
    'HTTP_affiliation: staff@alliancecan.ca'],
  redirected: ['REDIRECT_REMOTE_USER: staff@alliancecan.ca', 'Redirect-Remote-User: staff'],
  proxies: ['X-Remote-User: staff@alliancecan.ca', 'X-Forwarded-User: staff',
    'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example',
    'Forwarded: for=127.0.0.1;host=evil.example'],
  connectid: ['OIDC_CLAIM_eduperson_scoped_affiliation: staff@alliancecan.ca',
    'OIDC-CLAIM-sub: staff', 'X-Authenticated-User: staff'],
  httpoxy: ['Proxy: http://127.0.0.1:1/'],
  folded: ['X-A: b', ' affiliation: staff@alliancecan.ca', '\tREMOTE_USER: staff'],
  carriage: ['X-A: b\raffiliation: staff@alliancecan.ca\rREMOTE_USER: staff@alliancecan.ca'],
  nul: ['X-A: b\0REMOTE_USER=staff@alliancecan.ca\0affiliation=staff@alliancecan.ca'],
  space: ['affiliation : staff@alliancecan.ca', 'REMOTE_USER : staff'],
  hop: ['Connection: close, Cookie, Shib-Session-ID, affiliation'],
  basic: ['Authorization: Basic c3RhZmY6c3RhZmYtZGVtbw=='],
  token: ['Authorization: Token 0123456789abcdef0123456789abcdef01234567'],
  cookies: ['Cookie: REMOTE_USER=staff; affiliation=staff@alliancecan.ca; _shibsession_x=_x'],
  override: ['X-HTTP-Method-Override: GET', 'X-Original-URL: /secure/top/',
    'X-Rewrite-URL: /secure/top/'],
};
const VISITORS = { anonymous: null, alice: cookie, forged };
const SECRET = ['/secure/top/compute/', '/secure/jobstats/bob/', '/secure/jobstats/staff/',
  '/secure/jobstats/bob/graph/cpu.json'];

function request(path, { headers = [], session, method = 'GET', host } = {}) {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host ?? new URL(portal).host}`,
    'Connection: close', ...(session ? [`Cookie: ${session}`] : []), ...headers];
  return askRaw(`${lines.join('\r\n')}\r\n\r\n`);
}

const leadsToSignIn = ({ status, location }) => status === 302 && location.startsWith(provider);
const isRefused = ({ status }) => [400, 401, 403, 404, 405, 501].includes(status);

/** Nothing that only staff or bob may see, and no word of who else one could be. */
function expectNothing(answer, of) {
  assert.ok(isRefused(answer) || leadsToSignIn(answer), `${of}: ${answer.status}`);
  assert.ok(!/staff@|"staff":true|class="whose"/.test(answer.body), of);
}

for (const [visitor, session] of Object.entries(VISITORS)) {
  test(`${visitor} stays who they are, whatever headers come along`, async () => {
    const known = visitor === 'alice';
    await each(Object.entries(HEADERS), async ([name, headers]) => {
      const of = `${visitor}, ${name}`;
      const who = await request('/secure/me.json', { headers, session });
      if (who.status === 200) {
        assert.ok(known, of);
        assert.match(who.body, /\{"login":"alice","staff":false\}/, of);
      } else {
        assert.ok(isRefused(who), `${of}: ${who.status}`);
        const dropsCookies = ['carriage', 'nul', 'space', 'hop', 'cookies'].includes(name);
        assert.ok(!known || dropsCookies, `${of}: ${who.status}`);
      }
      for (const path of SECRET) {
        expectNothing(await request(path, { headers, session }), `${of}, ${path}`);
      }
      const home = await request('/', { headers, session });
      assert.ok(home.status === 200 || home.status === 400, `${of}: ${home.status}`);
      assert.ok(!/alice|staff@/.test(home.body), of);
    }, 3);
  });
}

test('headers over HTTP/2 are no identity either', async () => {
  const session = http2.connect(portal, { ca });
  const ask = (path, headers) => new Promise((resolve, reject) => {
    const stream = session.request({ ':path': path, ...headers });
    let body = '';
    let status;
    stream.on('response', (got) => { status = got[':status']; });
    stream.on('data', (part) => { body += part; });
    stream.on('end', () => resolve({ status, body, location: '' }));
    stream.on('error', reject);
  });
  const spoofed = {
    remote_user: 'staff@alliancecan.ca', 'remote-user': 'staff@alliancecan.ca',
    affiliation: 'staff@alliancecan.ca', eppn: 'staff@alliancecan.ca', auth_type: 'shibboleth',
    'auth-type': 'shibboleth', 'shib-session-id': '_x',
  };
  try {
    assert.equal((await ask('/secure/me.json', spoofed)).status, 401);
    const who = await ask('/secure/me.json', { ...spoofed, cookie });
    assert.deepEqual(JSON.parse(who.body), { login: 'alice', staff: false });
    for (const path of SECRET) {
      const { status } = await ask(path, { ...spoofed, cookie });
      assert.equal(status, 404, path);
    }
  } finally {
    session.close();
  }
});

test('a head that is too large over HTTP/2 is refused in plain words', async () => {
  const session = http2.connect(portal, { ca });
  try {
    const [status, text] = await new Promise((resolve, reject) => {
      const stream = session.request({ ':path': '/', cookie: `x=${'a'.repeat(9000)}` });
      let body = '';
      let code;
      stream.on('response', (got) => { code = got[':status']; });
      stream.on('data', (part) => { body += part; });
      stream.on('end', () => resolve([code, body]));
      stream.on('error', reject);
    });
    assert.equal(status, 431);
    assert.match(text, /too many cookies of this site: delete them/);
  } finally {
    session.close();
  }
});

const SPELLINGS = ['//secure/top/compute/', '/secure//top/compute/', '/./secure/top/compute/',
  '/graph/../secure/top/compute/', '/graph/%2e%2e/secure/top/compute/', '/%73ecure/top/compute/',
  '/Secure/top/compute/', '/SECURE/top/compute/', '/secure;x/top/compute/',
  '/secure%2ftop%2fcompute/', '/secure%2Ftop/compute/', '/graph/%2e%2e%2fsecure/top/compute/',
  '/graph/%252e%252e/secure/top/compute/', '/secure%00/top/compute/', '/secure%5ctop/compute/',
  '/static/../secure/top/compute/', '/static/%2e%2e/secure/top/compute/',
  '/Shibboleth.sso/../secure/top/compute/', '/api/../secure/top/compute/',
  '/favicon.ico/../secure/top/compute/', '/secure/top/compute/.json', '/secure/top/compute/x.json',
  '/secure/top/compute.json', '/secure/top/compute/%3f.json', '/secure/top/compute/?x=.json',
  '/secure/top/compute/;.json', '/secure/x.json/../top/compute/',
  '/?REMOTE_USER=staff&affiliation=staff@alliancecan.ca',
  '/secure/top/compute/?REMOTE_USER=staff%40alliancecan.ca&affiliation=staff%40alliancecan.ca'];

test('no spelling of a path leads past the sign-in', async () => {
  for (const [visitor, session] of Object.entries(VISITORS)) {
    await each(SPELLINGS, async (path) => {
      const answer = await request(path, { session });
      if (path.startsWith('/?')) assert.ok(!/top\/compute\/"/.test(answer.body));
      // mod_shib takes it for an address of its own, which does not exist
      else if (path.startsWith('/Shibboleth.sso/..')) assert.equal(answer.status, 500);
      else if (answer.status === 301) assert.match(answer.location, /^\/secure\/top\/|^https:/);
      else expectNothing(answer, `${visitor}, ${path}`);
    }, 3);
  }
});

test('other hosts, whole addresses and other methods change nothing', async () => {
  const path = '/secure/top/compute/';
  for (const [visitor, session] of Object.entries(VISITORS)) {
    for (const [target, more] of [
      [`https://evil.example${path}`, {}], [path, { host: 'evil.example' }],
      [path, { host: '127.0.0.1' }], [path, { method: 'HEAD' }], [path, { method: 'OPTIONS' }],
      [path, { method: 'TRACE' }], [path, { method: 'DELETE' }], [path, { method: 'FOO' }],
      [path, { method: 'POST', headers: ['Content-Length: 0'] }]]) {
      const answer = await request(target, { session, ...more });
      expectNothing(answer, `${visitor}, ${JSON.stringify(more)} ${target}`);
      assert.ok(!answer.location.includes('evil.example/secure'), answer.location);
    }
  }
});

test('a session of a browser is no key to the interface of machines', async () => {
  const who = await request('/api/jobscripts/', { session: cookie });
  assert.ok([401, 403, 404].includes(who.status), `${who.status}`);
});

test('nobody is led to another site by signing in or out', async () => {
  for (const path of ['/Shibboleth.sso/Login?target=https://evil.example/',
    '/Shibboleth.sso/Login?target=//evil.example/', '/Shibboleth.sso/Logout?return=//evil.example',
    '/Shibboleth.sso/Logout?return=https://evil.example/']) {
    const { location } = await request(path, { session: forged });
    assert.ok(!/^(https?:)?\/\/evil/.test(location), `${path}: ${location}`);
  }
});

test('an assertion that nobody signed makes no session', async () => {
  const xml = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" '
    + 'Version="2.0" IssueInstant="2026-01-01T00:00:00Z"><saml:Issuer '
    + `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${provider}/simplesaml/saml2/idp/`
    + 'metadata.php</saml:Issuer><samlp:Status><samlp:StatusCode '
    + 'Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:Response>';
  const visitor = new Visitor();
  const form = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') });
  await visitor.ask('/Shibboleth.sso/SAML2/POST', { method: 'POST', form });
  assert.equal(visitor.session(), undefined);
  assert.equal((await visitor.ask('/secure/me.json')).status, 401);
});

test('an assertion is good once, and as it was signed', async () => {
  const owner = await signedIn('alice');
  const { action, assertion } = owner.proof;
  const post = async (xml) => {
    const thief = new Visitor();
    const form = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') });
    const { status } = await thief.ask(action, { method: 'POST', form });
    assert.ok(status >= 400, `${status}`);
    assert.equal(thief.session(), undefined);
    assert.equal((await thief.ask('/secure/me.json')).status, 401);
  };
  const xml = Buffer.from(assertion.get('SAMLResponse'), 'base64').toString();
  await post(xml);
  const fresh = new Visitor();
  const { ask } = fresh;
  // the proof is changed on its way
  fresh.ask = async function asked(target, options = {}) {
    const signed = options.form?.get('SAMLResponse');
    if (signed) {
      const text = Buffer.from(signed, 'base64').toString();
      const place = /(<saml:AttributeValue[^>]*>|<saml:NameID[^>]*>|<ds:DigestValue>)./;
      const changed = text.replace(place, '$1x');
      assert.notEqual(changed, text);
      options.form.set('SAMLResponse', Buffer.from(changed).toString('base64'));
    }
    return ask.call(this, target, options);
  };
  await fresh.signIn('alice', '/secure/jobstats/');
  assert.equal(fresh.session(), undefined);
});

test('the session of one who signed out is no session, whoever sends its cookie', async () => {
  const staff = await signedIn('staff');
  const spoiled = staff.session().join('=');
  await staff.open('/Shibboleth.sso/Logout?return=/');
  for (const cookies of [spoiled, `${spoiled}; ${cookie}`, `${cookie}; ${spoiled}`]) {
    const who = await request('/secure/me.json', { session: cookies });
    assert.ok(!/"staff":true/.test(who.body), cookies);
    expectNothing(await request('/secure/top/compute/', { session: cookies }), cookies);
  }
});

test('only the web server\'s group can speak to the workers', async () => {
  const socket = join(lab.state, 'portal', 'sso.sock');
  const env = { PATH: process.env.PATH, REQUEST_METHOD: 'GET', SCRIPT_NAME: '/secure/me.json',
    AUTH_TYPE: 'shibboleth', REMOTE_USER: 'staff@alliancecan.ca',
    affiliation: 'staff@alliancecan.ca' };
  const as = (user) => run('setpriv', [`--reuid=${user}`, `--regid=${user}`, '--clear-groups',
    'cgi-fcgi', '-bind', '-connect', socket], { env });
  assert.match((await as('www-data')).out, /"login":"staff"/, 'the web server can');
  assert.doesNotMatch((await as('nobody')).out, /Status|login/);
});

await runTests();
