/**
 * An upstream that responds at once and records when each request arrived: `GET /arrivals` returns the times, oldest
 * first.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const arrivals: number[] = [];
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.url === "/arrivals") {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(arrivals.splice(0)));
    return;
  }
  arrivals.push(performance.now());
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // listening on TCP
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
