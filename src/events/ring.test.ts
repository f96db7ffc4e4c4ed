import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LoggedEvent } from "./event.ts";
import { createRing } from "./ring.ts";

const event = (seq: bigint): LoggedEvent => ({
  tenantId: "acme",
  seq,
  at: "2026-11-22T17:24:24.000Z",
  sourceId: "stripe-main",
  body: { kind: "RunStarted", runId: `run-${seq}` },
});

test("contains every event in (from, to], at most its capacity, also where numbers are missing", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1_000n }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.array(fc.boolean(), { maxLength: 12 }), { maxLength: 12 }),
      (start, capacity, pushes) => {
        const ring = createRing(start, capacity);
        const known: bigint[] = [];
        for (const push of pushes) {
          const through = ring.to + BigInt(push.length);
          const added = push.flatMap((isKnown, index) => (isKnown ? [ring.to + BigInt(index) + 1n] : []));
          known.push(...added);
          ring.push(added.map(event), through);
          expect(ring.to).toBe(through);
          expect(ring.size).toBe(Math.min(capacity, known.length));
          for (let position = ring.from; position <= ring.to; position += 1n) {
            expect(ring.after(position)?.seq).toBe(known.find((seq) => seq > position));
          }
        }
      },
    ),
  );
});
