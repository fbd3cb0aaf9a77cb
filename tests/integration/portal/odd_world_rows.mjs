// odd_world_rows.mjs: the rows of an odd world (odd_world.mjs) in Slurm's accounting database,
// either as they should be or with what is odd about each job.
import { busySeconds } from './odd_world.mjs';

const MIB = 2 ** 20;
const HOUR = 3600;
const NO_VAL = 4294967294;
const INFINITE = 4294967295;
const GPU_TRES = 1001; // of the lab
const RUNNING = 1;
const COMPLETED = 3;
const TIMES = ['time_submit', 'time_eligible', 'time_start', 'time_end'];
const NO_VAL_MEMORY = '0x8000000000000000'; // the flag of --mem-per-cpu, and nothing else

const quoted = (value) =>
  (typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : String(value));

function insert(table, rows) {
  if (rows.length === 0) return '';
  const names = Object.keys(rows[0]);
  const values = rows.map((row) => `(${names.map((name) => quoted(row[name])).join(',')})`);
  return `insert into ${table} (${names.map((name) => `\`${name}\``).join(',')}) values\n`
    + `${values.join(',\n')};\n`;
}

function tres(job, { gpus = true } = {}) {
  const nodes = job.nodes.length;
  const cores = job.cores_per_node * nodes;
  const memory = Math.round(job.memory_per_node * nodes / MIB);
  const cards = gpus && job.gpus_per_node > 0 ? `,${GPU_TRES}=${job.gpus_per_node * nodes}` : '';
  return `1=${cores},2=${memory},4=${nodes},5=${cores}${cards}`;
}

function jobRow(world, job) {
  const { login, uid, account, assoc } = job.person;
  const nodes = job.nodes.length;
  return {
    job_db_inx: job.id, mod_time: world.now, deleted: 0, account, array_max_tasks: 0,
    array_task_pending: 0, constraints: '', cpus_req: job.cores_per_node * nodes, derived_ec: 0,
    exit_code: 0, flags: 0, job_name: `odd-${job.index % 7}`, id_assoc: assoc, id_array_job: 0,
    id_array_task: NO_VAL, id_job: job.id, id_qos: 1, id_resv: 0, id_wckey: 0, id_user: uid,
    id_group: uid, het_job_id: 0, het_job_offset: NO_VAL, state_reason_prev: 0,
    mem_req: Math.round(job.memory_per_node / MIB),
    nodelist: job.nodes.map(({ name }) => name).join(','), nodes_alloc: nodes, node_inx: '0',
    partition: job.gpus_per_node > 0 ? 'gpubase' : 'cpubase', priority: 1000, state: COMPLETED,
    timelimit: Math.ceil((job.end - job.start) / 60) + 30, time_submit: job.start - 300,
    time_eligible: job.start - 300, time_start: job.start, time_end: job.end, time_suspended: 0,
    gres_used: '', wckey: '', work_dir: `/home/${login}`, submit_line: 'sbatch job.sh',
    tres_alloc: tres(job), tres_req: tres(job), mcs_label: '', script_hash_inx: 0, env_hash_inx: 0,
    ...(job.running ? { state: RUNNING, time_end: 0 } : {}),
  };
}

function stepRow(job) {
  const busy = job.cores_per_node * job.nodes.length
    * busySeconds(job.core, job, job.end - job.start);
  const peak = Math.round(job.peak);
  return {
    job_db_inx: job.id, id_step: -5, exit_code: 0, nodelist: job.nodes[0].name, nodes_alloc: 1,
    state: COMPLETED, step_name: 'batch', task_cnt: 1, time_start: job.start, time_end: job.end,
    user_sec: Math.floor(busy), user_usec: 0, sys_sec: 0, sys_usec: 0, tres_alloc: '',
    tres_usage_in_max: `1=${Math.floor(1000 * busy)},2=${peak}`,
    tres_usage_in_tot: `1=${Math.floor(1000 * busy)},2=${peak * job.nodes.length}`,
    tres_usage_out_max: '', tres_usage_out_tot: '',
  };
}

/** What each oddity does to a job's row and its steps; it may add rows. */
const ODD = {
  end_before_start: ({ row }) => { row.time_end = row.time_start - 448; },
  no_length: ({ row }) => { row.time_end = row.time_start; },
  never_ended: ({ row }) => {
    Object.assign(row, { state: RUNNING, time_end: 0, timelimit: 60 });
    row.time_start -= 300 * 24 * HOUR;
    row.time_submit = row.time_eligible = row.time_start - 60;
  },
  final_without_end: ({ row }) => { row.time_end = 0; },
  suspended_longer: ({ row }) => { row.time_suspended = 2 * (row.time_end - row.time_start); },
  sentinel_limit: ({ row }) => { row.timelimit = INFINITE; },
  sentinel_memory: ({ row }) => {
    row.mem_req = NO_VAL_MEMORY;
    row.tres_req = row.tres_alloc = row.tres_alloc.replace(/,2=\d+/, ',2=18446744073709551614');
  },
  exclusive: ({ row }) => {
    row.cpus_req = 1;
    row.tres_req = row.tres_req.replace(/^1=\d+/, '1=1');
  },
  no_gres: ({ row, job }) => {
    row.tres_alloc = row.tres_req = tres(job, { gpus: false });
  },
  no_steps: ({ steps }) => { steps.length = 0; },
  steps_without_seconds: ({ steps }) => { steps[0].user_sec = 0; },
  extern_only: ({ steps }) => {
    Object.assign(steps[0], { id_step: -4, step_name: 'extern', user_sec: 0, user_usec: 4000,
      tres_usage_in_max: '1=4,2=1077248', tres_usage_in_tot: '1=4,2=1077248' });
  },
  too_much_time: ({ steps, row, job }) => {
    steps[0].user_sec = 40 * job.cores_per_node * (row.time_end - row.time_start);
    const usage = `1=${1000 * steps[0].user_sec},2=4096`;
    steps[0].tres_usage_in_tot = steps[0].tres_usage_in_max = usage;
  },
  reused_number: ({ row, rows }) => {
    const years = 3 * 365 * 24 * HOUR;
    const old = { ...row, job_db_inx: row.job_db_inx + 1_000_000, job_name: 'of-long-ago' };
    for (const time of TIMES) old[time] -= years;
    rows.push(old);
  },
  empty_tres: ({ row }) => { row.tres_alloc = row.tres_req = ''; },
  odd_name: ({ row }) => { row.job_name = '"><b>{{x}}</b> é =1+1;%s'; },
  no_partition: ({ row }) => { row.partition = ''; },
};

/** Statements that fill the tables of `cluster`; `odd` with what is odd about the rows. */
export function rowsOf(world, odd, cluster) {
  const rows = [];
  const allSteps = [];
  for (const job of world.jobs) {
    const row = jobRow(world, job);
    const steps = job.running ? [] : [stepRow(job)];
    if (odd && job.odd_row) ODD[job.odd_row]({ row, steps, rows, job });
    rows.push(row);
    allSteps.push(...steps);
  }
  return insert(`\`${cluster}_job_table\``, rows).replaceAll(`'${NO_VAL_MEMORY}'`, NO_VAL_MEMORY)
    + insert(`\`${cluster}_step_table\``, allSteps);
}
