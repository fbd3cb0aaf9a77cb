// What the parts of the bench share: the table, ratios of interleaved measurements, requests.
import {execFileSync, spawn} from 'node:child_process';
import {Pool} from './pool.mjs';
import {relay} from './relay.mjs';

const {LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus} = process.env;
const rounds = Number(process.env.BENCH_ROUNDS ?? 30);
const rows = [];

export function report(work, bar, value, shown) {
  const reached = bar.least === undefined ? value <= bar.most : value >= bar.least;
  const verdict = reached ? 'yes' : 'no';
  rows.push([work, bar.text, shown, verdict]);
  console.error(`${work}: ${shown} (${bar.text}) ${verdict}`);
}

export function notMeasured(work, error) {
  rows.push([work, '', String(error.message ?? error).split('\n')[0], 'not measured']);
}

export function printTable() {
  console.log('| work | limit | measured | reached |\n|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

export const times = (number) => ({most: number, text: `≤ ${number} ×`});
export const ratio = (value) => `${value.toFixed(2)} ×`;
export const ms = (value) => `${(value * 1000).toFixed(1)} ms`;

// Reports a measurement against its floor.
export function reportRatio(work, bar, ours, floor) {
  report(work, bar, ours / floor, `${ratio(ours / floor)} (${ms(ours)} / ${ms(floor)})`);
}

const curlOptions = (url, form, what) => ['-sS', '-m', '30', '-o', '/dev/null', '-w',
  `%{${what}} %{http_code}`, ...(form ? ['-d', form] : []), url];

function secondsOf(said, url) {
  const [took, status] = said.split(' ');
  if (status.trim() !== '200') throw new Error(`${url}: ${status}`);
  return Number(took);
}

// Seconds that curl needs for one request, the connection included.
export function seconds(url, form) {
  return secondsOf(execFileSync('curl', curlOptions(url, form, 'time_total'),
    {encoding: 'utf8'}), url);
}

// As seconds(), but without blocking the relay that lives in this process; `what` may be
// time_starttransfer, the time to the first byte.
export function timed(url, form, what = 'time_total') {
  return new Promise((resolve, reject) => {
    const curl = spawn('curl', curlOptions(url, form, what));
    let text = '';
    curl.stdout.on('data', (part) => { text += part; });
    curl.on('close', () => {
      try {
        resolve(secondsOf(text, url));
      } catch (error) {
        reject(error);
      }
    });
  });
}

// The fastest of several rounds of each measurement, one round of all after the other.
export async function least(...measures) {
  const best = measures.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [i, measure] of measures.entries()) best[i] = Math.min(best[i], await measure());
  }
  return best;
}

// The queries that the worker sends for one address, as they went over the wire.
export async function recorded(path) {
  const between = await relay(prometheus);
  const pool = await Pool.start(between.url, 1);
  const body = await (await fetch(staff + path)).text();
  await pool.stop();
  between.close();
  return {body, queries: between.queries};
}

// Seconds of the same queries with curl, one after the other.
export const replay = (queries) => () => queries.reduce(
  (sum, one) => sum + seconds(prometheus + one.path, one.body), 0);
