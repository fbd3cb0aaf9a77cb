// crash.mjs: workers are killed while the pool is busy: only the request that they are serving is
// lost. They are also killed while they try whether a source is back: that must not keep the
// source closed.

import {sleep, until} from "../../lab/wait.mjs";
import {faultsOf, missesOneOnly, pages, wholeAgain} from "./pages.mjs";
import {Pool} from "./pool.mjs";
import {check, finish, problem} from "./table.mjs";

const kWorkers = 4;
const kClients = 16;
const kKills = 6;
const kBetweenKills = 12;

const staff = {staff: true};
const all = pages();

async function killUnderLoad(pool) {
    let lost = 0;
    let served = 0;
    let over = false;
    const clients = Array.from({length: kClients}, async (_, number) => {
        for (let i = number; !over; ++i) {
            const page = all[i % all.length];
            const answer = await pool.get(page.target(), staff);
            if (answer.status === 0) {
                ++lost;
                continue;
            }
            ++served;
            if (missesOneOnly(page, answer)) continue;
            for (const text of faultsOf(page, answer)) problem(`${page.name}: ${text}`);
        }
    });
    for (let kill = 0; kill < kKills; ++kill) {
        const before = served;
        await until(() => served > before + kBetweenKills, "requests are served between kills");
        const victim = pool.workers[kill % kWorkers] ?? pool.workers[0];
        if (victim !== undefined) process.kill(victim, "SIGKILL");
    }
    over = true;
    await Promise.all(clients);
    console.log(`${kKills} workers killed: ${served} requests served, ${lost} lost`);
    check(lost <= kKills, `${lost} requests lost by ${kKills} kills`);
}

/// Waits until the pool has all its workers again: one that died early is replaced after a pause.
async function whole(pool) {
    await until(() => pool.workers.length >= kWorkers, 'all workers came back');
}

/// True if the request was being served by the worker that was killed; on a machine that stalls it
/// may have come too late or too early.
async function killTheOneThatTries(pool, page) {
    await whole(pool);
    await pool.relays.prometheus.play("hang");
    for (let i = 0; i < 4; ++i) await pool.get(page.target(), staff);
    await sleep(2100);
    const trying = pool.get(page.target(), staff);
    await sleep(200);
    for (const worker of pool.workers) process.kill(worker, "SIGKILL");
    return (await trying).status === 0;
}

async function killWhileTrying(pool) {
    const page = all.find((one) => one.name === "job page, finished");
    await until(() => killTheOneThatTries(pool, page), "a worker dies while it tries", 120);
    await pool.relays.prometheus.play("pass");
    await whole(pool);
    const {wrong} = await wholeAgain(pool, page, staff);
    for (const text of wrong) problem(`after the kill, ${page.name}: ${text}`);
}

const pool = await new Pool(kWorkers).start();
try {
    await killUnderLoad(pool);
    await whole(pool);
    await killWhileTrying(pool);
} finally {
    await pool.stop();
}
finish();
