// busy.mjs: a Prometheus that is only busy is not one that hangs. Four people with all graphs of a
// job and sixteen who read one graph come at the same moment: each gets its answer, since everybody
// waits in line instead of being sent away. The deadline is long, so that a slow machine does not
// matter.

import {stories} from "./pages.mjs";
import {Pool} from "./pool.mjs";
import {check, finish, table} from "./table.mjs";

const kSite = {timeout: 3000, ldap: 2000, deadline: 25000};
const kGraphs = ["cpu", "mem", "lustre_mdt", "lustre_ost", "power", "disk_used"];
const kReaders = 16;

const {running_cpu: job} = stories();
const graph = (name) => `/secure/jobstats/${job.user}/${job.id_job}/graph/${name}.json`;
const people = (number) => ({staff: true, login: `person${number}`});

const pool = await new Pool(8).start(kSite);
try {
    await Promise.all(kGraphs.map((name) => pool.get(graph(name), people(99))));
    await pool.relays.prometheus.play("busy");
    const browsers = [0, 1, 2, 3].flatMap(
        (number) => kGraphs.map((name) => ({name, who: people(number)})));
    const readers = Array.from({length: kReaders}, (_, i) => ({name: "cpu", who: people(10 + i)}));
    const asked = [...browsers, ...readers];
    const answers = await Promise.all(asked.map(({name, who}) => pool.get(graph(name), who)));
    const of = (name) => answers.filter((_, i) => asked[i].name === name);
    table("a busy Prometheus, 40 graphs at once", ["graph", "statuses", "slowest, ms"],
          kGraphs.map((name) => [
              name, [...new Set(of(name).map(({status}) => status))].join(" "),
              Math.max(...of(name).map(({ms}) => ms)).toFixed(0)]));
    for (const [i, {status}] of answers.entries()) {
        check(status === 200, `${asked[i].name} of ${asked[i].who.login}: ${status}`);
    }
} finally {
    await pool.stop();
}
finish();
