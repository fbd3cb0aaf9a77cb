// Top compute on a busy cluster: an exporter of 500 users with 40 cores each, read by the lab's
// Prometheus beside the simulated cluster's.
import {readFileSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import { sleep } from '../lab/wait.mjs';
import {least, reportRatio, timed, times} from './measure.mjs';
import {Pool} from './pool.mjs';
import {relay} from './relay.mjs';

const {LAB_STATE: lab, LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus} = process.env;
const USERS = 500;
const CORES = 40;
const PAGE = '/secure/top/compute/';
const USED_CORES = 'slurm_job:used_core:sum_user_account';

// What the exporters of all nodes would report: each user has one job that uses some of its cores.
function exposition() {
  const now = Date.now() / 1000;
  const lines = ['# TYPE slurm_job_core_usage_total counter'];
  const labels = (user) => `account="def-crowd_cpu",slurmjobid="${80000000 + user}",` +
    `user="crowd${user}"`;
  for (let user = 0; user < USERS; user++) {
    for (let core = 0; core < CORES; core++) {
      const used = (now % 1e7) * 1e9 * ((user % 10) + 1) / 10;
      lines.push(`slurm_job_core_usage_total{${labels(user)},core="${core}"} ${used.toFixed(0)}`);
    }
  }
  for (const [name, bytes] of [['limit', 160e9], ['max', 40e9], ['rss', 30e9]]) {
    lines.push(`# TYPE slurm_job_memory_${name} gauge`);
    for (let user = 0; user < USERS; user++) {
      lines.push(`slurm_job_memory_${name}{${labels(user)}} ${bytes}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

async function exporter() {
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(exposition());
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}

// Makes Prometheus read its configuration again, with the exporter or as it was.
function configure(text) {
  writeFileSync(`${lab}/etc/prometheus.yml`, text);
  process.kill(Number(process.env.BENCH_PROMETHEUS_PID), 'SIGHUP');
}

async function usersNow() {
  const users = `sum by (user) (${USED_CORES}{user=~"crowd.*"})`;
  const query = new URLSearchParams({query: `count(${users})`});
  const answer = await (await fetch(`${prometheus}/api/v1/query?${query}`)).json();
  return Number(answer.data.result[0]?.value[1] ?? 0);
}

async function withCrowd(work) {
  const server = await exporter();
  const before = readFileSync(`${lab}/etc/prometheus.yml`, 'utf8');
  configure(`${before}  - job_name: crowd\n    static_configs:\n      - targets: ` +
    `['127.0.0.1:${server.address().port}']\n        labels: {cluster: narval}\n`);
  try {
    for (let tries = 0; await usersNow() < USERS; tries++) {
      if (tries > 240) throw new Error('the crowd does not come');
      await sleep(1000);
    }
    await work();
  } finally {
    configure(before);
    server.close();
    server.closeAllConnections();
  }
}

async function topCompute() {
  await withCrowd(async () => {
    const between = await relay(prometheus, 10);
    const pool = await Pool.start(between.url, 2);
    await timed(staff + PAGE);
    between.queries.length = 0;
    await (await fetch(staff + PAGE)).text();
    const queries = [...between.queries];
    const [first, whole, ...singles] = await least(
      () => timed(staff + PAGE, undefined, 'time_starttransfer'), () => timed(staff + PAGE),
      ...queries.map((one) => () => timed(between.url + one.path, one.body)));
    const slowest = Math.max(...singles);
    const what = `top compute, ${USERS} users of ${USERS * CORES} job series, over 10 ms`;
    reportRatio(`first byte of ${what}, against the slowest query`, times(1.5), first, slowest);
    reportRatio(`whole page of ${what}, against the slowest query`, times(1.5), whole, slowest);
    await pool.stop();
    between.close();
  });
}

export const topParts = [topCompute];
