// sso_client.mjs: a visitor of the portal behind real Shibboleth, without a browser: keeps cookies,
// signs in at the identity provider, and can send bytes as they are.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';
import { decode, lab } from './lib.mjs';

export const portal = process.env.LAB_URL_SSO;
export const plainPortal = process.env.LAB_URL_SSO_PLAIN;
export const provider = process.env.LAB_URL_IDP;
export const ca = readFileSync(join(lab.state, 'sso', 'keys', 'tls.crt'));

/** Passwords as apache.sh and authsources.php have them. */
const passwordOf = (login) => (login.startsWith('odd-') ? 'odd' : `${login}-demo`);

const inside = (html, name) => decode(new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? '');

/** The first form of a page: {action, fields}. */
function formOf(html) {
  const form = /<form[\s\S]*?<\/form>/.exec(html)?.[0];
  if (!form) throw new Error(`no form in ${html.slice(0, 500)}`);
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    if (inside(input, 'name')) fields.set(inside(input, 'name'), inside(input, 'value'));
  }
  return { action: inside(form, 'action'), fields };
}

/** One visitor with cookies of their own, as a browser session has them. */
export class Visitor {
  constructor() {
    this.jar = new Map();
    this.trail = [];
  }

  #cookies({ host }) {
    const own = [...this.jar].filter(([key]) => key.startsWith(`${host} `));
    return own.map(([key, value]) => `${key.slice(host.length + 1)}=${value}`).join('; ');
  }

  #keep({ host }, lines = []) {
    for (const line of lines) {
      const [, name, value] = /^([^=]*)=([^;]*)/.exec(line);
      const over = /expires=[^;]*(19|200)\d\d|max-age=0/i.test(line);
      if (value === '' || over) this.jar.delete(`${host} ${name}`);
      else this.jar.set(`${host} ${name}`, value);
    }
  }

  /** One request; redirects are answers: {status, headers, text, url, json()}. */
  ask(target, { method = 'GET', headers = {}, form } = {}) {
    const url = new URL(target, portal);
    const body = form?.toString();
    const cookie = this.#cookies(url);
    const sent = {
      accept: 'text/html,*/*;q=0.8',
      ...(cookie && { cookie }),
      ...(body && {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      }),
      ...headers,
    };
    const client = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const request = client.request(url, { method, headers: sent, ca }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => { text += part; });
        response.on('error', reject);
        response.on('end', () => {
          this.#keep(url, response.headers['set-cookie']);
          const { statusCode: status, headers: got, rawHeaders } = response;
          const raw = rawHeaders.filter((_, index) => index % 2 === 0).map((n) => n.toLowerCase());
          resolve({ status, headers: got, names: raw, text, url, json: () => JSON.parse(text) });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Follows redirects from one host to the other, as a browser does; `trail` says which way. */
  async open(target, options) {
    let answer = await this.ask(target, options);
    this.trail = [answer.url.href];
    while (answer.status >= 300 && answer.status < 400 && this.trail.length < 20) {
      answer = await this.ask(new URL(answer.headers.location, answer.url).href);
      this.trail.push(answer.url.href);
    }
    return answer;
  }

  /** Opens a page and signs in on the way; answers what comes back from the portal. */
  async signIn(login, target = '/secure/me.json', password = passwordOf(login)) {
    // Addresses of data do not lead to the sign-in; the page does.
    const door = target.endsWith('.json') ? '/secure/jobstats/' : target;
    const question = await this.open(door);
    const { fields } = formOf(question.text);
    fields.set('username', login);
    fields.set('password', password);
    const proof = await this.open(question.url.href, { method: 'POST', form: fields });
    if (!/SAMLResponse/.test(proof.text)) return proof;
    const { action, fields: assertion } = formOf(proof.text);
    this.proof = { action, assertion };
    const answer = await this.open(action, { method: 'POST', form: assertion });
    return target === door ? answer : this.ask(target);
  }

  /** The cookie of the session with the portal: [name, value]; undefined without one. */
  session() {
    const found = [...this.jar].find(([key]) => key.includes(' _shibsession_'));
    return found && [found[0].split(' ')[1], found[1]];
  }
}

/** A visitor who has just signed in. */
export async function signedIn(login) {
  const visitor = new Visitor();
  const answer = await visitor.signIn(login);
  if (!visitor.session()) throw new Error(`${login} is not signed in: ${answer.text}`);
  return visitor;
}

/** Ends a session on the server, as its lifetime would: the browser keeps its cookie. */
export async function expire(visitor) {
  const [, id] = visitor.session();
  return new Visitor().ask(`/Shibboleth.sso/Logout/Admin?session=${id}`);
}

/** Sends bytes as they are over TLS; answers {status, text, location, body}. */
export function askRaw(bytes) {
  const { port } = new URL(portal);
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', ca });
    socket.on('secureConnect', () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.setTimeout(20000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('latin1');
      const cut = text.indexOf('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0),
        location: /^location: (\S+)/im.exec(text.slice(0, cut))?.[1] ?? '',
        text,
        body: text.slice(cut + 4),
      });
    });
  });
}
