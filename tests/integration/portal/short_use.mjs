// Who used something for a short part of a range, and machines that ran for a short part of it:
// pages against what the samples say, with a Prometheus of its own.
import assert from 'node:assert/strict';
import { ask, lab, runTests, tableRows, test } from './lib.mjs';
import { prometheusWith, series } from './own_prometheus.mjs';
import { secondPortal } from './second.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = Math.floor(Date.now() / 1000);
const ago = (seconds) => now - seconds;
const cluster = { cluster: process.env.LAB_CLUSTER };
const RANGES = { '24 h': DAY, '7 days': 7 * DAY, '14 days': 14 * DAY, '60 days': 60 * DAY };

const ALLOCATED = 'slurm_job:allocated_core:count_user_account';
const USED = 'slurm_job:used_core:sum_user_account';
const WHOLE = 'slurm_job:allocated_core:count';

/** A job of a user: both rules, recorded each `interval` seconds. */
function job(user, account, { from, to, cores, used, interval = 60, more = {} }) {
  const labels = { ...cluster, user, account, ...more };
  const when = { from, to, interval };
  return [series(ALLOCATED, labels, { ...when, value: cores }),
    series(USED, labels, { ...when, value: used })];
}

const JOBS = [
  // Somebody runs all the time, and one rule is recorded for the whole cluster.
  { user: 'alice', account: 'rrg-lab_cpu', from: ago(62 * DAY), to: now, cores: 4, used: 2 },
  { user: 'burst', account: 'rrg-lab_cpu', from: ago(2 * HOUR), to: now, cores: 64, used: 60 },
  { user: 'brief', account: 'rrg-lab_cpu', from: ago(50 * HOUR), to: ago(50 * HOUR - 600),
    cores: 16, used: 8 },
  { user: 'newest', account: 'rrg-lab_cpu', from: ago(600), to: now, cores: 8, used: 8 },
];

/** Samples of a job in a range, in unit-hours. */
function hoursOf({ from, to, cores, used, interval = 60 }, range) {
  let samples = 0;
  for (let time = Math.ceil(from / interval) * interval; time < to; time += interval) {
    if (time > now - range && time <= now) samples += 1;
  }
  const hours = samples * interval / HOUR;
  return { allocated: hours * cores, used: hours * used };
}

function near(got, want, share, of) {
  assert.ok(Math.abs(got - want) <= share * want, `${of}: ${got}, by the samples ${want}`);
}

async function withPortal(samples, body, options = {}) {
  const prometheus = await prometheusWith(samples.flat(2));
  try {
    const portal = await secondPortal(prometheus.url, undefined, options);
    try {
      await body(portal);
    } finally {
      await portal.stop();
    }
  } finally {
    await prometheus.stop();
  }
}

/** {user: {allocated, used}} in core-hours from an account's page. */
async function membersOf(portal, account, range) {
  const answer = await ask(portal.url, `/secure/accountstats/${account}/?delta=${range}`);
  assert.equal(answer.status, 200, portal.log());
  const rows = {};
  const section = answer.text.split('<section class="section" id="members"')[1] ?? '';
  const table = section.split('</table>')[0];
  for (const [, row] of table.matchAll(/<tr[^>]*><th scope="row"([\s\S]*?)<\/tr>/g)) {
    const login = /translate="no">([^<]*)</.exec(row)?.[1] ?? 'total';
    const cells = [...row.matchAll(/<td class="num"[^>]*>([\s\S]*?)<\/td>/g)]
      .map(([, cell]) => Number(/<data value="([^"]*)"/.exec(cell)?.[1] ?? NaN));
    rows[login] = { allocated: cells[0], used: cells[1] };
  }
  return rows;
}

async function expectHours(portal, jobs, account, share = 0.005) {
  for (const [name, range] of Object.entries(RANGES)) {
    const rows = await membersOf(portal, account, range);
    for (const one of jobs) {
      const want = hoursOf(one, range);
      if (want.allocated === 0) {
        assert.equal(rows[one.user], undefined, `${one.user} in ${name}`);
        continue;
      }
      assert.ok(rows[one.user], `${one.user} in ${name}`);
      near(rows[one.user].allocated, want.allocated, share, `${one.user} allocated in ${name}`);
      near(rows[one.user].used, want.used, share, `${one.user} used in ${name}`);
    }
  }
}

const recorded = (jobs) => jobs.map((one) => job(one.user, one.account, one));

test('hours are those of the samples, up to now, in every range', async () => {
  const whole = series(WHOLE, cluster, { from: ago(62 * DAY), to: now, interval: 60, value: 9 });
  await withPortal([recorded(JOBS), whole],
    (portal) => expectHours(portal, JOBS, 'rrg-lab_cpu'));
});

test('without the rule of the whole cluster nobody is multiplied', async () => {
  await withPortal(recorded(JOBS), (portal) => expectHours(portal, JOBS, 'rrg-lab_cpu'));
});

test('not even on a site where nobody else runs, or with another interval', async () => {
  const alone = [{ ...JOBS[2], account: 'rrg-lab_cpu' },
    { user: 'seldom', account: 'rrg-two_cpu', from: ago(5 * HOUR), to: ago(3 * HOUR), cores: 8,
      used: 4, interval: 120 },
    { user: 'often', account: 'rrg-three_cpu', from: ago(30 * HOUR), to: ago(29 * HOUR), cores: 8,
      used: 4, interval: 15 }];
  await withPortal(recorded(alone), async (portal) => {
    for (const one of alone) await expectHours(portal, [one], one.account);
  });
});

test('two servers that record the same rules count once', async () => {
  const twice = ['a', 'b'].map((replica) =>
    JOBS.map((one) => job(one.user, one.account, { ...one, more: { replica } })));
  await withPortal(twice, (portal) => expectHours(portal, JOBS, 'rrg-lab_cpu'));
});

test('the graph of an account shows a short job as short', async () => {
  await withPortal(recorded(JOBS), async (portal) => {
    for (const range of [7 * DAY, 60 * DAY]) {
      const answer = await ask(portal.url,
        `/secure/accountstats/rrg-lab_cpu/graph/cpu.json?delta=${range}`);
      assert.equal(answer.status, 200);
      const { grid, graphs } = answer.json();
      const allocated = graphs.find(({ slug }) => slug === 'cpu_allocated');
      const line = allocated.series.find(({ labels }) => labels.user === 'brief');
      const sum = line.values.reduce((total, value) => total + (value ?? 0), 0);
      const hours = sum * grid.step / HOUR;
      near(hours, hoursOf(JOBS[2], range).allocated, 0.01, `brief in ${range} s`);
    }
  });
});

const MACHINES = [
  { name: 'steady', from: ago(31 * DAY), to: now, busy: 0.5, used: 3 },
  { name: 'an-hour', from: ago(2 * HOUR), to: ago(HOUR), busy: 0.9, used: 1 },
  { name: 'since-an-hour', from: ago(HOUR), to: now, busy: 0.6, used: 2 },
  { name: 'two-days', from: ago(12 * DAY), to: ago(10 * DAY), busy: 0.25, used: 1.5 },
];
const GIB = 1024 * 1024;  // in the exporter's KiB

function machine({ name, from, to, busy, used }, index, interval = 60) {
  const uuid = `11111111-2222-3333-4444-55555555555${index}`;
  const labels = { ...cluster, uuid, instance_name: name, instance_type: 'p2-4gb',
    project_name: 'cloud-boeuf', instance: 'hyper1:9177' };
  const when = { from, to, interval };
  const core = (vcpu) => series('libvirtd_domain_vcpu_time', { ...labels, vcpu: String(vcpu) },
    { ...when, value: (time) => Math.round((time - from) * busy * 1e9) });
  // The first half of its life it uses half as much.
  const usable = (time) => (4 - (time < (from + to) / 2 ? used * 2 / 3 : used * 4 / 3)) * GIB;
  return [core(0), core(1),
    series('libvirtd_domain_domain_state', labels, { ...when, value: 1 }),
    series('libvirtd_domain_balloon_current', labels, { ...when, value: 4 * GIB }),
    series('libvirtd_domain_balloon_usable', labels, { ...when, value: usable })];
}

test('means of machines are over the time that they ran', async () => {
  await withPortal(MACHINES.map((one, index) => machine(one, index)), async (portal) => {
    for (const days of [30, 14, 1]) {
      const answer = await ask(portal.url,
        `/secure/cloudstats/project/cloud-boeuf/?delta=${days * DAY}`);
      assert.equal(answer.status, 200, portal.log());
      const rows = tableRows(answer.text, 'instances');
      for (const { name, from, to, busy, used } of MACHINES) {
        if (from < ago(days * DAY) && name !== 'steady') continue;
        const row = rows.find((one) => one.name.startsWith(name));
        assert.ok(row, `${name} in ${days} days`);
        near(row['Used vCPU'].value, 2 * busy, 0.012, `${name} in ${days} days`);
        const inside = Math.max(from, ago(days * DAY));
        const half = Math.max((from + to) / 2 - inside, 0) / (to - inside);
        const mean = used * (2 / 3 * half + 4 / 3 * (1 - half));
        near(row['Used memory'].value, mean * GIB * 1024, 0.02, `memory of ${name}`);
      }
    }
  });
});

test('an exporter that is scraped more seldom than configured changes no mean', async () => {
  await withPortal(MACHINES.map((one, index) => machine(one, index, 300)), async (portal) => {
    const answer = await ask(portal.url,
      `/secure/cloudstats/project/cloud-boeuf/?delta=${30 * DAY}`);
    for (const { name, busy } of MACHINES) {
      const row = tableRows(answer.text, 'instances').find((one) => one.name.startsWith(name));
      near(row['Used vCPU'].value, 2 * busy, 0.05, name);
    }
  });
});

await runTests();
