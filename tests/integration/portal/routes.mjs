// routes.mjs: the portal's routes as access.table has them, and a real path of each.
import { tableLines, truth } from './lib.mjs';

/** {method, pattern, access, statuses} of each route, statuses in the order of the table's head. */
export const routes = tableLines('access.table').map((line) => {
  const [method, pattern, access, ...statuses] = line.trim().split(/\s+/);
  return { method, pattern, access, statuses: statuses.map(Number) };
});

/** A real path of a pattern: about a job, an account, and a project of the simulated cloud. */
export function pathOf(pattern, { job, account, cloud }) {
  const { project, uuid } = truth.cloud.find((machine) => machine.project === cloud);
  const parts = { username: job.user, job_id: job.id_job, job: job.id_job, graph: 'cpu', project,
    uuid, fs: 'lustre03', account };
  const array = truth.stories.array_parent.id_job;
  return pattern.replace('/array/{job_id}/', `/array/${array}/`)
    .replace(/\/name\/$/, '/name/?name=train')
    .replace('/{fs}/{graph}', '/lustre03/ost')
    .replace('/{graph}/{fs}', '/lustre_mdt/lustre03')
    .replace('usersummary/{username}/graph/{graph}', 'usersummary/{username}/graph/quota')
    .replace(/\{(\w+)\}/g, (all, name) => parts[name] ?? all);
}
