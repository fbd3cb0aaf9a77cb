// load.mjs WORKERS: 32 people on job pages while Prometheus hangs, with the time limits of a real
// site. Pages that do not need Prometheus must not wait for it: neither in the first moment, when
// the workers do not know yet, nor afterwards. Times are printed; the asserted limits are far
// above them.

import {sleep} from "../../lab/wait.mjs";
import {missesOneOnly, pages, stories} from "./pages.mjs";
import {Pool} from "./pool.mjs";
import {check, finish, table} from "./table.mjs";

const workers = Number(process.argv[2] ?? 8);
const kClients = 32;
const kThinkMs = 500;
const kSite = {timeout: 3000, ldap: 2000, deadline: 10000};
/// Longer than any queue on a busy test machine, shorter than waiting for Prometheus once.
const kBound = 2000;

const staff = {staff: true};
const all = pages();
const kLight = ["language switch", "no such page", "job script"];
const light = all.filter((page) => kLight.includes(page.name));

function percentile(times, share) {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/// The light pages, one after the other, for this long: times by page.
async function probe(pool, what, time) {
    const times = new Map(light.map((page) => [page, []]));
    for (const end = performance.now() + time; performance.now() < end;) {
        for (const page of light) {
            const answer = await pool.get(page.target(), {...staff, login: "visitor"});
            check(answer.status === page.healthy || missesOneOnly(page, answer),
                  `${what}, ${page.name}: ${answer.status}`);
            times.get(page).push(answer.ms);
        }
        await sleep(30);
    }
    return times;
}

/// The pages of all jobs that can be seen.
async function jobPages(pool) {
    const targets = Object.values(stories()).map(
        (story) => `/secure/jobstats/${story.user}/${story.id_job}/`);
    const answers = await Promise.all(targets.map((target) => pool.get(target, staff)));
    const seen = targets.filter((_, i) => answers[i].status === 200);
    check(seen.length > 30, `only ${seen.length} jobs can be seen`);
    return seen;
}

/// People who open job pages until `load.over`.
function crowd(pool, load, jobs) {
    return Promise.all(Array.from({length: kClients}, async (_, number) => {
        await sleep(kThinkMs * number / kClients);
        for (let i = number; !load.over; ++i) {
            const person = {...staff, login: `person${number}`};
            const answer = await pool.get(jobs[i % jobs.length], person);
            check(answer.status === 200, `job page in the crowd: ${answer.status}`);
            load.times.push(answer.ms);
            await sleep(kThinkMs);
        }
    }));
}

const pool = await new Pool(workers).start(kSite);
const phases = [];
const load = {over: false, times: []};
const phase = async (name, time) => {
    load.times = [];
    phases.push({name, times: await probe(pool, name, time), jobs: load.times});
};
try {
    const jobs = await jobPages(pool);
    await phase("alone", 1500);
    const people = crowd(pool, load, jobs);
    await sleep(1500);
    await phase("32 people, all well", 4000);
    await pool.relays.prometheus.play("hang");
    await phase("the first 4 s of a hang", 4000);
    await phase("later in the hang", 8000);
    await pool.relays.prometheus.play("pass");
    await sleep(3000);
    await phase("Prometheus is back", 2000);
    load.over = true;
    await people;
} finally {
    await pool.stop();
}

const cell = (times) => times.length === 0 ? "-" :
    `${percentile(times, 0.5).toFixed(1)} / ${percentile(times, 0.95).toFixed(0)} / ` +
    `${Math.max(...times).toFixed(0)}`;
table(`${workers} workers, Prometheus hung: median / 95 % / slowest, in milliseconds`,
      ["phase", ...light.map((page) => page.name), "job pages", "of them"],
      phases.map(({name, times, jobs}) => [
          name, ...light.map((page) => cell(times.get(page))), cell(jobs), String(jobs.length)]));

for (const {name, times} of phases) {
    for (const page of light) {
        const most = percentile(times.get(page), 0.95);
        check(most < kBound, `${name}, ${page.name}: ${most.toFixed(0)} ms`);
    }
}
finish();
