// The numbers test once more, with VictoriaMetrics instead of Prometheus: it gets the same samples
// through its import interface, and a second worker pool queries it.
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { until } from '../../lab/wait.mjs';
import { answers, freePort, here } from './lib.mjs';
import { secondPortal } from './second.mjs';

const PROGRAM = process.env.VICTORIA_METRICS ?? 'victoria-metrics';

/** OpenMetrics has seconds, the import interface wants milliseconds, and no comments. */
function milliseconds() {
  let rest = '';
  const convert = (text) => text.replace(/^#.*\n/gm, '').replace(/ (\d+)$/gm, ' $1000');
  return new Transform({
    transform(chunk, _, done) {
      const text = rest + chunk.toString('latin1');
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      done(null, Buffer.from(convert(text.slice(0, end)), 'latin1'));
    },
    flush(done) { done(null, Buffer.from(convert(rest), 'latin1')); },
  });
}

function post(url) {
  const request = http.request(url, { method: 'POST' });
  const answered = new Promise((resolve, reject) => {
    request.on('response', (response) => { response.resume(); resolve(response.statusCode); });
    request.on('error', reject);
  });
  return { request, answered };
}

async function importSamples(base) {
  const folder = process.env.LAB_SIMULATION;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.om')).sort()) {
    const { request, answered } = post(`${base}/api/v1/import/prometheus`);
    await pipeline(createReadStream(join(folder, name)), milliseconds(), request);
    const status = await answered;
    if (status !== 204) throw new Error(`${name}: status ${status}`);
  }
  await fetch(`${base}/internal/force_flush`);
}

async function startDatabase() {
  const folder = mkdtempSync('/tmp/portal-victoria.');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const database = spawn(PROGRAM, [
    `-storageDataPath=${folder}`, `-httpListenAddr=127.0.0.1:${port}`, '-retentionPeriod=24',
    '-search.latencyOffset=0s', '-search.disableCache', '-loggerLevel=ERROR',
    '-memory.allowedBytes=536870912',
  ], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => { database.on('exit', resolve); });
  const stop = async () => {
    database.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => answers(`${base}/health`), 'VictoriaMetrics starts');
  } catch (error) {
    await stop();
    throw error;
  }
  return { base, stop };
}

/** Its increase() is not drawn out to the ends of a run, which may miss a sample there. */
async function numbersOf(url) {
  const child = spawn(process.execPath, [join(here, 'numbers.mjs'), ...process.argv.slice(2)],
    { env: { ...process.env, PORTAL_URL: url, TOLERANCE: '0.03' }, stdio: 'inherit' });
  return new Promise((resolve) => { child.on('exit', resolve); });
}

const database = await startDatabase();
let code = 1;
try {
  await importSamples(database.base);
  const portal = await secondPortal(database.base);
  code = await numbersOf(portal.url);
  await portal.stop();
} finally {
  await database.stop();
}
process.exit(code ?? 1);
