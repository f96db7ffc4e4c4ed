import type { ObjectMessage, RawPointer } from "../../src/connector-api/messages.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { FINALITY } from "../../src/domain/version.ts";
import { mapPayment, unknownWords } from "./map.ts";
import { paymentWire, type PaymentWire } from "./wire.ts";

/** What one item says. Total: an item that is not as documented becomes a `malformed` message. */
export function messageOf(item: unknown, raw: RawPointer): ObjectMessage {
  const parsed = paymentWire.safeParse(item);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return malformed(item, raw, issue?.path.join(".") ?? "", issue?.message ?? "does not have the documented shape");
  }
  try {
    return recordOf(parsed.data, raw);
  } catch (reason) {
    if (!(reason instanceof ServiceError) || reason.code !== "UPSTREAM_MALFORMED") throw reason;
    return malformed(item, raw, "amount", reason.publicMessage);
  }
}

/** `updated_at` is exact to the millisecond, so the version begins and ends with it. */
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

function malformed(item: unknown, raw: RawPointer, path: string, problem: string): ObjectMessage {
  const id = paymentWire.pick({ id: true }).safeParse(item);
  return { type: "malformed", entity: "Payment", externalId: id.success ? id.data.id : undefined, path, problem, raw };
}
