import type { z } from "zod";
import type { CurrencySource } from "../../../protocols/protobuf/money.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import { ItemFault, type Read } from "./item.ts";
import type { Place } from "./place.ts";

/** What the fields of one item share. */
export interface Scope {
  readonly type: MessageType;
  /** Currency of amounts that do not state one; undefined: the settings name none. */
  readonly currency: CurrencySource | undefined;
}

/** A kind of value that the settings can map to a field of ours. */
export interface FieldKind<Setting, Value> {
  readonly schema: z.ZodType<Setting>;
  /** Checks a setting against the contract; undefined if it does not fit, which is then reported. */
  compile(setting: Setting, place: Place, scope: Scope): Read<Value> | undefined;
}

/** A field of an entity. The value of one that the settings leave out is undefined. */
export interface FieldSpec<Value> {
  readonly schema: z.ZodType;
  compile(setting: unknown, place: Place, scope: Scope): Read<Value> | undefined;
}

/** A field that each item must have. */
export function required<Setting, Value>(kind: FieldKind<Setting, Value>): FieldSpec<NonNullable<Value>> {
  return {
    schema: kind.schema,
    compile(setting, place, scope) {
      const read = kind.compile(setting as Setting, place, scope); // parsed by the schema
      const path = pathOf(setting) ?? place.path.at(-1) ?? "";
      return (
        read &&
        ((item) => {
          const value = read(item);
          if (value === undefined || value === null) throw new ItemFault(path, "must be given, and is absent or empty");
          return value;
        })
      );
    },
  };
}

/** A field that the settings, or an item, may leave out. */
export function optional<Setting, Value>(kind: FieldKind<Setting, Value>): FieldSpec<Value | undefined> {
  return {
    schema: kind.schema.optional(),
    compile: (setting, place, scope) =>
      setting === undefined ? () => undefined : kind.compile(setting as Setting, place, scope), // parsed by the schema
  };
}

/** Path in the item that a setting names. */
function pathOf(setting: unknown): string | undefined {
  if (typeof setting === "string") return setting;
  if (typeof setting === "object" && setting !== null && "path" in setting) return String(setting.path);
  return undefined;
}
