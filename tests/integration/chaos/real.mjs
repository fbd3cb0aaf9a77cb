// real.mjs: the lab's own servers paused (they accept connections and do not answer), resumed,
// stopped and started again.

import {execFile} from "node:child_process";
import path from "node:path";
import {promisify} from "node:util";

import {sleep} from "../../lab/wait.mjs";
import {faultsOf, missesOneOnly, pages, wholeAgain} from "./pages.mjs";
import {Pool, limits} from "./pool.mjs";
import {check, finish, problem, table} from "./table.mjs";

/// Which sources are away with each server.
const kServers = {prometheus: ["prometheus"], mariadb: ["slurm", "robinhood"], slapd: ["ldap"]};
const kBreakerPause = 2000;

const staff = {staff: true};
const all = pages();
const run = promisify(execFile);
const script = path.join(import.meta.dirname, "../../lab/server");

const server = (name, action) => run(script, [process.env.LAB_STATE, name, action]);

/// The first of these sources that a page misses, if it misses any.
const missed = (page, sources) => sources.find((source) => page.away[source]) ?? sources[0];

async function without(pool, page, source) {
    const answer = await pool.get(page.target(), staff);
    const bearable = page.away[source] === undefined && missesOneOnly(page, answer);
    return {answer, wrong: bearable ? [] : faultsOf(page, answer, source)};
}

/// All pages while those sources are away; complete pages if none is.
async function walk(pool, what, sources = []) {
    const cells = new Map();
    for (const page of all) {
        const {answer, wrong} = sources.length === 0 ? await wholeAgain(pool, page, staff)
            : await without(pool, page, missed(page, sources));
        for (const text of wrong) problem(`${what}, ${page.name}: ${text}`);
        check(answer.ms <= limits.deadline + limits.slack, `${what}, ${page.name}: too late`);
        cells.set(page, `${answer.status} ${Math.round(answer.ms)}`);
    }
    return cells;
}

/// The columns of one server: paused, resumed, stopped, started.
async function measure(pool, name) {
    const sources = kServers[name];
    const columns = [];
    for (const [away, back] of [["pause", "resume"], ["stop", "start"]]) {
        await server(name, away);
        try {
            columns.push(await walk(pool, `${name} ${away}`, sources));
        } finally {
            await server(name, back);
        }
        await sleep(kBreakerPause + 100);
        columns.push(await walk(pool, `${name} ${back}`));
    }
    const must = (page) => (page.away[missed(page, sources)] ? missed(page, sources) : "-");
    const rows = all.map((page) => [
        page.name, must(page), ...columns.map((cells) => cells.get(page))]);
    table(`${name} itself (status and milliseconds)`,
          ["page", "must miss", "paused", "resumed", "stopped", "started"], rows);
}

const pool = await new Pool(4).start({direct: true});
try {
    for (let i = 0; i < 3; ++i) {
        await Promise.all(all.flatMap((page) => Array.from({length: 8},
                                                           () => pool.get(page.target(), staff))));
    }
    for (const name of Object.keys(kServers)) await measure(pool, name);
    check(!pool.log.includes("request.failed"), "the log has request.failed");
} finally {
    await pool.stop();
}
finish();
