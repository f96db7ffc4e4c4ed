import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Publication } from "./bank.ts";
import { requestSchema } from "./plan/request.ts";

/** How the world was made. */
const worldSchema = z.strictObject({ seed: z.int(), entriesPerDay: z.int() });
export type WorldSettings = z.infer<typeof worldSchema>;

const lineSchema = z.union([
  z.strictObject({ world: worldSchema }),
  z.strictObject({ days: z.int() }),
  z.strictObject({
    publication: z.strictObject({
      serial: z.int(),
      created: z.string(),
      request: requestSchema,
      isListed: z.boolean(),
    }),
  }),
]);
export type JournalLine = z.infer<typeof lineSchema>;

/** What a bank needs to be the same again after a restart, one JSON object a line: the seed and what it was asked for. */
export interface Journal {
  world: WorldSettings | undefined;
  days: number;
  readonly publications: readonly Publication[];
}

/** Reads a journal; one that is not there is empty. A last line cut short by a kill does not count. */
export function readJournal(path: string | undefined): Journal {
  const journal = { world: undefined as WorldSettings | undefined, days: 0, publications: [] as Publication[] };
  if (path === undefined || !existsSync(path)) return journal;
  const text = readFileSync(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  // Or the next line would go on where it was cut.
  if (whole.length < text.length) writeFileSync(path, whole);
  for (const line of whole.split("\n").slice(0, -1)) {
    const parsed = lineSchema.parse(JSON.parse(line));
    if ("world" in parsed) journal.world = parsed.world;
    else if ("days" in parsed) journal.days = parsed.days;
    else journal.publications.push(parsed.publication);
  }
  return journal;
}

/** Adds a line before it returns. Nothing where there is no file. */
export function writeJournal(path: string | undefined, line: JournalLine): void {
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(line)}\n`);
}
