/** Clients of one tenant that send wide reads as fast as they are answered, until the input ends. */
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { z } from "zod";
import { abusersTaskSchema } from "./task.ts";

const { url, tenantId, clients, query } = abusersTaskSchema.parse(JSON.parse(process.argv[2] ?? ""));
const agent = new Agent({ keepAlive: true, maxSockets: clients });
const body = JSON.stringify({ query });
const counts = { answered: 0, refused: 0 };
let isEnding = false;

function send(): Promise<void> {
  const headers = { "content-type": "application/json", "x-sluice-tenant": tenantId };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", agent, headers }, (response) => {
      const status = z.number().parse(response.statusCode);
      if (status === 200) counts.answered += 1;
      else counts.refused += 1;
      response.on("end", resolve).on("error", reject).resume();
    });
    sent.on("error", reject).end(body);
  });
}

async function client(): Promise<void> {
  while (!isEnding) await send();
}

const running = Promise.all(Array.from({ length: clients }, client));
process.stdout.write("started\n");
for await (const line of createInterface({ input: process.stdin })) if (line === "end") break;
isEnding = true;
await running;
agent.destroy();
process.stdout.write(`${JSON.stringify(counts)}\n`);
