// front.mjs: is between the uploader and the lab's portal and misbehaves as it is told.
import http from 'node:http';
import { sleep } from '../../lab/wait.mjs';
import { Stoppable } from './portal.mjs';

export class Front {
  /** pass | slow (passes on behind `delay` ms) | hang | 500 | down (nobody listens) */
  mode = 'pass';
  delay = 30000;
  seen = 0;
  #server = new Stoppable();

  constructor(upstream) {
    this.upstream = new URL(upstream);
  }

  async start(port = 0) {
    const answer = (request, response) =>
      this.#answer(request, response).catch(() => response.destroy());
    this.port = await this.#server.start(answer, port);
    return this;
  }

  stop() { return this.#server.stop(); }

  async play(mode) {
    if (mode === this.mode) return;
    if (mode === 'down') await this.stop();
    else if (this.mode === 'down') await this.start(this.port);
    // A request that hangs is not answered later; its client gives up now.
    if (this.mode === 'hang') this.#server.drop();
    this.mode = mode;
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    this.seen += 1;
    const { mode } = this;
    if (mode === 'hang') return;
    if (mode === '500') { response.writeHead(500).end(); return; }
    if (mode === 'slow') await sleep(this.delay);
    const onward = http.request({ host: this.upstream.hostname, port: this.upstream.port,
      method: request.method, path: request.url, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    onward.end(Buffer.concat(parts));
  }
}
