// doctor_lib.mjs: runs userportal-admin check-config over the lab's files, changed as a test says.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lab, run } from './lib.mjs';

export const folder = mkdtempSync('/tmp/portal-doctor.');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const read = (name) => readFileSync(process.env[name], 'utf8');

const certificate = join(folder, 'site.crt');
await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '10', '-subj',
  '/CN=portal', '-keyout', join(folder, 'site.key'), '-out', certificate]);

export const host = (changes = {}) => {
  const file = join(folder, 'host.conf');
  const names = { certificate, pages: process.env.LAB_SOCKET, api: process.env.LAB_API_SOCKET,
    static: `${lab.state}/static`, ...changes };
  writeFileSync(file, Object.entries(names)
    .map(([name, value]) => `Define portal_${name} ${value}\n`).join(''));
  return file;
};

/** The report over the lab's files, changed; {code, findings: {subject: {level, text}}, out}. */
export async function examine({
  config = (text) => text, secrets = (text) => text, web = host(),
} = {}) {
  const [main, hidden] = [join(folder, 'portal.ini'), join(folder, 'portal.secrets.ini')];
  writeFileSync(main, config(read('LAB_CONFIG')));
  writeFileSync(hidden, secrets(read('LAB_SECRETS')), { mode: 0o640 });
  const words = ['check-config', '--config', main, '--secrets', hidden, '--web-server', web];
  const { code, out, err } = await run(process.env.LAB_ADMIN, [...words, '--json']);
  if (code === 2) return { code, err };
  const report = JSON.parse(out);
  const findings = Object.fromEntries(
    report.findings.map(({ subject, level, text }) => [subject, { level, text }]));
  return { code, status: report.status, findings, words };
}

export const expect = (findings, subject, level, text) => {
  assert.ok(findings[subject], `${subject} in ${Object.keys(findings)}`);
  assert.equal(findings[subject].level, level, findings[subject].text);
  assert.match(findings[subject].text, text);
};

/** Nothing is said of these subjects: names, or expressions that they match. */
export const silent = (findings, ...subjects) => {
  const names = Object.keys(findings);
  for (const subject of subjects) {
    const said = names.filter((name) => (subject.test ? subject.test(name) : name === subject));
    assert.deepEqual(said.map((name) => `${name}: ${findings[name].text}`), []);
  }
};
