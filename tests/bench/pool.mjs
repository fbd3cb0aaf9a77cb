// The worker pool under measurement: at the lab's socket, in place of the lab's own.
import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import { sleep } from '../lab/wait.mjs';

const {LAB_STATE: lab, LAB_CONFIG: config, LAB_SECRETS: secrets} = process.env;
const pagesSocket = process.env.LAB_SOCKET;
const started = new Set();
const read = (path) => readFileSync(path, 'utf8');

// Seconds on a processor of all threads of a process.
export function processTime(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    return sum + Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e9;
  }, 0);
}

export class Pool {
  static async start(prometheus, workers, timeout = 3000, socket = pagesSocket, settled = 0) {
    const file = `${lab}/etc/bench.ini`;
    writeFileSync(file, read(config).replace(/^url = http.*$/m, `url = ${prometheus}`)
      .replace(";timeout_ms = 3000", `timeout_ms = ${timeout}`)
      .replace(";settled_mib = 12", `settled_mib = ${settled}`));
    rmSync(socket, {force: true});
    const child = spawn('setpriv', ['--reuid=www-data', '--regid=www-data', '--init-groups', '--',
      `${lab}/bin/userportal`, 'serve', '--config', file, '--secrets', secrets,
      '--listen', `unix:${socket}`, '--workers', String(workers)], {stdio: 'ignore'});
    const pool = new Pool();
    pool.child = child;
    pool.ended = new Promise((resolve) => { child.on('exit', resolve); });
    started.add(pool);
    for (let i = 0; i < 100 && pool.workers().length < workers; i++) await sleep(100);
    if (!existsSync(socket)) throw new Error('the pool did not start');
    await sleep(300);
    return pool;
  }

  static async stopAll() { for (const pool of started) await pool.stop(); }

  async stop() {
    this.child.kill('SIGTERM');
    await this.ended;
    started.delete(this);
  }

  workers() {
    const {pid} = this.child;
    const text = existsSync(`/proc/${pid}`) ? read(`/proc/${pid}/task/${pid}/children`) : '';
    return text.split(' ').filter(Boolean);
  }

  workerTime() { return this.workers().reduce((sum, pid) => sum + processTime(pid), 0); }

  // KiB of a line of /proc/PID/status, of the one worker.
  memory(name) {
    return Number(read(`/proc/${this.workers()[0]}/status`).match(`${name}:\\s*(\\d+)`)[1]);
  }

  proportionalShare() {
    return Number(read(`/proc/${this.workers()[0]}/smaps_rollup`).match(/^Pss:\s*(\d+)/m)[1]);
  }

  static prometheusTime() { return processTime(Number(process.env.BENCH_PROMETHEUS_PID)); }
}
