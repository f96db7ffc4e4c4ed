import type { UnknownValue } from "../../../connector-api/messages.ts";
import { ServiceError } from "../../../domain/error.ts";
import type { DateTime } from "../../../domain/values.ts";
import type { ProtoMessage } from "../../../protocols/protobuf/message.ts";

/** An item of the upstream while it is read. */
export interface Item {
  readonly message: ProtoMessage;
  /** Time of the response that contains it. */
  readonly observedAt: DateTime;
  /** Value with which its list was called; undefined: it came another way. */
  readonly each?: string | undefined;
  /** Values without a meaning in the settings are added to it. */
  readonly unknowns: UnknownValue[];
}

/** Reads a value of an item. @throws ItemFault */
export type Read<Value> = (item: Item) => Value;

/** A part of an item that does not have its documented form: the item is quarantined. */
export class ItemFault extends Error {
  override readonly name = "ItemFault";
  /** Path in the item: `fee.units`. */
  readonly path: string;
  /** Names types and rules, never a received value of a person. */
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }

  /** Returns the fault that a reader of the protocol reports: its text begins with the path. */
  static of(reason: unknown, path: string): ItemFault {
    if (reason instanceof ItemFault) return reason;
    const { code, publicMessage } = ServiceError.from(reason);
    if (code !== "UPSTREAM_MALFORMED") throw reason;
    const prefix = `${path}: `;
    return new ItemFault(path, publicMessage.startsWith(prefix) ? publicMessage.slice(prefix.length) : publicMessage);
  }
}
