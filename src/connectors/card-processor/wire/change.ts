import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ServiceError } from "../../../domain/error.ts";
import { messageNamed } from "./contract.ts";

/** A message of the stream of changes, of which only the envelope was read: its object may be malformed. */
export interface Change {
  readonly resumeToken: string;
  /** Name of the member of `Change.object`, and its bytes; undefined: one that the contract does not have, or none. */
  readonly object: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

const TYPE = messageNamed("Change");
const RESUME_TOKEN = TYPE.field("resume_token").number;
const MEMBERS = new Map(
  TYPE.fields.flatMap(({ number, name, desc }) => (desc.oneof === undefined ? [] : [[number, name] as const])),
);

/** @throws ServiceError UPSTREAM_GARBLED for bytes that are no message, or have no token */
export function readChange(bytes: Uint8Array): Change {
  const reader = new BinaryReader(bytes);
  let resumeToken = "";
  let object: Change["object"];
  try {
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      const name = MEMBERS.get(number);
      if (wireType === WireType.LengthDelimited && number === RESUME_TOKEN) resumeToken = reader.string();
      else if (wireType === WireType.LengthDelimited && name !== undefined) object = { name, bytes: reader.bytes() };
      else reader.skip(wireType, number);
    }
  } catch (reason) {
    throw garbled(reason);
  }
  if (resumeToken === "") throw garbled(undefined);
  return { resumeToken, object };
}

function garbled(cause: unknown): ServiceError {
  return new ServiceError("UPSTREAM_GARBLED", "a message of the stream of changes is not a Change", { cause });
}
