import { existsSync } from "node:fs";
import type { Subject } from "./subject.ts";

/**
 * Description of the sandbox in a connector's own folder: `export const subject` of `fixtures/conformance.ts`.
 * Undefined if there is none: such a connector runs the static part only.
 */
export async function loadSubject(connector: string): Promise<Subject | undefined> {
  const file = new URL(`../../src/connectors/${connector}/fixtures/conformance.ts`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const module = (await import(file.href)) as { readonly subject: Subject }; // its type is checked where it is written
  return module.subject;
}
