// load.mjs URL PATH...: requests the paths over and over, as `alice`, each time on a connection of
// its own, until the standard input ends. Then prints how many answers of each status came; the
// exit status is 0 if all of them were 200.
import https from 'node:https';

const [base, ...paths] = process.argv.slice(2);
const kClients = 3;
const counts = {};
let over = false;

const ask = (path) => new Promise((resolve) => {
  const request = https.get(base + path, {
    agent: false,
    auth: 'alice:alice-demo',
    rejectUnauthorized: false,
  }, (answer) => {
    answer.on('error', (error) => resolve(`${path}: ${error.message}`));
    answer.on('end', () => resolve(answer.statusCode === 200 && answer.complete
      ? '200' : `${path}: ${answer.statusCode}`));
    answer.resume();
  });
  request.on('error', (error) => resolve(`${path}: ${error.message}`));
});

async function client(number) {
  for (let i = number; !over; i += 1) {
    const outcome = await ask(paths[i % paths.length]);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
}

process.stdin.on('end', () => { over = true; }).resume();
await Promise.all(Array.from({ length: kClients }, (_, number) => client(number)));
console.log(JSON.stringify(counts));
process.exit(Object.keys(counts).join() === '200' ? 0 : 1);
