// The shipped virtual host with mod_auth_openidc instead of Shibboleth: only the configuration
// differs. The provider is a small one made for this test, which signs in whoever it is told to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { lab, runTests, test } from './lib.mjs';
import { set } from './second.mjs';
import { Visitor, ca } from './sso_client.mjs';

const folder = mkdtempSync(join(lab.state, 'sso', 'openidc-'));
const socket = join(lab.state, 'portal', 'openidc.sock');
const keys = join(lab.state, 'sso', 'keys');
const started = [];
process.on('exit', () => {
  for (const { process: child } of started) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const listen = (server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});
const freePort = async () => {
  const server = http.createServer();
  const port = await listen(server);
  await new Promise((resolve) => { server.close(resolve); });
  return port;
};

/** A provider of OpenID Connect; `claims` of the next who signs in. Answers {url, server}. */
async function provider(claims) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const nonces = new Map();
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const self = {};
  const token = (nonce) => {
    const now = Math.floor(Date.now() / 1000);
    const text = `${part({ alg: 'RS256', kid: '1' })}.${part({ iss: self.url, aud: 'portal', nonce,
      iat: now, exp: now + 300, ...claims })}`;
    return `${text}.${crypto.sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const answers = {
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig' }] }),
    '/token': (form) => ({ access_token: 'a', token_type: 'Bearer',
      id_token: token(nonces.get(form.get('code'))) }),
  };
  const key = readFileSync(join(keys, 'tls.key'));
  self.server = https.createServer({ key, cert: ca }, async (request, response) => {
    const url = new URL(request.url, self.url);
    let body = '';
    for await (const piece of request) body += piece;
    if (url.pathname === '/authorize') {
      const code = crypto.randomUUID();
      nonces.set(code, url.searchParams.get('nonce'));
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state'));
      response.writeHead(302, { location: back.href });
      response.end();
    } else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[url.pathname]?.(new URLSearchParams(body)) ?? {}));
    }
  });
  self.url = `https://localhost:${await listen(self.server)}`;
  return self;
}

const PROVIDER = (url) => `
LoadModule auth_openidc_module \${modules}/mod_auth_openidc.so
OIDCProviderIssuer ${url}
OIDCProviderAuthorizationEndpoint ${url}/authorize
OIDCProviderTokenEndpoint ${url}/token
OIDCProviderJwksUri ${url}/keys
OIDCClientID portal
OIDCClientSecret secret
OIDCCryptoPassphrase secret
OIDCScope "openid"
OIDCCABundlePath "${join(keys, 'tls.crt')}"
`;

/** Runs a program until the end of this test; its words are in a file of the folder. */
function start(name, program, args) {
  const process = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  process.stderr.on('data', (piece) => { log += piece; });
  const ended = new Promise((resolve) => { process.on('exit', resolve); });
  started.push({ process, ended });
  return () => log;
}

async function startPortal() {
  const file = join(folder, 'portal.ini');
  let config = readFileSync(process.env.LAB_CONFIG, 'utf8');
  for (const [key, value] of [['auth_types', 'openid-connect'], ['default_domain', ''],
    ['affiliation_variable', 'OIDC_CLAIM_eduperson_scoped_affiliation']]) {
    config = set(config, 'identity', key, value);
  }
  writeFileSync(file, config);
  rmSync(socket, { force: true });
  const log = start('portal', 'setpriv', ['--reuid=www-data', '--regid=www-data', '--init-groups',
    '--', `${lab.state}/bin/userportal`, 'serve', '--config', file, '--secrets',
    process.env.LAB_SECRETS, '--listen', `unix:${socket}`, '--workers', '1']);
  await until(() => log().includes('pool.ready'), () => `a portal: ${log()}`);
}

/** The shipped virtual host with another way to sign in; answers its address. */
async function startApache(providerUrl) {
  const port = await freePort();
  const url = `https://localhost:${port}`;
  const old = join(lab.state, 'sso');
  const define = (text, name, value) =>
    text.replace(new RegExp(`^Define ${name} .*`, 'm'), `Define ${name} "${value}"`);
  let host = readFileSync(join(old, 'userportal.conf'), 'utf8');
  for (const [name, value] of Object.entries({ portal_url: url, portal_sign_in: 'openidc',
    portal_address: `127.0.0.1:${port}`, portal_plain_address: '127.0.0.1:1',
    portal_pages: socket, portal_log: folder, portal_answers: folder })) {
    host = define(host, name, value);
  }
  const server = readFileSync(join(old, 'httpd.conf'), 'utf8')
    .replace(/^(LoadModule mod_shib|ShibConfig|Listen|Include).*\n/gm, '')
    .replace(/"\/[^"]*\/sso\/(run|log)/g, `"${folder}/$1`)
    .replace(/^Mutex .*/m, `Mutex "file:${folder}/run" default`);
  mkdirSync(join(folder, 'run'));
  mkdirSync(join(folder, 'log'));
  writeFileSync(join(folder, 'httpd.conf'),
    `${server}Listen 127.0.0.1:${port}\n${PROVIDER(providerUrl)}\n${host}`);
  const log = start('apache', 'apache2',
    ['-d', folder, '-f', join(folder, 'httpd.conf'), '-DFOREGROUND']);
  await until(() => new Visitor().ask(`${url}/favicon.ico`).catch(() => null),
    () => `an Apache: ${log()}`);
  return url;
}

chmodSync(folder, 0o755);
const claims = {};
const idp = await provider(claims);
await startPortal();
const portal = await startApache(idp.url);

async function signIn(given) {
  for (const name of Object.keys(claims)) delete claims[name];
  Object.assign(claims, { sub: crypto.randomUUID() }, given);
  const visitor = new Visitor();
  visitor.page = await visitor.open(`${portal}/secure/jobstats/?state=completed`);
  return visitor;
}

const who = (visitor, headers) => visitor.ask(`${portal}/secure/me.json`, { headers });

test('a user and staff are who their claims say', async () => {
  for (const [login, staff] of [['alice', false], ['staff', true]]) {
    const values = ['member@alliancecan.ca', ...(staff ? ['staff@alliancecan.ca'] : [])];
    const visitor = await signIn({ eduperson_principal_name: `${login}@alliancecan.ca`,
      eduperson_scoped_affiliation: values });
    assert.equal(visitor.page.status, 200);
    assert.equal(visitor.page.url.pathname, `/secure/jobstats/${login}/`);
    assert.deepEqual((await who(visitor)).json(), { login, staff });
  }
});

test('without a session data says 401, pages lead to the provider, the home is there', async () => {
  const visitor = new Visitor();
  assert.equal((await who(visitor)).status, 401);
  const page = await visitor.ask(`${portal}/secure/jobstats/`);
  assert.ok(page.headers.location.startsWith(idp.url));
  assert.equal((await visitor.ask(`${portal}/`)).status, 200);
});

test('another institution is refused, and no header makes a claim', async () => {
  const foreign = await signIn({ eduperson_principal_name: 'alice@evil.example',
    eduperson_scoped_affiliation: ['staff@alliancecan.ca'] });
  assert.equal(foreign.page.status, 403);
  const spoofed = { OIDC_CLAIM_eduperson_scoped_affiliation: 'staff@alliancecan.ca',
    'OIDC-CLAIM-eduperson-scoped-affiliation': 'staff@alliancecan.ca',
    'remote-user': 'staff@alliancecan.ca', affiliation: 'staff@alliancecan.ca' };
  assert.equal((await who(new Visitor(), spoofed)).status, 401);
  const alice = await signIn({ eduperson_principal_name: 'alice@alliancecan.ca' });
  assert.deepEqual((await who(alice, spoofed)).json(), { login: 'alice', staff: false });
});

test('signing out ends the session and leads home', async () => {
  const visitor = await signIn({ eduperson_principal_name: 'alice@alliancecan.ca' });
  const back = encodeURIComponent(`${portal}/`);
  const home = await visitor.open(`${portal}/secure/openid?logout=${back}`);
  assert.equal(home.url.href, `${portal}/`);
  assert.equal((await who(visitor)).status, 401);
});

await runTests();
