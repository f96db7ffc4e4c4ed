import { z } from "zod";
import { connectorOf } from "./source-settings.ts";

/** What a connector's schema can say about a setting by `.meta({ MARK: true })`: a credential, or a path on this machine. */
type Mark = "secret" | "serverPath";

/** Returns the names of a connector's settings that have a mark; none for an unknown connector. */
export function settingsMarked(connector: string, mark: Mark): readonly string[] {
  const schema: unknown = connectorOf(connector)?.config;
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => (hasMark(field, mark) ? [name] : []));
}

function hasMark(field: z.core.$ZodType, mark: Mark): boolean {
  if (z.globalRegistry.get(field)?.[mark] === true) return true;
  // `.optional()` and `.default()` wrap the schema that has the mark
  const inner: unknown = "innerType" in field._zod.def ? field._zod.def.innerType : undefined;
  return inner instanceof z.ZodType && hasMark(inner, mark);
}
