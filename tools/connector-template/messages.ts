import type { ObjectMessage, RawPointer } from "../../src/connector-api/messages.ts";
import { FINALITY } from "../../src/domain/version.ts";
import { type Problem, problemOf } from "../../src/protocols/rest/item-problem.ts";
import { mapPayment, unknownWords } from "./map.ts";
import { paymentWire, type PaymentWire } from "./wire.ts";

/**
 * Converts one item into a message. Handles every input: an item that does not match the documentation becomes a
 * `malformed` message.
 */
export function messageOf(item: unknown, raw: RawPointer): ObjectMessage {
  try {
    return recordOf(paymentWire.parse(item), raw);
  } catch (reason) {
    return malformed(item, raw, problemOf(reason, item, "amount"));
  }
}

/** `updated_at` is exact to the millisecond, so both bounds of the version equal it. */
function recordOf(wire: PaymentWire, raw: RawPointer): ObjectMessage {
  const updatedAtMs = Date.parse(wire.updated_at);
  const at = BigInt(updatedAtMs);
  return {
    type: "record",
    record: mapPayment(wire),
    version: { from: at, until: at, finality: FINALITY.ordinary },
    sourceUpdatedAt: new Date(updatedAtMs).toISOString(),
    raw,
    unknowns: unknownWords(wire),
  };
}

function malformed(item: unknown, raw: RawPointer, problem: Problem): ObjectMessage {
  const id = paymentWire.pick({ id: true }).safeParse(item);
  return { type: "malformed", entity: "Payment", externalId: id.success ? id.data.id : undefined, ...problem, raw };
}
