import type { SlotPosition } from "../../../src/protocols/postgres-cdc/database/position.ts";
import { followSlot } from "../../../src/protocols/postgres-cdc/follow-slot.ts";
import { type ProtocolResult, readTask } from "./task.ts";

/** Follows the slot without doing anything with its changes: until there is a position, or until all have arrived. */
const { core, slot, position, changes: requested = 0 } = readTask();
const ending = new AbortController();
const followed = followSlot({
  address: { ...core, password: undefined, tls: undefined, createSocket: undefined },
  slot,
  publications: ["sluice"],
  position,
  nowMs: Date.now,
  signal: ending.signal,
});
let changes = 0;
let startedAtMs = 0;
let last: SlotPosition | undefined;
for await (const event of followed.events) {
  if (event.type === "insert" || event.type === "update" || event.type === "delete") {
    if (changes === 0) startedAtMs = performance.now();
    changes += 1;
  }
  if (!("position" in event)) continue;
  last = event.position;
  followed.committed(last);
  if (changes >= requested) break;
}
const ms = performance.now() - startedAtMs;
await followed.close();
if (last === undefined) throw new Error("there was no position");
const result: ProtocolResult = { position: last, changes, ms };
process.stdout.write(`${JSON.stringify(result)}\n`);
