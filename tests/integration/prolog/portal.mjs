// portal.mjs: a stand-in for the portal that misbehaves as it is told, and remembers every script.
import http from 'node:http';
import https from 'node:https';
import { sleep } from '../../lab/wait.mjs';

/** A server of HTTP that can be stopped with all its connections, and started again. */
export class Stoppable {
  #server = null;
  #sockets = new Set();

  async start(answer, port = 0, tls = undefined) {
    this.#server = tls ? https.createServer(tls, answer) : http.createServer(answer);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
    });
    await new Promise((resolve) => { this.#server.listen(port, '127.0.0.1', resolve); });
    return this.#server.address().port;
  }

  drop() { for (const socket of this.#sockets) socket.destroy(); }

  stop() {
    this.drop();
    return new Promise((resolve) => { this.#server.close(resolve); });
  }
}

export class Portal {
  /** store | a status | slow (answers behind `delay` ms) | hang | drop */
  mode = 'store';
  delay = 500;
  scripts = new Map();
  requests = [];
  #server = new Stoppable();

  async start(port = 0, tls = undefined) {
    const answer = (request, response) => this.#answer(request, response);
    this.port = await this.#server.start(answer, port, tls);
    return this;
  }

  stop() { return this.#server.stop(); }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const id = Number(/^\/api\/jobscripts\/(\d+)\/$/.exec(request.url)?.[1] ?? 0);
    this.requests.push({ method: request.method, id, headers: request.headers });
    if (this.mode === 'hang') return;
    if (this.mode === 'drop') { request.socket.destroy(); return; }
    if (typeof this.mode === 'number') { response.writeHead(this.mode).end('{}'); return; }
    if (this.mode === 'slow') await sleep(this.delay);
    this.scripts.set(id, Buffer.concat(parts));
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(`{"id_job":${id}}`);
  }
}
