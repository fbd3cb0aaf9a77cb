// Prometheus, MariaDB and LDAP over TLS: with the right authority everything works; with another
// one, or with a certificate for another name, no answer is accepted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { ask, jobPath, lab, run, runTests, story, test } from './lib.mjs';
import { secondPortal, set } from './second.mjs';

const folder = join(lab.state, 'etc', 'tls');
const authority = join(folder, 'ca.pem');
const pair = { key: readFileSync(join(folder, 'server.key')),
  cert: readFileSync(join(folder, 'server.pem')) };
const OTHER_AUTHORITY = '/etc/ssl/certs/ca-certificates.crt';
const PASSWORD = 'only-over-tls';
const staff = { login: lab.staff, staff: true };
const job = story('good_cpu');

const listen = (server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});

function prometheusBehindTls() {
  return https.createServer(pair, (request, response) => {
    const onward = http.request(new URL(request.url, lab.prometheus),
      { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
}

function ldapBehindTls() {
  const { hostname, port } = new URL(process.env.LAB_LDAP);
  return tls.createServer(pair, (socket) => {
    const onward = net.connect(port, hostname);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => end.destroy());
  });
}

/** An account that the database lets in over TLS only. */
async function accountForTls() {
  const { code, out } = await run('mysql', ['--no-defaults', '-uroot', '-S',
    process.env.LAB_DATABASE_ROOT_SOCKET, '-e', `
    create or replace user over_tls@'127.0.0.1' identified by '${PASSWORD}' require ssl;
    grant select on slurm_acct_db.* to over_tls@'127.0.0.1';`]);
  assert.equal(code, 0, out);
}

const servers = { prometheus: prometheusBehindTls(), ldap: ldapBehindTls() };
const ports = {};
for (const [name, server] of Object.entries(servers)) ports[name] = await listen(server);
await accountForTls();

/** A portal whose sources are all behind TLS; `trusted` has the authority of each. */
function portal(trusted, host = '127.0.0.1') {
  const config = (text) => [
    ['prometheus', 'ca_file', trusted.prometheus], ['slurm', 'tls_ca_file', trusted.slurm],
    ['ldap', 'tls_ca_file', trusted.ldap], ['ldap', 'url', `ldaps://${host}:${ports.ldap}`],
  ].reduce((all, [section, key, value]) => set(all, section, key, value), text);
  const secrets = (text) => set(set(text, 'slurm', 'user', 'over_tls'), 'slurm', 'password',
    PASSWORD);
  return secondPortal(`https://${host}:${ports.prometheus}`, staff, { config, secrets });
}

async function withPortal(trusted, body, host) {
  const one = await portal(trusted, host);
  try {
    await body(one);
  } finally {
    await one.stop();
  }
}

const all = (file) => ({ prometheus: file, slurm: file, ldap: file });
const graph = `${jobPath(job)}graph/cpu.json`;

test('with the right authority everything is there', () => withPortal(all(authority),
  async ({ url }) => {
    const page = await ask(url, jobPath(job));
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /unavailable: /);
    const answer = await ask(url, graph);
    assert.ok(answer.json().graphs[0].series.length > 0);
  }));

for (const [source, name] of [['prometheus', 'Prometheus'], ['slurm', 'Slurm'],
  ['ldap', 'directory']]) {
  test(`an unknown authority: ${source} is missing and said to be`, () => withPortal(
    { ...all(authority), [source]: OTHER_AUTHORITY }, async ({ url, log }) => {
      const page = await ask(url, jobPath(job));
      assert.equal(page.status, source === 'prometheus' ? 200 : 503);
      assert.match(page.text, new RegExp(`unavailable: .*${name}`));
      assert.match(log(), new RegExp(`source_missing source=${source}`));
    }));
}

test('a certificate of another name is not believed', () => withPortal(all(authority),
  async ({ url }) => {
    const page = await ask(url, jobPath(job));
    assert.equal(page.status, 503);
    assert.match(page.text, /unavailable: /);
  }, 'localhost'));

await runTests();
