// pool.mjs: a separate worker pool that reaches the lab's servers through relays.

import {spawn} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import {until} from "../../lab/wait.mjs";
import {fetch} from "./fastcgi.mjs";
import {Relay} from "./relay.mjs";

export const sources = ["prometheus", "slurm", "ldap", "robinhood"];

/// Milliseconds. The source's timeout is short, to keep the tests short; the deadline is the
/// portal's promise, and the slack is what a busy test machine may add.
export const limits = {timeout: 2000, deadline: 8000, slack: 3000};

/// The sections of the file systems' databases, which are away together here.
const kRobinhood = ["robinhood lustre06", "robinhood nearline"];

function lab(name) {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set; run this through tests/lab/with-lab`);
    return value;
}

/// The INI text with one key of one section set, whether or not it was there before.
function set(text, section, key, value) {
    const lines = text.split("\n");
    const at = lines.indexOf(`[${section}]`);
    if (at < 0) throw new Error(`no section ${section}`);
    let end = lines.findIndex((line, i) => i > at && line.startsWith("["));
    if (end < 0) end = lines.length;
    const kept = lines.filter(
        (line, i) => i <= at || i >= end || !line.startsWith(`${key} =`));
    kept.splice(at + 1, 0, `${key} = ${value}`);
    return kept.join("\n");
}

export class Pool {
    relays = {};
    #process = null;
    #folder = "";
    #log = "";
    #workers;

    constructor(workers) {
        this.#workers = workers;
    }

    /// `settings`: timeout and deadline in ms if not those of `limits`; direct: without relays;
    /// before(relays): done before the pool starts.
    async start(settings = {}) {
        this.#folder = fs.mkdtempSync(path.join(os.tmpdir(), "chaos-"));
        await this.#startRelays(settings.direct === true);
        if (settings.before) await settings.before(this.relays);
        const config = this.#write("portal.ini", this.#configuration({...limits, ...settings}));
        const secrets = this.#write("secrets.ini", fs.readFileSync(lab("LAB_SECRETS"), "utf8"));
        const program = process.env.CHAOS_PORTAL ?? `${lab("LAB_STATE")}/bin/userportal`;
        this.#process = spawn(program, [
            "serve", "--config", config, "--secrets", secrets, "--listen", `unix:${this.socket}`,
            "--workers", String(this.#workers)], {stdio: ["ignore", "ignore", "pipe"]});
        this.#process.stderr.on("data", (data) => (this.#log += data));
        await until(() => this.#log.includes("pool.ready"), () => `pool.ready: ${this.#log}`);
        return this;
    }

    get socket() {
        return path.join(this.#folder, "portal.sock");
    }

    get log() {
        return this.#log;
    }

    get workers() {
        const pid = this.#process.pid;
        const text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
        return text.trim().split(" ").filter(Boolean).map(Number);
    }

    async stop() {
        if (this.#process !== null) {
            const ended = new Promise((resolve) => this.#process.once("exit", resolve));
            this.#process.kill("SIGTERM");
            await ended;
        }
        for (const relay of Object.values(this.relays)) await relay.stop();
        fs.rmSync(this.#folder, {recursive: true, force: true});
    }

    /// GET as one of our logins. `age`: milliseconds that the request has already waited.
    get(target, {login = "alice", staff = false, limit = 30000, age = 0} = {}) {
        const [script, query = ""] = target.split("?");
        const member = "member@alliancecan.ca";
        const started = Math.round((Date.now() - age) * 1000);
        return fetch(this.socket, {
            REQUEST_METHOD: "GET", SCRIPT_NAME: "", PATH_INFO: script, QUERY_STRING: query,
            REQUEST_URI: target, SERVER_PROTOCOL: "HTTP/1.1", AUTH_TYPE: "Basic",
            REMOTE_USER: login, HTTP_ACCEPT_LANGUAGE: "en",
            affiliation: staff ? `staff@alliancecan.ca;${member}` : member,
            HTTP_X_REQUEST_START: `t=${started}`}, limit);
    }

    async #startRelays(direct) {
        const port = (address) => Number(/:(\d+)$/.exec(address)[1]);
        const real = {
            prometheus: [port(lab("LAB_PROMETHEUS")), "http"],
            slurm: [Number(lab("LAB_DATABASE_PORT")), "mysql"],
            ldap: [port(lab("LAB_LDAP")), "ldap"],
            robinhood: [Number(lab("LAB_DATABASE_PORT")), "mysql"],
        };
        for (const [name, [upstream, protocol]] of Object.entries(real)) {
            if (direct) continue;
            this.relays[name] = await new Relay(upstream, protocol).start();
        }
    }

    #configuration(settings) {
        let text = fs.readFileSync(lab("LAB_CONFIG"), "utf8");
        text = set(text, "portal", "deadline_ms", settings.deadline);
        text = set(text, "portal", "settled_mib", 0);  // or finished jobs would miss nothing
        for (const section of ["prometheus", "slurm", "ldap", "database", ...kRobinhood]) {
            text = set(text, section, "timeout_ms", settings.timeout);
        }
        if (settings.ldap) text = set(text, "ldap", "timeout_ms", settings.ldap);
        if (settings.direct) return text;
        text = set(text, "prometheus", "url", `http://127.0.0.1:${this.relays.prometheus.port}`);
        text = set(text, "slurm", "port", this.relays.slurm.port);
        for (const section of kRobinhood) {
            text = set(text, section, "port", this.relays.robinhood.port);
        }
        return set(text, "ldap", "url", `ldap://127.0.0.1:${this.relays.ldap.port}`);
    }

    #write(name, text) {
        const file = path.join(this.#folder, name);
        fs.writeFileSync(file, text, {mode: 0o600});
        return file;
    }
}
