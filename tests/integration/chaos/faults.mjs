// faults.mjs SOURCE [long]: pages × faults of one source, alone and with 32 clients at once.
// `long`: also an answer that stops midway, and more requests. Every page must answer within the
// deadline, show the rest, name what is missing, and be complete again once the source is back.

import {sleep} from "../../lab/wait.mjs";
import {faultsOf, missesOneOnly, pages, wholeAgain, zeros} from "./pages.mjs";
import {Pool, limits, sources} from "./pool.mjs";
import {check, finish, problem, table} from "./table.mjs";

const [source, size = "short"] = process.argv.slice(2);
if (!sources.includes(source)) throw new Error(`not a source: ${source}`);
const kClients = 32;
const kFaults = ["refuse", "hang", "drip", "cut", "nonsense", "error"];
if (size === "long") kFaults.push("stop");
const kRequests = size === "long" ? 12 : 2;
/// How long the portal may leave a source alone after it hung.
const kBreakerPause = 2000;

const staff = {staff: true};
const all = pages();
const healthyZeros = new Map();

/// Makes all workers answer every page, so that connections are open and people are known.
async function warm(pool) {
    for (let round = 0; round < 4; ++round) {
        for (const page of all) {
            const answers = await Promise.all(
                Array.from({length: 6}, () => pool.get(page.target(), staff)));
            for (const answer of answers) {
                for (const text of faultsOf(page, answer)) problem(`well, ${page.name}: ${text}`);
            }
            healthyZeros.set(page, zeros(answers[0].body));
        }
    }
    // A quick page that all workers serve, so that each of them knows the person.
    const known = all.find((page) => page.name === "job script");
    for (let round = 0; round < 10; ++round) {
        await Promise.all(
            Array.from({length: kClients}, () => pool.get(known.target(), staff)));
    }
}

function judge(what, page, answer, away) {
    const wrong = faultsOf(page, answer, away, healthyZeros.get(page));
    for (const text of wrong) problem(`${what}, ${page.name}: ${text}`);
    check(answer.ms <= limits.deadline + limits.slack,
          `${what}, ${page.name}: took ${Math.round(answer.ms)} ms`);
    return wrong.length === 0;
}

async function alone(pool, what) {
    const cells = new Map();
    for (const page of all) {
        const answer = await pool.get(page.target(), staff);
        const good = bearable(page, answer) || judge(what, page, answer, source);
        cells.set(page, `${answer.status} ${Math.round(answer.ms)}${good ? "" : " WRONG"}`);
    }
    return cells;
}

/// A page that does not need the missing source may miss another one for a moment.
function bearable(page, answer) {
    if (page.away[source] !== undefined || answer.ms > limits.deadline + limits.slack) return false;
    return missesOneOnly(page, answer);
}

async function crowd(pool, what) {
    const answers = new Map(all.map((page) => [page, []]));
    const client = async (number) => {
        for (let i = 0; i < kRequests; ++i) {
            const page = all[(number + i * 5) % all.length];
            answers.get(page).push(await pool.get(page.target(), staff));
        }
    };
    await Promise.all(Array.from({length: kClients}, (_, number) => client(number)));
    const cells = new Map();
    for (const [page, list] of answers) {
        const good = list.map((answer) => bearable(page, answer) ||
                                          judge(what, page, answer, source)).every(Boolean);
        const statuses = [...new Set(list.map((answer) => answer.status))].join("/");
        const most = Math.round(Math.max(...list.map((answer) => answer.ms)));
        cells.set(page, `${statuses} ${most}${good ? "" : " WRONG"}`);
    }
    return cells;
}

/// The source is back: after the breaker's pause the next answer of each page is complete.
async function recovers(pool, what, fault) {
    await pool.relays[source].play("pass");
    const held = ["hang", "drip", "stop", "nonsense"].includes(fault);
    if (held) await sleep(kBreakerPause + 100);
    for (const page of all) {
        if (page.away[source] === undefined) continue;
        const {wrong} = await wholeAgain(pool, page, staff);
        for (const text of wrong) problem(`${what}, ${page.name}: ${text}`);
    }
}

async function measure(pool, run, title) {
    const columns = [];
    for (const fault of kFaults) {
        await pool.relays[source].play(fault);
        columns.push(await run(pool, `${source} ${fault}, ${title}`));
        await recovers(pool, `${source} back after ${fault}, ${title}`, fault);
    }
    const rows = all.map((page) => [
        page.name, page.away[source] ? source : "-", ...columns.map((cells) => cells.get(page))]);
    table(`${source}, ${title} (status and milliseconds)`,
          ["page", "must miss", ...kFaults], rows);
}

const pool = await new Pool(8).start();
try {
    await warm(pool);
    await measure(pool, alone, "alone");
    await measure(pool, crowd, `${kClients} clients, the slowest`);
    check(!pool.log.includes("request.failed"), "the log has request.failed");
    check(!pool.log.includes("worker.ended"), "a worker died");
} finally {
    await pool.stop();
}
finish();
