import { z } from "zod";
import type { Reference } from "../../../domain/values.ts";
import type { FieldKind } from "./field-kind.ts";
import type { Read } from "./item.ts";
import { path, scalarText } from "./text.ts";

const paths = z.record(z.string().regex(/^[A-Za-z][\w.-]{0,63}$/), path);
type Paths = Readonly<Record<string, string>>;

/** Reference numbers by their schemes. */
export const references: FieldKind<Paths, readonly Reference[]> = {
  schema: paths,
  compile(setting, place, { type }) {
    const readers = compileAll(setting, place, type);
    return (item) =>
      readers.flatMap(([scheme, read]) => {
        const value = read(item);
        return value === undefined ? [] : [{ scheme, value }];
      });
  },
};

/** Further values by their names, which become extensions `grpc.NAME`. */
export const extensions: FieldKind<Paths, Readonly<Record<string, string>>> = {
  schema: paths,
  compile(setting, place, { type }) {
    const readers = compileAll(setting, place, type);
    return (item) =>
      Object.fromEntries(
        readers.flatMap(([name, read]) => {
          const value = read(item);
          return value === undefined ? [] : [[`grpc.${name}`, value]];
        }),
      );
  },
};

function compileAll(
  setting: Paths,
  place: Parameters<FieldKind<Paths, unknown>["compile"]>[1],
  type: Parameters<typeof scalarText>[0],
): readonly (readonly [string, Read<string | undefined>])[] {
  return Object.entries(setting).flatMap(([name, textPath]) => {
    const read = place.in(name).attempt(() => scalarText(type, textPath));
    return read === undefined ? [] : [[name, read] as const];
  });
}
