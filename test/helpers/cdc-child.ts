/*
 * A process that follows a slot, for tests that kill it: `node cdc-child.ts HOST PORT SLOT`. It prints a line for each
 * event and never commits a position.
 */
import { followSlot } from "../../src/protocols/postgres-cdc/follow-slot.ts";

const [host = "", port = "", slot = ""] = process.argv.slice(2);
const followed = followSlot({
  address: {
    host,
    port: Number(port),
    user: "postgres",
    database: "sluice",
    password: undefined,
    tls: undefined,
    createSocket: undefined,
  },
  slot,
  publications: ["changes"],
  position: undefined,
  nowMs: Date.now,
  signal: new AbortController().signal,
});
for await (const { type } of followed.events) process.stdout.write(`${type}\n`);
