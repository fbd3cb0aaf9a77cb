// odd_reading.mjs: what the pages of a portal say of the jobs and people of an odd world
// (odd_world.mjs), as numbers.
import assert from 'node:assert/strict';
import { askAgain, each, resources, tableRows } from './lib.mjs';

export const jobPage = (job) => `/secure/jobstats/${job.person.login}/${job.id}/`;

/** All that a job's page says of it. */
async function readJob(at, job) {
  const page = await askAgain(at, jobPage(job));
  const table = page.status === 200 ? resources(page.text) : {};
  return { job, status: page.status, text: page.text, table };
}

/** Bars of a page: {name, share, grade}. */
export const bars = (html) =>
  [...html.matchAll(/<meter class="bar ([a-z-]*)"[^>]*value="([\d.]+)"\s+aria-label="([^"]*)"/g)]
    .map(([, grade, share, name]) => ({ name, grade, share: Number(share) / 100 }));

const cellsOf = (row) =>
  [...row.matchAll(/<td data-label="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)].map(([, label, cell]) => {
    const share = /<meter [^>]*value="([\d.]+)"/.exec(cell)?.[1];
    return [label, share === undefined ? null : Number(share) / 100];
  });

/** Rows of a person's list by job number: {Cores, Memory, GPUs: share that is shown, or null}. */
function listed(html) {
  const rows = new Map();
  for (const [, row] of html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)) {
    const id = Number(/\/(9\d{7})\//.exec(row)?.[1] ?? 0);
    if (id !== 0 && !rows.has(id)) rows.set(id, Object.fromEntries(cellsOf(row)));
  }
  return rows;
}

const nextPage = (html) => (/href="([^"]*)"[^>]*rel="next"/.exec(html)?.[1]
  ?? /rel="next"[^>]*href="([^"]*)"/.exec(html)?.[1])?.replaceAll('&amp;', '&');

async function readList(at, login) {
  const all = new Map();
  let path = `/secure/jobstats/${login}/`;
  for (let page = 0; path && page < 8; page += 1) {
    const answer = await askAgain(at, path);
    assert.equal(answer.status, 200, path);
    for (const [id, cells] of listed(answer.text)) if (!all.has(id)) all.set(id, cells);
    path = nextPage(answer.text);
  }
  return all;
}

/** The lists of everybody with a job in the world, whole. */
async function readLists(at, world) {
  const logins = [...new Set(world.jobs.map(({ person }) => person.login))];
  const pages = await each(logins, (login) => readList(at, login), 3);
  return new Map(pages.flatMap((page) => [...page]));
}

async function readTop(at) {
  const page = await askAgain(at, '/secure/top/compute/');
  return new Map(['cores', 'gpus'].map((id) => [id, tableRows(page.text, id)]));
}

/** The tables of members of each account with a job in the world, over a day. */
async function readAccounts(at, world) {
  const accounts = [...new Set(world.jobs.map(({ person }) => person.account))].sort();
  return new Map(await each(accounts, async (account) => {
    const page = await askAgain(at, `/secure/accountstats/${account}/?delta=86400`);
    assert.equal(page.status, 200, account);
    return [account, tableRows(page.text, 'members')];
  }, 3));
}

/** All that a portal says of a world: what is live first, since it changes. */
export async function readWorld(at, world) {
  const [lists, top] = [await readLists(at, world), await readTop(at)];
  const accounts = await readAccounts(at, world);
  return { lists, top, accounts, jobs: await each(world.jobs, (job) => readJob(at, job), 3) };
}
