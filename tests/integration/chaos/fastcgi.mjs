// fastcgi.mjs: one request to a worker pool's socket, as mod_proxy_fcgi would send it.

import net from "node:net";

const kBegin = 1, kEnd = 3, kParameters = 4, kInput = 5, kOutput = 6;

function record(type, body) {
    const head = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]);
    return Buffer.concat([head, body]);
}

function length(bytes) {
    const head = Buffer.alloc(4);
    head.writeUInt32BE((bytes | 0x80000000) >>> 0);
    return head;
}

function parameters(fields) {
    const parts = [];
    for (const [name, value] of Object.entries(fields)) {
        const pair = [Buffer.from(name), Buffer.from(String(value))];
        parts.push(length(pair[0].length), length(pair[1].length), ...pair);
    }
    return Buffer.concat(parts);
}

function parse(bytes) {
    const output = [];
    let ended = false;
    for (let at = 0; at + 8 <= bytes.length;) {
        const size = bytes.readUInt16BE(at + 4);
        if (bytes[at + 1] === kOutput) output.push(bytes.subarray(at + 8, at + 8 + size));
        if (bytes[at + 1] === kEnd) ended = true;
        at += 8 + size + bytes[at + 6];
    }
    const text = Buffer.concat(output).toString();
    const split = text.indexOf("\r\n\r\n");
    const head = text.slice(0, Math.max(split, 0));
    const status = Number(/^Status: (\d+)/mi.exec(head)?.[1] ?? 0);
    return {status: ended ? status : 0, head, body: text.slice(split + 4)};
}

/// {status, head, body, ms}; status 0: no whole answer within `limit` milliseconds.
export function fetch(socket, fields, limit) {
    const begun = performance.now();
    return new Promise((resolve) => {
        const chunks = [];
        const connection = net.connect(socket);
        const finish = () => {
            clearTimeout(timer);
            connection.destroy();
            resolve({...parse(Buffer.concat(chunks)), ms: performance.now() - begun});
        };
        const timer = setTimeout(finish, limit);
        connection.on("data", (data) => chunks.push(data));
        connection.on("error", finish);
        connection.on("end", finish);
        connection.write(Buffer.concat([
            record(kBegin, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])),
            record(kParameters, parameters(fields)), record(kParameters, Buffer.alloc(0)),
            record(kInput, Buffer.alloc(0))]));
    });
}
