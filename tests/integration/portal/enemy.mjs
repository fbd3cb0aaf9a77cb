// Prometheus as an enemy: whatever a server says costs the answer that it spoils, never a worker,
// much memory or the page; and nothing of it is markup.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { jobPath, lab, runTests, story, test } from './lib.mjs';
import { secondPortal } from './second.mjs';

const MOST_MEMORY_KB = 160 * 1024;
const LIMIT_MS = 20000;
const MARKUP = '"><script>evil()</script><img src=x onerror=evil()>\'${7*7}{{7*7}}';
const CONTROL = '\u0000\u0007\u001b[31m\r\n\u0085\u202e\ufeff';

/** The answer with what `spoil` makes of each label but those that say what a line is. */
function labels(text, spoil) {
  const answer = JSON.parse(text);
  for (const { metric } of answer.data?.result ?? []) {
    for (const name of Object.keys(metric ?? {})) {
      if (name !== 'part' && name !== 'slurmjobid') metric[name] = spoil(metric[name]);
    }
  }
  return JSON.stringify(answer);
}

/** The answer with other values in the place of its own, in turn. */
function values(text, others) {
  let at = 0;
  return text.replaceAll(/(\[[\d.]+,)"[^"]*"\]/g, (_, time) => {
    at += 1;
    return `${time}${others[at % others.length]}]`;
  });
}

const result = (list) => `{"status":"success","data":{"resultType":"matrix","result":${list}}}`;
const one = (metric, value) => result(`[{"metric":${metric},"value":[1,${value}]}]`);

/** What is sent in the place of a good answer: text, or f(response) that writes it. */
const MODES = {
  'labels with markup': (text) => labels(text, (value) => value + MARKUP),
  'labels that are markup': (text) => labels(text, () => MARKUP),
  'labels with control characters': (text) => labels(text, (value) => value + CONTROL),
  'broken UTF-8': (text) => Buffer.from(labels(text, (value) => `${value}\u00ff\u00fe`), 'latin1'),
  'halves of surrogates': (text) => labels(text, () => 'x')
    .replaceAll('"x"', '"\\ud800\\udfff\\udc00"'),
  'a label of ten megabytes': () => one(`{"user":"${'a'.repeat(1e7)}"}`, '"1"'),
  'a name of ten megabytes': () => one(`{"${'a'.repeat(1e7)}":"b"}`, '"1"'),
  'a hundred thousand labels': () => one(
    `{${Array.from({ length: 1e5 }, (_, i) => `"l${i}":"v"`)}}`, '"1"'),
  'deep arrays': () => result('['.repeat(1e6)),
  'deep objects': () => `${'{"data":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
  'deep values that are skipped': () => `{"x":${'['.repeat(60)}${']'.repeat(60)},${
    result('[]').slice(1)}`,
  'all keys twice': (text) => text.replace('{"status":"success",',
    '{"status":"error","status":"success","data":{"result":[]},'),
  'results twice': (text) => text.replace(/"result":(\[.*\])/s, '"result":$1,"result":$1'),
  'labels twice': (text) => text.replaceAll('"metric":{', '"metric":{"node":"x","node":"y",'),
  'values of other types': (text) => values(text, ['1', 'true', 'null', '{}', '[]']),
  'a result that is none': () => result('{"a":1}'),
  'a result of numbers': () => result('[1,2,3]'),
  'a metric that is text': () => result('[{"metric":"x","value":[1,"1"]}]'),
  'a value of one': () => result('[{"metric":{},"value":["1"]}]'),
  'numbers beyond all bounds': (text) => values(text, ['"1e999"', '"-1e999"', '"NaN"', '"+Inf"',
    '"-Inf"', '"1e308"', '"-1e308"', '"9223372036854775808"', '"-1"', '"1e-320"']),
  'numbers that are none': (text) => values(text, ['"0x10"', '""', '" 1"', '"1_000"', '"١"',
    '"1,5"', `"${'9'.repeat(1000)}"`]),
  'times beyond all bounds': (text) => text.replaceAll(/\[[\d.]+,"/g, '[1e300,"'),
  'negative times': (text) => text.replaceAll(/\[([\d.]+),"/g, '[-$1,"'),
  'series without end': (response) => {
    response.write('{"status":"success","data":{"resultType":"vector","result":[');
    const more = () => {
      const part = Array.from({ length: 2000 }, (_, i) =>
        `{"metric":{"user":"u${i}","part":"cores"},"value":[1,"1"]},`).join('');
      if (!response.destroyed) response.write(part, () => setImmediate(more));
    };
    more();
  },
  'blanks without end': (response) => {
    const more = () => {
      if (!response.destroyed) response.write(' '.repeat(1 << 16), () => setImmediate(more));
    };
    more();
  },
  'an error with markup': () => JSON.stringify({ status: 'error', errorType: MARKUP,
    error: MARKUP + CONTROL }),
  'warnings with markup': (text) => text.replace(/}\s*$/, `,"warnings":${JSON.stringify(
    Array.from({ length: 5000 }, () => MARKUP + CONTROL))}}`),
  nothing: () => '',
  'a page': () => `<html>${MARKUP}</html>`,
};

/** A proxy before the lab's Prometheus that spoils what it says as `mode` tells. */
async function enemy() {
  const state = { mode: null };
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.setHeader('content-type', 'application/json');
    const spoil = MODES[state.mode];
    if (spoil && /without end/.test(state.mode)) return spoil(response);
    const target = new URL(request.url, lab.prometheus);
    const { host, connection, ...headers } = request.headers;
    const answer = await fetch(target, { method: request.method,
      headers: { ...headers, 'accept-encoding': 'identity' },
      body: request.method === 'POST' ? Buffer.concat(parts) : undefined });
    const text = await answer.text();
    response.statusCode = answer.status;
    return response.end(spoil && answer.ok ? spoil(text) : text);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state,
    stop: () => { server.close(); server.closeAllConnections(); },
  };
}

const running = story('running_gpu');
const ACCOUNT = 'def-smith_gpu';
const PAGES = [jobPath(running), `${jobPath(running)}graph/gpu.json`,
  `${jobPath(running)}graph/cpu.json`, `/secure/jobstats/${running.user}/`,
  `/secure/jobstats/${running.user}/graph/mem.json`, '/secure/top/compute/',
  '/secure/top/largemem/', '/secure/top/lustre/', `/secure/accountstats/${ACCOUNT}/`,
  `/secure/usersummary/${running.user}/`, '/secure/cloudstats/'];

const metrics = await enemy();
const portal = await secondPortal(metrics.url);

/** The most memory that a worker has ever had, in kB. */
function mostMemory() {
  const children = readFileSync(`/proc/${portal.pid}/task/${portal.pid}/children`, 'utf8').trim();
  return Math.max(...children.split(' ').map((pid) =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])));
}

async function look(path, mode) {
  const began = performance.now();
  const answer = await fetch(portal.url + path, { redirect: 'manual' });
  const text = await answer.text();
  const of = `${mode}: ${path}`;
  assert.ok([200, 302, 503].includes(answer.status), `${of} is ${answer.status}`);
  assert.ok(performance.now() - began < LIMIT_MS, of);
  assert.ok(!text.includes('<script>evil') && !text.includes('<img src=x'), of);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/, of);
  if (path.endsWith('.json')) JSON.parse(text);
  else assert.doesNotMatch(text.replaceAll(/<[^>]*>/g, ' '), /\b(nan|inf)\b|\d{25}/i, of);
}

for (const mode of Object.keys(MODES)) {
  test(`${mode} cost an answer and no more`, async () => {
    metrics.state.mode = mode;
    for (const path of PAGES) await look(path, mode);
    metrics.state.mode = null;
    const { status } = await fetch(`${portal.url}/secure/jobstats/${running.user}/`);
    assert.equal(status, 200);
    assert.ok(mostMemory() < MOST_MEMORY_KB, `${mode}: ${mostMemory()} kB`);
    assert.ok(!portal.log().includes('worker.ended'), portal.log().slice(-2000));
  });
}

await runTests();
await portal.stop();
metrics.stop();
