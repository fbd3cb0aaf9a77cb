// relay.mjs: a TCP relay in front of a real server that can misbehave on demand.
//
// As a program: node relay.mjs PORT CONTROL UPSTREAM PROTOCOL relays PORT to UPSTREAM (all on
// 127.0.0.1) and accepts the behaviour as an HTTP path on CONTROL, such as /hang. Protocols: http,
// mysql, ldap; they differ in who speaks first and in how a server refuses.

import http from "node:http";
import net from "node:net";

const kHost = "127.0.0.1";
/// Slow enough that the shortest answer, of 14 bytes, takes longer than any time limit here.
const kDripMs = 250;
/// How long every question but the portal's own waits at a busy server: longer than the portal
/// takes to be wary, shorter than any time limit here.
const kBusyMs = 1100;
const kProbe = "query=time()";
const kNonsense = Buffer.from(
    "\x16\x03\x01\xff this is not what you asked for\r\n\r\n\x7f\x80{]", "latin1");

/// What a relay can do: pass everything on; refuse connections; accept them and say nothing; stop
/// in the middle of an answer; pass answers on one byte at a time; close in the middle of an
/// answer; answer with something that no protocol allows; answer that it cannot serve (HTTP 503,
/// an SQL error, LDAP "unavailable"); be busy: answer late, but for the portal's own question.
export const behaviours = [
    "pass", "refuse", "hang", "stop", "drip", "cut", "nonsense", "error", "busy"];

function mysqlError(sequence) {
    const text = Buffer.from("#HY000Got error 28 from storage engine");
    const head = Buffer.from([text.length + 3, 0, 0, sequence, 0xff, 1030 & 0xff, 1030 >> 8]);
    return Buffer.concat([head, text]);
}

/// The answer "unavailable" (52) to the request in `data`, under its message id.
function ldapError(data) {
    const long = data[1] > 0x80 ? data[1] - 0x80 : 0;
    const at = 2 + long;
    if (data[at] !== 0x02) return Buffer.alloc(0);
    const id = data.subarray(at, at + 2 + data[at + 1]);
    const answers = new Map([[0x60, 0x61], [0x63, 0x65], [0x77, 0x78]]);
    const tag = answers.get(data[at + id.length]);
    if (tag === undefined) return Buffer.alloc(0);  // unbind: nothing to say
    const result = [tag, 7, 0x0a, 1, 52, 0x04, 0, 0x04, 0];
    return Buffer.concat([Buffer.from([0x30, id.length + result.length]), id, Buffer.from(result)]);
}

const kProtocols = {
    http: {
        speaksFirst: false,
        error: () => Buffer.from("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\n" +
                                 "Content-Length: 20\r\n\r\n<h1>Unavailable</h1>"),
    },
    mysql: {speaksFirst: true, error: (data) => mysqlError(data === null ? 0 : 1)},
    ldap: {speaksFirst: false, error: ldapError},
};

export class Relay {
    #server = null;
    #pairs = new Set();
    #behaviour = "pass";
    #protocol;
    #upstream;
    port = 0;

    constructor(upstream, protocol) {
        this.#upstream = upstream;
        this.#protocol = kProtocols[protocol];
    }

    async start(port = 0) {
        this.port = port;
        await this.#listen();
        return this;
    }

    /// Sets the behaviour from now on, also for existing connections; the way back to "pass" ends
    /// those that were disturbed.
    async play(behaviour) {
        if (!behaviours.includes(behaviour)) throw new Error(`no such behaviour: ${behaviour}`);
        this.#behaviour = behaviour;
        const spoilt = [...this.#pairs].filter((pair) => pair.spoilt || behaviour === "refuse");
        if (behaviour === "refuse" || behaviour === "pass") spoilt.forEach((pair) => pair.end());
        if (behaviour === "refuse") await this.#close();
        else if (this.#server === null) await this.#listen();
    }

    async stop() {
        for (const pair of [...this.#pairs]) pair.end();
        await this.#close();
    }

    async #listen() {
        this.#server = net.createServer((client) => this.#accept(client));
        await new Promise((resolve, reject) => {
            this.#server.once("error", reject);
            this.#server.listen(this.port, kHost, 512, resolve);
        });
        this.port = this.#server.address().port;
    }

    async #close() {
        const server = this.#server;
        this.#server = null;
        if (server !== null) await new Promise((resolve) => server.close(resolve));
    }

    #accept(client) {
        const upstream = net.connect(this.#upstream, kHost);
        const pair = {client, upstream, spoilt: false, timer: null, waiting: []};
        pair.end = () => {
            clearInterval(pair.timer);
            client.destroy();
            upstream.destroy();
            this.#pairs.delete(pair);
        };
        this.#pairs.add(pair);
        for (const socket of [client, upstream]) {
            socket.setNoDelay(true);
            socket.on("error", pair.end);
            socket.on("close", pair.end);
        }
        upstream.on("data", (data) => this.#answer(pair, data));
        client.on("data", (data) => this.#question(pair, data));
        if (this.#protocol.speaksFirst) this.#speak(pair, null);
    }

    /// Answers in the server's place; true if it did.
    #speak(pair, question) {
        if (this.#behaviour !== "nonsense" && this.#behaviour !== "error") return false;
        pair.spoilt = true;
        const error = this.#behaviour === "error";
        pair.client.write(error ? this.#protocol.error(question) : kNonsense);
        return true;
    }

    #question(pair, data) {
        if (pair.spoilt && this.#behaviour === "pass") return pair.end();
        if (this.#speak(pair, data)) return;
        if (this.#behaviour === "hang") pair.spoilt = true;
        else if (this.#behaviour === "busy" && !data.includes(kProbe))
            setTimeout(() => pair.upstream.write(data), kBusyMs);
        else pair.upstream.write(data);
    }

    #answer(pair, data) {
        switch (this.#behaviour) {
            case "pass":
            case "busy": return void pair.client.write(data);
            case "drip": return this.#drip(pair, data);
            case "stop":
            case "cut": return this.#half(pair, data);
            default: pair.spoilt = true;
        }
    }

    #half(pair, data) {
        if (!pair.spoilt) pair.client.write(data.subarray(0, Math.ceil(data.length / 2)));
        pair.spoilt = true;
        if (this.#behaviour === "cut") pair.client.end();
    }

    #drip(pair, data) {
        pair.spoilt = true;
        pair.waiting.push(...data.subarray(0, 4096));
        pair.timer ??= setInterval(() => {
            if (pair.waiting.length > 0) pair.client.write(Buffer.from([pair.waiting.shift()]));
        }, kDripMs);
    }
}

if (process.argv[1] === import.meta.filename) {
    const [port, control, upstream] = process.argv.slice(2, 5).map(Number);
    const relay = await new Relay(upstream, process.argv[5]).start(port);
    http.createServer((request, response) => {
        relay.play(request.url.slice(1)).then(
            () => response.end("ok\n"),
            (error) => response.writeHead(400).end(`${error.message}\n`));
    }).listen(control, kHost);
}
