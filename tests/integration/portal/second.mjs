// second.mjs: another worker pool with the lab's servers but another metrics server, behind an
// HTTP address of its own where every visitor is staff. It has no Apache in front.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { fetch } from '../chaos/fastcgi.mjs';
import { lab } from './lib.mjs';

const LIMIT_MS = 20000;

/** What Apache would say of a request. */
function parameters(request, identity) {
  const [path, query = ''] = request.url.split(/\?(.*)/s);
  const fields = {
    REQUEST_METHOD: request.method, SCRIPT_NAME: decodeURIComponent(path), QUERY_STRING: query,
    AUTH_TYPE: 'Basic', REMOTE_USER: `${identity.login}@alliancecan.ca`,
    affiliation: identity.staff ? 'staff@alliancecan.ca' : 'member@alliancecan.ca',
  };
  if (identity.address) fields.REMOTE_ADDR = identity.address;
  for (const [name, value] of Object.entries(request.headers)) {
    fields[`HTTP_${name.toUpperCase().replaceAll('-', '_')}`] = value;
  }
  return fields;
}

function gateway(socket, identity) {
  return http.createServer(async (request, response) => {
    const answer = await fetch(socket, parameters(request, identity), LIMIT_MS);
    for (const line of answer.head.split('\r\n')) {
      const [, name, value] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      if (name && !/^(status|content-length)$/i.test(name)) response.setHeader(name, value);
    }
    response.writeHead(answer.status || 502);
    response.end(answer.body);
  });
}

const listen = (server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});

/** A configuration with the key of one section set to another value; the key must be there. */
export function set(config, section, key, value) {
  const place = new RegExp(`(\\[${section}\\]\\n(?:(?!\\[).*\\n)*?);?${key} =.*\\n`);
  if (!place.test(config)) throw new Error(`no ${key} in [${section}]`);
  return config.replace(place, `$1${key} = ${value}\n`);
}

/**
 * Starts the pool and its gateway; answers {url, log(), stop()}. `program` may be another one than
 * the lab's; `identity` is who its visitors are, and perhaps from which
 * address; `config` and `secrets` change the lab's files.
 */
export async function secondPortal(metricsUrl, identity = { login: lab.staff, staff: true },
  { program = `${lab.state}/bin/userportal`, config = (text) => text,
    secrets = (text) => text } = {}) {
  const folder = mkdtempSync('/tmp/portal-second.');
  const read = (name) => readFileSync(process.env[name], 'utf8');
  const [main, hidden] = [join(folder, 'portal.ini'), join(folder, 'portal.secrets.ini')];
  writeFileSync(main, config(set(read('LAB_CONFIG'), 'prometheus', 'url', metricsUrl)));
  writeFileSync(hidden, secrets(read('LAB_SECRETS')), { mode: 0o640 });
  const socket = join(folder, 'fcgi.sock');
  const pool = spawn(program, ['serve', '--config', main, '--secrets', hidden,
    '--listen', `unix:${socket}`, '--workers', '4'],
  { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  pool.stderr.on('data', (part) => { log += part; });
  const ended = new Promise((resolve) => { pool.on('exit', resolve); });
  await until(() => log.includes('pool.ready'), () => `a second portal: ${log}`);
  const server = gateway(socket, identity);
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: pool.pid,
    log: () => log,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      pool.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A proxy before a metrics server that keeps every query; answers {url, queries, stop()}. */
export async function recorder(upstream) {
  const queries = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const fields = new URLSearchParams(body.toString() || request.url.split('?')[1]);
    if (fields.has('query')) queries.push(Object.fromEntries(fields));
    const target = new URL(request.url, upstream);
    const onward = http.request(target, { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
    onward.on('error', () => response.destroy());
    onward.end(body);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    queries,
    stop: () => { server.close(); server.closeAllConnections(); },
  };
}
