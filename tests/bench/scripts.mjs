// scripts.mjs: how quickly job scripts are stored, and how little the hook costs.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {join} from 'node:path';
import { sleep } from '../lab/wait.mjs';
import {ratio, report} from './measure.mjs';
import {Pool} from './pool.mjs';

const env = process.env;
const build = env.BENCH_BUILD;
const kBytes = 10 << 10;
const kRows = 1500;
const kClients = 16;
const kFirst = 3900000000;

function sql(text) {
  return execFileSync('mysql', ['--no-defaults', '-S', env.LAB_DATABASE_ROOT_SOCKET, '-uroot', '-N',
    '-e', text, 'userportal'], {encoding: 'utf8'});
}

const clear = () => sql(`delete from job_script
  where id_job between ${kFirst} and ${kFirst + 1e6}`);

// Rows a second of single inserts over one connection.
function floor() {
  clear();
  return Number(execFileSync(join(build, 'tests/bench/insert_floor'),
    [env.LAB_DATABASE_HOST, env.LAB_DATABASE_PORT, env.LAB_DATABASE_USER, 'userportal',
      String(kRows), String(kBytes)],
    {encoding: 'utf8', env: {...env, MYSQL_PWD: env.LAB_DATABASE_PASSWORD}}));
}

function put(agent, id, body, token) {
  const {hostname, port} = new URL(env.LAB_URL_NOBODY);
  return new Promise((resolve, reject) => {
    const request = http.request({host: hostname, port, agent, method: 'PUT',
      path: `/api/jobscripts/${id}/`, headers: {Authorization: `Token ${token}`,
        'Content-Type': 'application/octet-stream', 'Content-Length': body.length}}, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? resolve()
        : reject(new Error(`upload: ${answer.statusCode}`))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

// Uploads a second from several clients through Apache.
async function uploadRate() {
  clear();
  const token = readFileSync(env.LAB_API_TOKEN_FILE, 'utf8').trim();
  const agent = new http.Agent({keepAlive: true, maxSockets: kClients});
  let next = 0;
  const begin = performance.now();
  await Promise.all(Array.from({length: kClients}, async () => {
    while (next < kRows) {
      next += 1;
      const id = kFirst + next;
      await put(agent, id, Buffer.from(`#!/bin/bash\n# ${id}\n`.padEnd(kBytes, 'x')), token);
    }
  }));
  agent.destroy();
  return kRows / ((performance.now() - begin) / 1000);
}

// Both, alternating; the best of a few rounds, with every commit on disk.
async function uploadSpeed() {
  sql('set global innodb_flush_log_at_trx_commit = 1');
  let [ours, theirs] = [0, 0];
  for (let round = 0; round < 4; round++) {
    theirs = Math.max(theirs, floor());
    ours = Math.max(ours, await uploadRate());
  }
  sql('set global innodb_flush_log_at_trx_commit = 2');
  clear();
  return {ours, theirs};
}

// Milliseconds from the start of a hook to its end, the fastest of many.
function hookTime(program, args, id) {
  const begin = performance.now();
  const {status} = spawnSync(program, args, {env: {SLURM_JOB_ID: String(id)}, stdio: 'ignore'});
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return performance.now() - begin;
}

// The hook against /bin/true, while nobody listens at the portal's address.
async function hookSpeed() {
  const folder = mkdtempSync('/tmp/bench-hook.');
  writeFileSync(join(folder, 'token'), '00ff', {mode: 0o600});
  writeFileSync(join(folder, 'ini'), '[portal]\nurl = http://127.0.0.1:9/api/jobscripts/\n' +
    `token_file = ${folder}/token\n[slurm]\nstate_save_location = ${folder}/state\n` +
    `[spool]\nfolder = ${folder}/spool\n`);
  let [ours, theirs] = [Infinity, Infinity];
  for (let round = 0; round < 200; round++) {
    theirs = Math.min(theirs, hookTime('/bin/true', [], round + 1));
    ours = Math.min(ours, hookTime(join(build, 'fcgi/userportal-prolog'),
      ['--config', join(folder, 'ini')], round + 1));
  }
  await sleep(1000);
  rmSync(folder, {recursive: true, force: true});
  return {ours, theirs};
}

async function uploads() {
  const pool = await Pool.start(env.LAB_PROMETHEUS, 4, 3000, env.LAB_API_SOCKET);
  const {ours, theirs} = await uploadSpeed();
  const bar = {least: 0.5, text: '≥ 0.5 ×'};
  report('scripts of 10 kB stored through Apache, against single INSERTs', bar, ours / theirs,
    `${ratio(ours / theirs)} (${ours.toFixed(0)} / ${theirs.toFixed(0)} a second)`);
  await pool.stop();
}

async function hook() {
  const {ours, theirs} = await hookSpeed();
  report('PrologSlurmctld hook, portal away, against /bin/true', {most: 20, text: '≤ 20 ms'},
    ours, `${ours.toFixed(1)} ms (${theirs.toFixed(1)} ms)`);
}

export const scriptParts = [uploads, hook];
