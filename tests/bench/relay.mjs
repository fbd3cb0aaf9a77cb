// A relay in front of Prometheus: records the queries, waits before each answer if told to, or
// gives an answer of its own.
import http from 'node:http';

export async function relay(upstream, delay = 0) {
  const queries = [];
  const agent = new http.Agent({keepAlive: true});
  let own;
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      queries.push({path: request.url, body});
      setTimeout(() => (own ? response.end(own) : pass(request, body, response)), delay);
    });
  });
  function pass(request, body, response) {
    const {method, url, headers} = request;
    const up = http.request(upstream + url, {method, headers, agent}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    up.on('error', () => response.destroy());
    up.end(body);
  }
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    queries,
    answerWith: (text) => { own = text; },
    close: () => { server.closeAllConnections(); server.close(); agent.destroy(); },
  };
}

// An answer to a range query with 500 points in each series, with as many series as make that size.
export function answerOfMegabytes(megabytes, start, step) {
  const series = [];
  let bytes = 0;
  for (let core = 0; bytes < megabytes * 1e6; core++) {
    const values = Array.from({length: 500}, (_, i) =>
      [start + i * step, String(Math.abs(Math.sin(core * 500 + i)))]);
    const metric = {part: 'cores', instance: 'nb1:9798', core: String(core)};
    series.push(JSON.stringify({metric, values}));
    bytes += series.at(-1).length;
  }
  const result = series.join(',');
  return `{"status":"success","data":{"resultType":"matrix","result":[${result}]}}`;
}
