// The pages of the cloud against the simulator's own machines, over the last day of its history.
import assert from 'node:assert/strict';
import {
  askAgain, decode, graphUrls, integral, lab, runTests, tableRows, test, truth,
} from './lib.mjs';

const DAY = 86400;
const day = `?delta=${DAY}&end=${truth.now}`;
const at = (project) => `/secure/cloudstats/project/${project}/`;
const staff = lab.as.staff;
const projects = [...new Set(truth.cloud.map(({ project }) => project))];
const machinesOf = (project) => truth.cloud.filter((one) => one.project === project);

async function page(address, path) {
  const answer = await askAgain(address, path);
  assert.equal(answer.status, 200, path);
  return answer.text;
}

async function graphs(path) {
  const answer = await askAgain(staff, path);
  assert.equal(answer.status, 200, path);
  const body = answer.json();
  return { grid: body.grid, graph: body.graphs[0] };
}

const near = (got, want, share, of) =>
  assert.ok(Math.abs(got - want) <= share * want, `${of}: ${got}, truth ${want}`);

const rows = async (project, query = '') => {
  const html = await page(staff, at(project) + query);
  return tableRows(html, 'instances')
    .map((row) => ({ ...row, uuid: /[0-9a-f-]{36}/.exec(row.name)[0] }));
};

test('staff see every project with what runs there, members their own', async () => {
  const all = tableRows(await page(staff, '/secure/cloudstats/'), 'projects');
  assert.deepEqual(all.map((row) => row.name).sort(), [...projects].sort());
  for (const row of all) {
    const running = machinesOf(row.name).filter(({ runs }) => runs);
    const sum = (what) => running.reduce((total, one) => total + one[what], 0);
    assert.equal(row['Running instances'].value, running.length, row.name);
    assert.equal(row['Instances in seven days'].value, machinesOf(row.name).length, row.name);
    assert.equal(row.vCPU.value, sum('vcpus'), row.name);
    assert.equal(row.Memory.value, sum('memory_bytes'), row.name);
  }
  const own = tableRows(await page(lab.as.user, '/secure/cloudstats/'), 'projects');
  const names = own.map((row) => row.name);
  assert.ok(names.includes('def-smith') && !names.includes('cloud-boeuf'));
});

test('a project lists its machines with what they have and use', async () => {
  for (const project of projects) {
    const shown = await rows(project, day);
    const known = machinesOf(project).filter(({ runs }) => runs);
    assert.deepEqual(shown.map(({ uuid }) => uuid).sort(), known.map(({ uuid }) => uuid).sort());
    for (const machine of known) {
      const row = shown.find(({ uuid }) => uuid === machine.uuid);
      assert.ok(row.name.startsWith(machine.name), row.name);
      assert.equal(row.Flavor.text, machine.flavor);
      assert.equal(row.vCPU.value, machine.vcpus, machine.name);
      assert.equal(row.Memory.value, machine.memory_bytes, machine.name);
      const lived = Math.min(DAY, truth.now - machine.created);
      near(row['Used vCPU'].value, machine.day_cpu_seconds / lived, 0.04, machine.name);
      const used = row['Used memory'];
      if (machine.balloon) near(used.value, machine.used_memory_bytes, 0.25, machine.name);
      else assert.match(used.text, /^no data/);
    }
  }
});

test('a stopped machine says since when, a paused one that it is paused', async () => {
  const machine = truth.cloud.find(({ runs }) => !runs);
  const html = await page(staff, at(machine.project));
  const row = (await rows(machine.project)).find(({ uuid }) => uuid === machine.uuid);
  assert.match(row.State.text, /^Stopped/);
  const times = [...html.matchAll(/datetime="([^"]*)"/g)]
    .map(([, time]) => Date.parse(time) / 1000);
  assert.ok(times.some((time) => Math.abs(time - machine.stopped) <= 600), 'the time it stopped');
  assert.equal((await rows(machine.project, day)).some(({ uuid }) => uuid === machine.uuid), false);
  const paused = truth.cloud.find((one) => one.paused);
  const other = (await rows(paused.project)).find(({ uuid }) => uuid === paused.uuid);
  assert.match(other.State.text, /^Paused/);
});

test('every graph of the pages is a graph, with the traffic of the day', async () => {
  for (const project of projects) {
    const urls = graphUrls(await page(staff, at(project)));
    assert.equal(urls.length, 5);
    for (const url of urls) {
      const { graph, grid } = await graphs(`${url}${day}&series=all`);
      const of = (id) => integral(graph, grid, (series) => series.id === id);
      const total = (what) => machinesOf(project).reduce((sum, one) => sum + (one[what] ?? 0), 0);
      if (graph.slug === 'cpu') near(of('used'), total('day_cpu_seconds'), 0.03, `${project} cpu`);
      if (graph.slug === 'disk_bandwidth') {
        near(of('read'), total('day_read_bytes'), 0.03, `${project} read`);
        near(of('write'), total('day_written_bytes'), 0.03, `${project} written`);
      }
      if (graph.slug === 'network_bandwidth') {
        near(of('received'), total('day_received_bytes'), 0.03, `${project} received`);
        near(of('transmitted'), total('day_sent_bytes'), 0.03, `${project} sent`);
        assert.equal(graph.unit, 'bytes_per_second');
      }
    }
  }
});

test('a name stands alone unless two machines share it', async () => {
  const { graph } = await graphs(`${at('rrg-haddad')}graph/cpu.json${day}`);
  const names = graph.series.filter(({ id }) => id === 'used').map(({ labels }) => labels.instance);
  const workers = machinesOf('rrg-haddad').filter(({ name }) => name === 'worker');
  assert.equal(workers.length, 2);
  const expected = ['web', ...workers.map(({ uuid }) => `worker ${uuid}`)];
  assert.deepEqual(names.sort(), expected.sort());
});

test('what is allocated stands over the use, without machines that do not tell it', async () => {
  const windows = truth.cloud.find(({ balloon }) => !balloon);
  const { graph } = await graphs(`${at(windows.project)}graph/memory.json${day}`);
  const names = graph.series.map(({ labels }) => labels.instance);
  assert.ok(!names.includes(windows.name) && names.includes('storage-1'));
  const all = graph.series.find(({ id }) => id === 'allocated').values.at(-1);
  const memory = machinesOf(windows.project).reduce((sum, one) => sum + one.memory_bytes, 0);
  near(all, memory, 0.001, 'allocated memory');
});

test('a machine has graphs by core and by disk', async () => {
  const machine = truth.cloud.find(({ disks }) => disks > 1);
  const path = `${at(machine.project)}${machine.uuid}/`;
  const html = await page(staff, path);
  assert.ok(decode(html).includes(machine.uuid) && html.includes(machine.flavor));
  const cpu = (await graphs(`${path}graph/cpu.json${day}`)).graph;
  assert.equal(cpu.series.filter(({ id }) => id === 'core').length, machine.vcpus);
  const disks = (await graphs(`${path}graph/disk_iops.json${day}`)).graph;
  assert.equal(disks.series.filter(({ id }) => id === 'device_read').length, machine.disks);
});

test('a machine is found under its own project only', async () => {
  const foreign = machinesOf('rrg-heavy')[0].uuid;
  assert.equal((await askAgain(staff, `${at('def-smith')}${foreign}/`)).status, 404);
  const { graph } = await graphs(`${at('def-smith')}${foreign}/graph/cpu.json`);
  assert.deepEqual(graph.series, []);
  assert.equal((await askAgain(lab.as.user, `${at('rrg-heavy')}${foreign}/`)).status, 404);
  assert.equal((await askAgain(staff, `${at('def-smith')}cpu/`)).status, 404);
});

await runTests();
