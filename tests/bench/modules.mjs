// The speed of the pages of other modules than Jobstats: first bytes, long ranges, many visitors.
import http from 'node:http';
import {least, recorded, replay, report, reportRatio, seconds, timed, times} from './measure.mjs';
import {Pool} from './pool.mjs';
import {relay} from './relay.mjs';

const {LAB_URL_NOBODY: nobody, LAB_URL_STAFF: staff, LAB_PROMETHEUS: prometheus} = process.env;
const ACCOUNT = 'rrg-boeuf_cpu'; // thirty members

const PAGES = {
  'user summary': '/secure/usersummary/alice/',
  'account page': `/secure/accountstats/${ACCOUNT}/`,
  'top compute users': '/secure/top/compute/',
  'large-memory jobs': '/secure/top/largemem/',
  'cloud project': '/secure/cloudstats/project/rrg-haddad/',
};

// Each page over a slow link to Prometheus, against the slowest of its own queries over that link.
async function firstBytes() {
  for (const [name, path] of Object.entries(PAGES)) {
    const between = await relay(prometheus, 10);
    const pool = await Pool.start(between.url, 2);
    await timed(staff + path);
    between.queries.length = 0;
    await (await fetch(staff + path)).text();
    const queries = [...between.queries];
    const [page, ...singles] = await least(
      () => timed(staff + path, undefined, 'time_starttransfer'),
      ...queries.map((one) => () => timed(between.url + one.path, one.body)));
    reportRatio(`first byte of ${name} (${queries.length} queries) over 10 ms, against the ` +
      'slowest query', times(1.5), page, Math.max(...singles));
    await pool.stop();
    between.close();
  }
}

async function accountGraph() {
  const path = `/secure/accountstats/${ACCOUNT}/graph/cpu_used.json?delta=1209600&series=all`;
  const {queries} = await recorded(path);
  const pool = await Pool.start(prometheus, 2);
  const [ours, floor] = await least(() => seconds(staff + path), replay(queries));
  reportRatio('account graph, 30 users × 14 days, against curl of its query', times(1.5), ours,
    floor);
  await pool.stop();
}

const used = new WeakSet();

// As a browser does, it tries again if a kept connection was closed while it sent the request.
// Node says so of connections that it takes from the shelf, not of those it passes on at once.
function visit(path, agent) {
  return new Promise((resolve, reject) => {
    const request = http.get(nobody + path, {agent}, (answer) => {
      used.add(answer.socket);
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    });
    request.on('error', (error) => {
      if (!used.has(request.socket)) reject(error);
      else resolve(visit(path, agent));
    });
  });
}

// As many simultaneous visitors as the limit says, each with the page and all of its graphs.
async function homeVisitors() {
  const between = await relay(prometheus);
  let pool = await Pool.start(between.url, 4);
  const html = await (await fetch(`${nobody}/`)).text();
  const graphs = new Set([...html.matchAll(/data-src="([^"]+)"/g)].map(([, path]) => path));
  for (const path of graphs) await (await fetch(nobody + path)).text();
  const lines = between.queries.length; // each is asked for alone
  await pool.stop();
  pool = await Pool.start(between.url, 4);
  between.queries.length = 0;
  const agent = new http.Agent({keepAlive: true, maxSockets: 200});
  const paths = ['/', ...graphs];
  const start = process.hrtime.bigint();
  const statuses = (await Promise.all(Array.from({length: 200}, async () => {
    const own = [];
    for (const path of paths) own.push(await visit(path, agent));
    return own;
  }))).flat();
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  agent.destroy();
  const failed = statuses.filter((status) => status !== 200).length;
  const rate = Math.round(statuses.length / took);
  const asked = between.queries.length;
  report('home page, 200 visitors at once, each the page and all graphs: queries to Prometheus',
    {most: failed === 0 ? lines : -1, text: `≤ ${lines}, one a line`}, asked,
    `${asked} (${statuses.length} requests, ${failed} failed, ${rate} a second)`);
  await pool.stop();
  between.close();
}

export const moduleParts = [firstBytes, accountGraph, homeVisitors];
