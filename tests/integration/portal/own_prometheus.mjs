// own_prometheus.mjs: a Prometheus of its own with samples that a test made, for questions whose
// answers the lab's simulated cluster does not know.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { run } from './lib.mjs';

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const written = (labels) => Object.entries(labels)
  .map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',');

/** Samples of one series each `interval` seconds in [from, to): `value` is a number or f(time). */
export function series(name, labels, { from, to, interval, value }) {
  const text = [];
  const first = Math.ceil(from / interval) * interval;
  for (let time = first; time < to; time += interval) {
    text.push(`${name}{${written(labels)}} ${typeof value === 'number' ? value : value(time)} ` +
      `${time}`);
  }
  return { name, text };
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Starts a Prometheus that holds these series; answers {url, stop()}. */
export async function prometheusWith(all) {
  const folder = mkdtempSync('/tmp/portal-prometheus.');
  const names = [...new Set(all.map(({ name }) => name))];
  const lines = names.flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...all.filter((one) => one.name === name).flatMap(({ text }) => text),
  ]);
  const samples = join(folder, 'samples.om');
  writeFileSync(samples, `${lines.join('\n')}\n# EOF\n`);
  const data = join(folder, 'data');
  const made = await run('promtool', ['tsdb', 'create-blocks-from', 'openmetrics',
    '--max-block-duration=5000h', samples, data]);
  if (made.code !== 0) throw new Error(made.err || made.out);
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n');
  const port = await freePort();
  const server = spawn('prometheus', [`--config.file=${folder}/prometheus.yml`,
    `--web.listen-address=127.0.0.1:${port}`, `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=1000d', '--log.level=error'],
  { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => { server.on('exit', resolve); });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => answers(`${url}/-/ready`), 'Prometheus starts');
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
