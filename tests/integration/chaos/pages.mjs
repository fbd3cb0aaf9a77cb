// pages.mjs: the pages that are tried, and what each must say while a source is away.

import fs from "node:fs";

import {sleep} from "../../lab/wait.mjs";

let strangers = 0;

/// Ids of the simulated cluster's jobs, by what they show.
export function stories() {
    const truth = JSON.parse(fs.readFileSync(`${process.env.LAB_SIMULATION}/truth.json`, "utf8"));
    return truth.stories;
}

const kMissing = {
    prometheus: /unavailable: Prometheus/,
    slurm: /unavailable: Slurm/,
    ldap: /unavailable: the directory/,
    robinhood: /unavailable: Robinhood/,
};

const html = (source, status, extra = []) => ({status, says: [kMissing[source], ...extra]});
const json = (source) => ({status: 503, says: [new RegExp(`"error":"${source}"`)]});
const notice = (source) => ({
    status: 200, says: [new RegExp(`"id":"source_missing","args":\\{[^}]*"${source}"`)]});

/// {name, target(), healthy: status, whole: what a healthy answer contains, away: {source:
/// {status, says}}, fades: the same for what a worker knows for a minute only}; a source that is
/// in neither changes nothing. `target` may differ each time, because workers cache answers about
/// people.
export function pages() {
    const {gpu_good: gpu, running_gpu: running} = stories();
    const job = `/secure/jobstats/${gpu.user}/${gpu.id_job}/`;
    const live = `/secure/jobstats/${running.user}/${running.id_job}/`;
    const user = `/secure/jobstats/${gpu.user}/`;
    const frame = [/<\/html>/, /<nav/];
    const row = new RegExp(`${user}\\d+/`);
    const facts = [/9.05|Exit code/, /Script/, /Resources/];
    return [
        {name: "language switch", target: () => "/language/", healthy: 405, whole: [], away: {}},
        {name: "no such page", target: () => "/nosuch", healthy: 404, whole: frame, away: {}},
        {name: "user page", target: () => user, healthy: 200, whole: [...frame, /<tr/],
         away: {prometheus: html("prometheus", 200, [...frame, row]),
                slurm: html("slurm", 503, [...frame, /jobs are missing/])}},
        {name: "user graph", target: () => `${user}graph/cpu.json`, healthy: 200,
         whole: [/"notices":\[\]/, /"id":"allocated"/],
         away: {prometheus: json("prometheus"), slurm: notice("slurm")}},
        {name: "job by number", target: () => `/secure/jobstats/?job=${gpu.id_job}`, healthy: 302,
         whole: [], away: {slurm: html("slurm", 503)}},
        {name: "job page, finished", target: () => job, healthy: 200, whole: [...frame, ...facts],
         away: {prometheus: html("prometheus", 200, [...frame, ...facts]),
                slurm: html("slurm", 503, frame)}},
        {name: "job page, running", target: () => live, healthy: 200,
         whole: [...frame, /Resources/],
         away: {prometheus: html("prometheus", 200, [...frame, /Resources/]),
                slurm: html("slurm", 503, frame)}},
        {name: "job graph", target: () => `${live}graph/cpu.json`, healthy: 200,
         whole: [/"notices":\[\]/, /"series":\[\{/],
         away: {prometheus: json("prometheus"), slurm: json("slurm")}},
        {name: "job cost", target: () => `${job}value/cost.json`, healthy: 200,
         whole: [/"kwh":\d/], away: {prometheus: json("prometheus"), slurm: json("slurm")}},
        {name: "job script", target: () => `${job}script`, healthy: 200, whole: [/^#!/],
         away: {slurm: html("slurm", 503)}},
        {name: "summary", target: () => `/secure/usersummary/${gpu.user}/`, healthy: 200,
         whole: [...frame, row, /class="quota-lines"/],
         away: {prometheus: html("prometheus", 200, [...frame, row]),
                slurm: html("slurm", 200, [...frame, /class="quota-lines"/])},
         fades: {ldap: {status: 200, says: [...frame, row]}}},
        {name: "quota graph", target: () => `/secure/usersummary/${gpu.user}/graph/quota.json`,
         healthy: 200, whole: [/"notices":\[\]/], away: {prometheus: json("prometheus")},
         fades: {ldap: json("ldap")}},
        {name: "quotas", target: () => `/secure/quotas/${gpu.user}/`, healthy: 200,
         whole: [...frame, /id="project-lustre06-/],
         away: {robinhood: html("robinhood", 503, [...frame, /id="project-lustre06-/])},
         fades: {ldap: html("ldap", 503, frame)}},
        {name: "home", target: () => "/", healthy: 200, whole: frame, away: {}},
        {name: "account page", target: () => "/secure/accountstats/def-smith_cpu/", healthy: 200,
         whole: [...frame, /id="members"/],
         away: {prometheus: html("prometheus", 503, [...frame, /id="members"/])},
         fades: {ldap: {status: 200, says: [...frame, /directory is not available/]}}},
        {name: "top compute", target: () => "/secure/top/compute/", healthy: 200,
         whole: [...frame, /id="cores"/], away: {prometheus: html("prometheus", 503, frame)}},
        {name: "cloud project", target: () => "/secure/cloudstats/project/def-smith/",
         healthy: 200, whole: [...frame, /<tr/],
         away: {prometheus: html("prometheus", 503, frame)}},
        {name: "unknown user", target: () => `/secure/jobstats/stranger${++strangers}/`,
         healthy: 404, whole: frame, away: {ldap: html("ldap", 503, frame)}},
    ];
}

/// Cells and values that say zero: a missing value must not turn into one. How many GPUs a job
/// has is Slurm's row, and the jobs of a list change from one minute to the next.
export function zeros(body) {
    return [...body.matchAll(
        /<data value="0(?:\.0+)?"|<t[dh](?![^>]*col-gpus)[^>]*>\s*0(?:\.0+)?\s*</g)].length;
}

/// What is wrong with an answer, in words; empty if nothing is. `source`: the missing source, if
/// any.
export function faultsOf(page, answer, source, healthyZeros) {
    const wrong = against(page, answer, source, healthyZeros, page.away[source]);
    const faded = page.fades?.[source];
    if (wrong.length === 0 || !faded) return wrong;
    return against(page, answer, source, healthyZeros, faded);
}

/// On a busy machine a source may be slow enough to be left alone by some workers: the page then
/// misses that one, by name, and nothing else.
export function missesOneOnly(page, answer) {
    return Object.keys(page.away).some((source) => faultsOf(page, answer, source).length === 0);
}

/// Requests the page until it is complete: a source that is back is queried again within seconds.
/// Returns the last answer, with what is still wrong after half a minute.
export async function wholeAgain(pool, page, viewer) {
    const end = performance.now() + 30_000;
    for (;;) {
        const answer = await pool.get(page.target(), viewer);
        const wrong = faultsOf(page, answer);
        if (wrong.length === 0 || performance.now() > end) return {answer, wrong};
        await sleep(500);
    }
}

function against(page, answer, source, healthyZeros, away) {
    const expected = away ?? {status: page.healthy, says: page.whole};
    const wrong = [];
    if (answer.status !== expected.status) wrong.push(`${answer.status}, not ${expected.status}`);
    for (const text of expected.says) {
        if (!text.test(answer.body)) wrong.push(`does not say ${text}`);
    }
    if (away === undefined && /class="unavailable"/.test(answer.body)) {
        wrong.push("names a source as missing");
    }
    if (zeros(answer.body) > (healthyZeros ?? Infinity)) wrong.push("has zeros where it had none");
    return wrong;
}
