// scripts_lib.mjs: what the tests of job scripts share: tokens, uploads, and the database itself.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ask, lab, run } from './lib.mjs';

const files = ['--config', process.env.LAB_CONFIG, '--secrets', process.env.LAB_ADMIN_SECRETS];

/** userportal-admin with the lab's files; answers {code, out, err}. */
export const admin = (...words) => run(process.env.LAB_ADMIN, [...words, ...files]);

/** A new token's text. */
export async function makeToken(name, ...options) {
  const { code, out, err } = await admin('token', 'create', '--name', name, ...options);
  if (code !== 0) throw new Error(err);
  return out.trim();
}

/** The lab's token that may only write scripts. */
export const labToken = readFileSync(process.env.LAB_API_TOKEN_FILE, 'utf8').trim();

export const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Rows of a query, as the database's root, cells as text. */
export function sql(query) {
  return new Promise((resolve, reject) => {
    const args = ['--no-defaults', '-S', process.env.LAB_DATABASE_ROOT_SOCKET, '-uroot', '-N',
      '--default-character-set=utf8mb4', '-e', query, 'userportal'];
    execFile('mysql', args, { maxBuffer: 1 << 28 }, (error, out, err) => {
      if (error) reject(new Error(err));
      else resolve(out.split('\n').filter(Boolean).map((line) => line.split('\t')));
    });
  });
}

/** Digests of what is stored for jobs in a range of numbers: Map of number to Set. Each is checked
 * against the bytes beside it. */
export async function storedDigests(from, to) {
  const rows = await sql(`select id_job, lower(hex(digest)), sha2(script, 256) from job_script
    where id_job between ${from} and ${to}`);
  const stored = new Map();
  for (const [id, named, real] of rows) {
    if (named !== real) throw new Error(`the script of ${id} is not what was stored`);
    if (!stored.has(Number(id))) stored.set(Number(id), new Set());
    stored.get(Number(id)).add(named);
  }
  return stored;
}

export const removeJobs = (from, to) =>
  sql(`delete from job_script where id_job between ${from} and ${to}`);

const at = '/api/jobscripts/';
const bearer = (token) => (token ? { Authorization: `Token ${token}` } : {});

/** POST of an object as JSON. */
export const post = (object, token = labToken) =>
  send('POST', at, 'application/json', Buffer.from(JSON.stringify(object)), token);

/** Any body of any type. */
export const send = (method, path, type, body, token = labToken) => ask(lab.as.nobody, path, {
  method, body, headers: { 'Content-Type': type, 'Content-Length': body.length, ...bearer(token) },
});

export const putBytes = (id, bytes, token = labToken) =>
  send('PUT', `${at}${id}/`, 'application/octet-stream', bytes, token);

export const get = (path, token, headers = {}) =>
  ask(lab.as.nobody, path, { headers: { ...bearer(token), ...headers } });

export const getBytes = (id, token) =>
  get(`${at}${id}/`, token, { Accept: 'application/octet-stream' });
