import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { z } from "zod";
import { bytesOf, encodeObject } from "../wire/encode.ts";
import { KINDS } from "../world/objects.ts";
import { timeOf } from "../world/times.ts";
import type { World } from "../world/world.ts";

export const putBody = z
  .strictObject({
    kind: z.enum(KINDS),
    id: z.string().min(1),
    /** The object in Protobuf's JSON mapping: enum values may be numbers that the contract does not have. */
    json: z.looseObject({}).optional(),
    /** The bytes of the message, sent unchanged. */
    base64: z.base64().optional(),
    /** Adds a field that the contract does not have, with this text. */
    unknownField: z.string().optional(),
    /** Epoch milliseconds of the change; default: now. */
    updatedAtMs: z.int().nonnegative().optional(),
  })
  .refine(({ json, base64 }) => (json === undefined) !== (base64 === undefined), "must have either json or base64");

const UNKNOWN_FIELD = 1999;

/** Stores an object as a test wants it, and sends it as a change. */
export function putObject(world: World, body: unknown, nowMs: number): { readonly sequence: string } {
  const { kind, id, json, base64, unknownField, updatedAtMs = nowMs } = putBody.parse(body);
  const defaults = { id, sequence: String(world.sequence() + 1n), updatedAt: timeOf(updatedAtMs) };
  const bytes =
    base64 === undefined
      ? encodeObject(kind, { ...defaults, createdAt: defaults.updatedAt, ...json })
      : Buffer.from(base64, "base64");
  const extra =
    unknownField === undefined
      ? Buffer.alloc(0)
      : new BinaryWriter().tag(UNKNOWN_FIELD, WireType.LengthDelimited).string(unknownField).finish();
  const { sequence } = world.putBytes(kind, id, Buffer.concat([bytes, extra]), updatedAtMs);
  world.commit();
  return { sequence: String(sequence) };
}

/** An object with its bytes; undefined if there is none. */
export function objectOf(world: World, kind: string, id: string) {
  const known = KINDS.find((one) => one === kind);
  const found = known === undefined ? undefined : world.find(known, id);
  if (found === undefined) return undefined;
  const { sequence, value } = found;
  return { id, sequence: String(sequence), value, base64: Buffer.from(bytesOf(found)).toString("base64") };
}
