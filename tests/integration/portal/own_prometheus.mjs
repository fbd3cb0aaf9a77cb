// own_prometheus.mjs: a Prometheus of its own with samples that a test made, for questions whose
// answers the lab's simulated cluster does not know.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lab/wait.mjs';
import { answers, freePort, must } from './lib.mjs';

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

/** Makes blocks of samples in the OpenMetrics format. */
export async function fill(data, text) {
  const samples = `${data}.om`;
  writeFileSync(samples, text);
  await must('promtool', ['tsdb', 'create-blocks-from', 'openmetrics',
    '--max-block-duration=5000h', samples, data]);
  rmSync(samples);
}

/** Starts a Prometheus with a folder of blocks; answers {url, stop()}. */
export async function serve(data) {
  const config = `${data}.yml`;
  writeFileSync(config, 'global: {}\n');
  const port = await freePort();
  const server = spawn('prometheus', [`--config.file=${config}`,
    `--web.listen-address=127.0.0.1:${port}`, `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=1000d', '--log.level=error'],
  { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => { server.on('exit', resolve); });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  try {
    await until(() => answers(`${url}/-/ready`), 'Prometheus starts');
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Starts a Prometheus that holds these series; answers {url, stop()}. */
export async function prometheusWith(all) {
  const folder = mkdtempSync('/tmp/portal-prometheus.');
  const names = [...new Set(all.map(({ name }) => name))];
  const lines = names.flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...all.filter((one) => one.name === name).flatMap(({ text }) => text),
  ]);
  const data = join(folder, 'data');
  await fill(data, `${lines.join('\n')}\n# EOF\n`);
  const { url, stop } = await serve(data);
  return {
    url,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
