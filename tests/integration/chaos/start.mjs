// start.mjs: a pool that starts while its sources are away serves what it can, never says "not
// found" about somebody it cannot look up, and is complete once the sources are there.

import {sleep} from "../../lab/wait.mjs";
import {pages, wholeAgain} from "./pages.mjs";
import {Pool, limits, sources} from "./pool.mjs";
import {check, finish, problem, table} from "./table.mjs";

const staff = {staff: true};
const all = pages();
const rows = [];

async function startWithout(fault) {
    const pool = new Pool(2);
    await pool.start({before: async (relays) => {
        for (const source of sources) await relays[source].play(fault);
    }});
    try {
        for (const page of all) {
            const answer = await pool.get(page.target(), staff);
            const needy = Object.keys({...page.away, ...page.fades}).length > 0;
            const expected = needy ? 503 : page.healthy;
            rows.push([fault, page.name, String(answer.status), String(Math.round(answer.ms))]);
            check(answer.status === expected,
                  `${fault}, ${page.name}: ${answer.status}, not ${expected}`);
            check(answer.ms <= limits.deadline + limits.slack, `${fault}, ${page.name}: too late`);
        }
        for (const source of sources) await pool.relays[source].play("pass");
        await sleep(2100);
        for (const page of all) {
            const {wrong} = await wholeAgain(pool, page, staff);
            for (const text of wrong) problem(`after ${fault}, ${page.name}: ${text}`);
        }
    } finally {
        await pool.stop();
    }
}

await startWithout("refuse");
await startWithout("hang");
table("Started without any source", ["fault", "page", "status", "ms"], rows);
finish();
