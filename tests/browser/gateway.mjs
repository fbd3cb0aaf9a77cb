// A web server in front of one worker of its own, for tests that need another configuration than
// the lab's: serves the static files and passes the rest on as FastCGI requests.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { until } from '../lab/wait.mjs';

const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const [BEGIN, PARAMS, STDIN, STDOUT] = [1, 4, 5, 6];

function record(type, content) {
  const head = Buffer.alloc(8);
  head.writeUInt8(1, 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function pair(name, value) {
  const length = (text) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE((Buffer.byteLength(text) | 0x80000000) >>> 0);
    return four;
  };
  return Buffer.concat([length(name), length(value), Buffer.from(name), Buffer.from(value)]);
}

/** The content of all whole records of `bytes` with this type, put together. */
function contentOf(bytes, wanted) {
  const parts = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 4);
    if (bytes[at + 1] === wanted) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + bytes[at + 6];
  }
  return Buffer.concat(parts);
}

function passOn(socketPath, request, response) {
  const [path, query = ''] = request.url.split('?');
  const params = {
    REQUEST_METHOD: request.method, REQUEST_URI: request.url, SCRIPT_NAME: '',
    PATH_INFO: path, QUERY_STRING: query, SERVER_PROTOCOL: 'HTTP/1.1',
    HTTP_HOST: request.headers.host, HTTP_COOKIE: request.headers.cookie ?? '',
    HTTP_ACCEPT_LANGUAGE: request.headers['accept-language'] ?? '',
  };
  const begin = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);
  const told = Buffer.concat(Object.entries(params).map(([name, value]) => pair(name, value)));
  const worker = connect(socketPath);
  const parts = [];
  worker.on('data', (bytes) => parts.push(bytes));
  worker.on('error', () => response.writeHead(502).end());
  worker.on('close', () => {
    if (response.headersSent) return;
    const output = contentOf(Buffer.concat(parts), STDOUT);
    const gap = output.indexOf('\r\n\r\n');
    const headers = output.subarray(0, gap).toString().split('\r\n')
      .map((line) => line.split(/:\s*(.*)/s).slice(0, 2));
    const status = headers.find(([name]) => name === 'Status');
    response.writeHead(status ? Number.parseInt(status[1], 10) : 200,
      Object.fromEntries(headers.filter((one) => one !== status)));
    response.end(output.subarray(gap + 4));
  });
  const nothing = Buffer.alloc(0);
  worker.write(Buffer.concat([record(BEGIN, begin), record(PARAMS, told), record(PARAMS, nothing),
    record(STDIN, nothing)]));
}

function serveStatic(folder, url, response) {
  const path = join(folder, url.replace(/^\/static\//, ''));
  if (!existsSync(path)) return response.writeHead(404).end();
  return response.writeHead(200, { 'Content-Type': TYPES[extname(path)] })
    .end(readFileSync(path));
}

/** The lab's configuration with some lines replaced: {"mode = …": "mode = local"} by prefix. */
function changed(file, lines) {
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(lines)) {
    if (!text.includes(from)) throw new Error(`no ${from} in ${file}`);
    text = text.replace(from, to);
  }
  return text;
}

/** A worker of the lab's portal for `user`, its configuration changed by `lines`. */
export async function startPortal(lines, user, affiliation = '') {
  const folder = mkdtempSync(join(tmpdir(), 'portal-gateway-'));
  const config = join(folder, 'userportal.ini');
  const socket = join(folder, 'socket');
  const lab = process.env.LAB_STATE;
  writeFileSync(config, changed(process.env.LAB_CONFIG, lines));
  const worker = spawn(join(lab, 'bin/userportal'), [
    'serve', '--config', config, '--secrets', process.env.LAB_SECRETS, '--listen',
    `unix:${socket}`, '--workers', '1', '--identity-from-environment',
  ], { env: { REMOTE_USER: user, affiliation }, stdio: ['ignore', 'ignore', 'ignore'] });
  await until(() => existsSync(socket), 'a worker listens');
  const server = createServer((request, response) => {
    if (request.url.startsWith('/static/')) {
      serveStatic(join(lab, 'static'), request.url, response);
    } else {
      passOn(socket, request, response);
    }
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
      worker.kill();
      rmSync(folder, { recursive: true });
    },
  };
}
