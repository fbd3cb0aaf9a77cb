// lib.mjs: what the portal's tests over HTTP share: the lab's addresses, requests, what a reader
// would see of a page, and a small runner.
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from '../../lab/wait.mjs';

export const here = dirname(fileURLToPath(import.meta.url));
const need = (name) => {
  if (!process.env[name]) {
    console.error(`${name} is not set: run this through tests/lab/with-lab`);
    process.exit(2);
  }
  return process.env[name];
};

/** The lab: state folder, people, and the address of the portal for each identity. */
export const lab = {
  state: need('LAB_STATE'),
  scripts: join(here, '..', '..', 'lab'),
  user: need('LAB_USER'),
  staff: need('LAB_STAFF'),
  prometheus: need('LAB_PROMETHEUS'),
  as: {
    signIn: need('LAB_URL'),
    user: need('LAB_URL_USER'),
    staff: need('LAB_URL_STAFF'),
    nobody: need('LAB_URL_NOBODY'),
    foreign: need('LAB_URL_FOREIGN'),
    plain: need('LAB_URL_PLAIN'),
  },
};

/** What the simulator itself knows of its jobs. */
export const truth = JSON.parse(
  readFileSync(join(need('LAB_SIMULATION'), 'truth.json'), 'utf8'));

/** The page of a story of the simulator, or of one of its jobs. */
export const jobPath = (job) => `/secure/jobstats/${job.user}/${job.id_job}/`;
export const story = (name) => truth.stories[name];

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/**
 * Sends a request; answers {status, headers, body (Buffer), text, json()}. Redirects are answers.
 * `at` is the address of an identity, such as lab.as.user.
 */
export function ask(at, path, { method = 'GET', headers = {}, body } = {}) {
  const url = new URL(at);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: url.hostname, port: url.port, agent, method, path, headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(parts);
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: whole,
            get text() { return whole.toString('utf8'); },
            json: () => JSON.parse(whole.toString('utf8')),
          });
        });
      });
    request.on('error', reject);
    if (body !== undefined) request.write(body);
    request.end();
  });
}

/** Like ask(), but comes back when told to (503): a busy machine is no fault of the portal. */
export async function askAgain(at, path, options) {
  let answer = await ask(at, path, options);
  for (let tries = 0; tries < 5 && answer.status === 503; tries += 1) {
    await sleep(2500);
    answer = await ask(at, path, options);
  }
  return answer;
}

/** Sends bytes as they are, over a connection of their own; answers status and text. */
export function askRaw(at, bytes) {
  const url = new URL(at);
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(Number(url.port), url.hostname, () => socket.write(bytes));
    socket.setTimeout(20000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('latin1');
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
    });
  });
}

/** Runs a command; answers {code, out, err}. */
export function run(program, args = [], options = {}) {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 26, ...options }, (error, out, err) => {
      resolve({ code: error ? error.code ?? 1 : 0, out, err });
    });
  });
}

/** Runs a command that must end well; answers what it printed. */
export async function must(program, args, options) {
  const { code, out, err } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${err || out}`);
  return out;
}

/** Runs statements as the root of the lab's databases; answers the rows, tabs between columns. */
export function sql(statements, database = process.env.LAB_DATABASE_NAME) {
  return new Promise((resolve, reject) => {
    const child = spawn('mysql', ['--no-defaults', '-S', process.env.LAB_DATABASE_ROOT_SOCKET,
      '-uroot', '--default-character-set=utf8mb4', '-N', '-B', database]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => { out += part; });
    child.stderr.on('data', (part) => { err += part; });
    child.on('exit', (code) =>
      (code === 0 ? resolve(out.trim()) : reject(new Error(err.slice(-500)))));
    child.stdin.end(statements);
  });
}

/** A port of the loopback address that nobody uses now. */
export const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Whether an address answers well. */
export async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** One of the lab's own scripts. */
export const labScript = (name, ...args) => run(join(lab.scripts, name), args);

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: '\u00A0' };
export const decode = (html) =>
  html.replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name) => ENTITIES[name]);

/** What a reader sees of a piece of HTML, spaces folded. */
export const words = (html) =>
  decode(html.replace(/<(svg|script|style)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/[ \t\n]+/g, ' ').trim();

/** The main part of a page without what changes with every request. */
export const stable = (html) => html.replace(/<p class="title-fresh">[\s\S]*?<\/p>/g, '')
  .replace(/datetime="[^"]*"/g, '').replace(/awN[\w@-]+/g, '');

/** The table rows of a job page's resources: {name: {asked, allocated, used}} as numbers. */
export function resources(html) {
  const section = /<section class="section" id="resources"[\s\S]*?<\/section>/.exec(html)[0];
  const rows = {};
  for (const [, row] of section.matchAll(/<tr>([\s\S]*?)<\/tr>/g)) {
    const name = words(/<th scope="row"[^>]*>([\s\S]*?)<(?:small|\/th)/.exec(row)?.[1] ?? '');
    if (name === '') continue;
    const cells = [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => {
      const value = /<data value="([^"]*)"/.exec(cell)?.[1];
      return value === undefined ? null : Number(value);
    });
    rows[name] = cells.length > 1
      ? { asked: cells[0], allocated: cells[1], used: cells[2] } : { value: cells[0] };
  }
  return rows;
}

/**
 * Rows of the table in a section of a page: {name, COLUMN: {value, text}} with the number of each
 * cell (null if it has none) and what a reader sees. Columns are named as on a phone.
 */
export function tableRows(html, id) {
  const section = new RegExp(`<section class="section" id="${id}"[\\s\\S]*?</section>`)
    .exec(html)?.[0] ?? '';
  return [...section.matchAll(/<tr[^>]*>(<th scope="row"[\s\S]*?)<\/tr>/g)].map(([, row]) => {
    const cells = { name: words(/<th[^>]*>([\s\S]*?)<\/th>/.exec(row)[1]) };
    for (const [, label, cell] of row.matchAll(
      /<td (?:class="[^"]*" )?data-label="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)) {
      const value = /<data value="([^"]*)"/.exec(cell)?.[1];
      const number = value === undefined ? null : Number(value);
      cells[decode(label)] = { value: number, text: words(cell) };
    }
    return cells;
  });
}

/** Addresses of the graphs that a page shows. */
export const graphUrls = (html) =>
  [...html.matchAll(/data-src="([^"]*)"/g)].map(([, url]) => decode(url));

/** Sum of a graph's values times its step: gaps count as `gap` says (null: not at all). */
export function integral(graph, grid, choose = () => true) {
  let sum = 0;
  for (const series of graph.series.filter(choose)) {
    for (const value of series.values) sum += (value ?? 0) * grid.step;
  }
  return sum;
}

/** Numbers that are the same for every run with the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const tests = [];
/** Names a test; run them with `runTests()`. */
export const test = (name, body) => tests.push({ name, body });

/** Runs all tests named so far (or those whose name holds the first argument) and ends. */
export async function runTests() {
  let failed = 0;
  const wanted = tests.filter(({ name }) => name.includes(process.argv[2] ?? ''));
  for (const { name, body } of wanted) {
    try {
      await body();
      console.log(`passed  ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
    }
  }
  console.log(`${wanted.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 && wanted.length > 0 ? 0 : 1);
}

/** Runs `body` for all items, at most `width` at once; answers their results in order. */
export async function each(items, body, width = 4) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await body(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** Lines of a data file: no comments, no blank ones. */
export const tableLines = (name) => readFileSync(join(here, name), 'utf8').split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
