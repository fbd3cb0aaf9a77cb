// Serves the demo pages with the portal's content policy; for tests and for looking at.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphAnswer } from './graphs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
  "connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Builds the assets into `folder` with the portal's own build and returns their names. */
export function buildAssets(folder) {
  execFileSync(join(root, 'views/static/build'), [folder], { stdio: ['ignore', 2, 2] });
  return JSON.parse(readFileSync(join(folder, 'assets.json'), 'utf8'));
}

const STATES = [
  ['wait', 'wait', 'Waiting'], ['running', 'running', 'Running'], ['good', 'good', 'Completed'],
  ['bad', 'bad', 'Failed'], ['bad', 'memory', 'Out of memory'], ['warn', 'timeout', 'Timeout'],
  ['off', 'off', 'Cancelled'], ['bad', 'error', 'Node failed'],
];

function barCell(label, share, tone) {
  const meter = `<meter class="bar is-${tone}" min="0" max="100" value="${share}"` +
    ` aria-label="${label}"></meter>`;
  return `<td class="cell-bar" data-label="${label}"><span class="bar-pair">${meter}` +
    `<span>${share} %</span></span></td>`;
}

function jobRow(i) {
  const [tone, icon, name] = STATES[i % STATES.length];
  const isTask = i > 8;
  const fold = '<button class="fold over-link" type="button" data-fold="a1" aria-expanded="true">' +
    '{{icon:next}} 3 tasks</button>';
  const start = i === 0 ? '<span class="no-data">not started</span>'
    : `<time class="when" datetime="2026-11-2${i % 3}T0${i % 10}:15:00Z">day ${i}</time>`;
  return `<tr class="is-link${isTask ? ' is-task' : ''}"${isTask ? ' data-fold-of="a1"' : ''}>
    <th scope="row"><a class="row-link" href="/job.html">${4711 + i}</a>${i === 8 ? fold : ''}</th>
    <td data-label="Name" class="cell-name">train_a_rather_long_name_${i}.sh</td>
    <td class="card-state"><span class="state is-${tone}">{{icon:${icon}}} ${name}</span></td>
    <td data-label="Start" class="nowrap">${start}</td>
    <td class="num" data-label="Ran">0${i % 8}:13:25</td><td class="num" data-label="Cores">${
    2 ** (i % 7)}</td><td class="num" data-label="Memory">${i * 4 + 1}</td>
    <td class="num" data-label="GPUs">${i % 3 || ''}</td>
    ${barCell('Cores used', 91 - i * 7, i > 5 ? 'warn' : 'good')}
    ${barCell('Memory used', 20 + i * 5, 'good')}
    <td><span class="mark is-${i % 2 ? 'good' : 'warn'}">{{icon:${i % 2 ? 'good' : 'warn'}}} ${
    i % 2 ? 'Good' : 'Low use'}</span></td></tr>`;
}

const WHOSE = `<p class="whose">{{icon:eye}} <span>You are looking at the data of <b>bob</b>.</span>
  <a href="/user.html">Back to mine</a></p>`;

function pageOf(name, assets, { lang, theme }) {
  const main = readFileSync(join(here, name), 'utf8');
  const mark = (key) => new RegExp(`<!-- ${key}:? ?(.*?) ?-->`).exec(main);
  const values = {
    LANG: lang, THEME: theme ? ` data-theme="${theme}"` : '', TITLE: mark('title')[1],
    CSS: assets['portal.css'], JS: assets['portal.js'], ICONS: assets['icons.svg'],
    WHOSE: mark('whose') ? WHOSE : '',
    MAIN_ATTRIBUTES: mark('main') ? ` ${mark('main')[1]}` : '',
    LONG: 'x'.repeat(300),
    MAIN: main,
    ROWS: Array.from({ length: 12 }, (_, i) => jobRow(i)).join('\n'),
  };
  let page = readFileSync(join(here, 'frame.html'), 'utf8');
  for (let i = 0; i < 2; i += 1) {
    page = page.replace(/\{\{([A-Z_]+)\}\}/g, (_, key) => values[key] ?? '');
  }
  return page.replace(/\{\{icon:([\w-]+)\}\}/g, (_, icon) =>
    '<svg class="icon" aria-hidden="true">' +
    `<use href="/static/${values.ICONS}#${icon}"></use></svg>`);
}

function send(response, status, type, body) {
  response.writeHead(status, {
    'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

/** Serves on a free loopback port; returns {url, asked (graph addresses so far), close}. */
export async function serve(folder) {
  const assets = buildAssets(folder);
  const asked = [];
  const answer = (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const theme = /theme=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const lang = url.searchParams.get('lang') ?? 'en';
    if (url.pathname.startsWith('/static/')) {
      const file = join(folder, url.pathname.slice(8).replaceAll('/', ''));
      return send(response, 200, TYPES[extname(file)], readFileSync(file));
    }
    const graph = /^\/graph\/(\w+)\.json$/.exec(url.pathname)?.[1];
    if (graph) {
      asked.push(url.pathname + url.search);
      const { status, body } = graphAnswer(graph, url.searchParams);
      return send(response, status, 'application/json', JSON.stringify(body));
    }
    const page = /^\/(\w+\.html)$/.exec(url.pathname)?.[1];
    if (!page) return send(response, 404, 'text/plain', 'not found');
    const type = 'text/html; charset=utf-8';
    return send(response, 200, type, pageOf(page, assets, { lang, theme }));
  };
  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      send(response, 404, 'text/plain', String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, asked, close: () => server.close() };
}
