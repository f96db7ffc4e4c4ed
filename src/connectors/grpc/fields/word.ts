import { z } from "zod";
import { fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import { oneofReader } from "../../../protocols/protobuf/field-readers.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import type { FieldKind } from "./field-kind.ts";
import { path, scalarText, withoutPrefix } from "./text.ts";

/** A value in our terms, undefined if the settings have none for it, and the upstream's. */
export interface Word<Known> {
  readonly known: Known | undefined;
  readonly raw: string;
}

interface WordSetting<Known extends string> {
  readonly path: string;
  /** Prefix of the enum's names, which the keys of the map and the raw value are without. */
  readonly prefix?: string | undefined;
  readonly map: Readonly<Record<string, Known>>;
  readonly else?: "keepRaw" | undefined;
}

/** A word of ours that the settings give for each value of the upstream, or for all items. */
export function word<const Known extends string>(
  words: readonly Known[],
): FieldKind<WordSetting<Known> | { readonly value: Known }, Word<Known> | undefined> {
  const known = z.enum(words, { error: `must be ${words.join(", ")}` });
  const mapped = z.strictObject({
    path,
    prefix: z.string().min(1).max(100).optional(),
    map: z.record(z.string(), known),
    else: z.literal("keepRaw").optional(),
  });
  return {
    schema: z.union([mapped, z.strictObject({ value: known })], {
      error: `must be {path, prefix, map: {UPSTREAM: OURS}} or {value: OURS}, with OURS one of ${words.join(", ")}`,
    }),
    compile(setting, place, { type }) {
      if ("value" in setting) return () => ({ known: setting.value, raw: setting.value });
      const read = place.in("path").attempt(() => scalarText(type, setting.path));
      if (read === undefined) return undefined;
      const { prefix = "" } = setting;
      const names = namesAt(type, setting.path)?.map((name) => withoutPrefix(name, prefix));
      for (const name of Object.keys(setting.map)) {
        if (names === undefined || names.includes(name)) continue;
        const problem = `there is no value ${JSON.stringify(name)}${didYouMean(name, names)}`;
        place
          .in("map")
          .in(name)
          .attempt(() => {
            throw pathError(setting.path, problem);
          });
      }
      const map = new Map(Object.entries(setting.map));
      return (item) => {
        const raw = withoutPrefix(read(item), prefix);
        if (raw === undefined) return undefined;
        const value = map.get(raw);
        if (value === undefined) item.unknowns.push({ path: setting.path, value: raw });
        return { known: value, raw };
      };
    },
  };
}

/** Returns the values that an enum, a oneof or a bool can have; undefined for texts and integers. */
function namesAt(type: MessageType, setting: string): readonly string[] | undefined {
  const oneof = type.desc.oneofs.find(({ name }) => name === setting);
  if (oneof !== undefined) return oneof.fields.map(({ name }) => name);
  if (setting.includes(".") && isOneof(type, setting)) return undefined;
  const { desc } = fieldPath(type, setting).field;
  return desc.enum?.values.map(({ name }) => name);
}

function isOneof(type: MessageType, setting: string): boolean {
  try {
    oneofReader(type, setting);
    return true;
  } catch {
    return false; // it is a field
  }
}
