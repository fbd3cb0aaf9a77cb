// Signing in through the real identity provider: the lab's people, and all the odd identities that
// institutions send; the end of a session, and what still works while shibd is away.
import assert from 'node:assert/strict';
import { labScript, lab, runTests, test, words } from './lib.mjs';
import { Visitor, expire, portal, provider, signedIn } from './sso_client.mjs';

const main = (html) => words(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '');
const asksForPassword = ({ url, text }) =>
  url.href.startsWith(provider) && /type="password"/.test(text);

test('a user and staff get the page that they asked for, and are who they are', async () => {
  const path = '/secure/jobstats/alice/?state=completed';
  for (const [login, staff] of [['alice', false], ['staff', true]]) {
    const visitor = new Visitor();
    const answer = await visitor.signIn(login, path);
    assert.equal(answer.status, 200, login);
    assert.equal(answer.url.href, portal + path);
    assert.deepEqual((await visitor.ask('/secure/me.json')).json(), { login, staff });
    const top = await visitor.ask('/secure/top/');
    assert.equal(top.status, staff ? 200 : 404, login);
  }
});

test('a wrong password opens nothing', async () => {
  const visitor = new Visitor();
  const answer = await visitor.signIn('alice', '/secure/jobstats/', 'wrong');
  assert.ok(asksForPassword(answer));
  assert.equal(visitor.session(), undefined);
});

const NO_NAME = /not for your account Your institution sent no name .* Sign out/;
const OTHER = /not for your account You are signed in with an account of another .* Sign out/;
const UNKNOWN = /not for your account The directory of this cluster has no login .* Sign out/;
const REFUSED = {
  'odd-foreign': NO_NAME, 'odd-nameless': NO_NAME, 'odd-nothing': NO_NAME, 'odd-upper': NO_NAME,
  'odd-unscoped': NO_NAME, 'odd-joined': OTHER, 'odd-tab': OTHER, 'odd-lines': NO_NAME,
  'odd-invisible': OTHER,
  'odd-at': NO_NAME, 'odd-markup': OTHER, 'odd-long': OTHER, 'odd-unknown': UNKNOWN,
};
for (const [login, told] of Object.entries(REFUSED)) {
  test(`${login} is told why there is nothing to see, and can sign out`, async () => {
    const visitor = new Visitor();
    const page = await visitor.signIn(login, '/secure/jobstats/');
    assert.equal(page.status, 403);
    assert.match(main(page.text), told);
    assert.ok(page.text.includes('href="/Shibboleth.sso/Logout?return=/"'));
    assert.ok(!page.text.includes('<b>alice</b>@'));
    const who = await visitor.ask('/secure/me.json');
    const known = login === 'odd-unknown';
    assert.equal(who.status, known ? 200 : 403);
    if (known) assert.deepEqual(who.json(), { login: 'nosuchperson', staff: false });
    assert.equal((await visitor.ask('/secure/top/')).status, known ? 404 : 403);
    await visitor.open('/Shibboleth.sso/Logout?return=/');
    assert.ok(asksForPassword(await visitor.open('/secure/jobstats/')));
  });
}

for (const [odd, login] of [['odd-plain', 'bob'], ['odd-two', 'bob'], ['odd-tricky', 'carol']]) {
  test(`${odd} is ${login}, and no staff`, async () => {
    const visitor = new Visitor();
    const page = await visitor.signIn(odd, '/secure/jobstats/');
    assert.equal(page.status, 200);
    assert.equal(page.url.pathname, `/secure/jobstats/${login}/`);
    assert.deepEqual((await visitor.ask('/secure/me.json')).json(), { login, staff: false });
    assert.equal((await visitor.ask('/secure/top/')).status, 404);
    assert.equal((await visitor.ask('/secure/jobstats/alice/')).status, 404);
  });
}

test('when the session is over pages lead to the sign-in and data says 401', async () => {
  const visitor = await signedIn('alice');
  const graph = '/secure/jobstats/alice/graph/cpu.json';
  assert.equal((await visitor.ask(graph)).status, 200);
  await expire(visitor);
  const data = await visitor.ask(graph);
  assert.equal(data.status, 401);
  assert.equal(data.json().error, 'signed_out');
  const page = await visitor.ask('/secure/jobstats/alice/');
  assert.equal(page.status, 302);
  assert.ok(page.headers.location.startsWith(provider));
});

test('signing out ends both sessions and leads home', async () => {
  const visitor = await signedIn('alice');
  const [name, id] = visitor.session();
  const home = await visitor.open('/Shibboleth.sso/Logout?return=/');
  assert.equal(home.url.href, `${portal}/`);
  assert.ok(visitor.trail.some((address) => address.startsWith(provider)), 'the provider heard');
  const thief = new Visitor();
  const who = await thief.ask('/secure/me.json', { headers: { cookie: `${name}=${id}` } });
  assert.equal(who.status, 401, 'the session is gone, not only its cookie');
  assert.ok(asksForPassword(await visitor.open('/secure/jobstats/')));
});

test('the cookie of a session is for the portal alone', async () => {
  const visitor = new Visitor();
  let line = '';
  const { ask } = visitor;
  visitor.ask = async function asked(...given) {
    const answer = await ask.apply(this, given);
    line = (answer.headers['set-cookie'] ?? []).find((one) => /^_shibsession/.test(one)) ?? line;
    return answer;
  };
  await visitor.signIn('alice', '/secure/jobstats/');
  assert.match(line, /; *secure/i);
  assert.match(line, /; *httponly/i);
  assert.match(line, /; *samesite=lax/i);
  assert.doesNotMatch(line, /domain=/i);
});

test('without shibd the public page and static files are there as ever', async () => {
  const page = await new Visitor().ask('/');
  const style = /href="(\/static\/[^"]*\.css)"/.exec(page.text)[1];
  await labScript('server', lab.state, 'shibd', 'stop');
  try {
    for (const path of ['/', style, '/favicon.ico', '/graph/lustre/lustre03/ost.json']) {
      assert.equal((await new Visitor().ask(path)).status, 200, path);
    }
    assert.equal((await new Visitor().ask('/secure/jobstats/')).status, 500);
  } finally {
    await labScript('server', lab.state, 'shibd', 'start');
  }
  await signedIn('alice');
});

await runTests();
