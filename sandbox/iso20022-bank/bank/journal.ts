import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { openLineFile } from "../../shared/append-lines.ts";
import type { Publication } from "./bank.ts";
import { requestSchema } from "../plan/request.ts";
import { bookedSchema, type Booking } from "../world/booking.ts";

/** Parameters from which the world was created. */
const worldSchema = z.strictObject({
  seed: z.int(),
  entriesPerDay: z.int(),
  /** Date of day 0 of a company's world; undefined for a world of its own. */
  firstDay: z.iso.date().optional(),
});
export type WorldSettings = z.infer<typeof worldSchema>;

const lineSchema = z.union([
  z.strictObject({ world: worldSchema }),
  z.strictObject({ days: z.int() }),
  z.strictObject({ booking: bookedSchema }),
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

/**
 * Data that a bank needs to be identical after a restart, one JSON object per line: the seed and the requests that it
 * received.
 */
export interface Journal {
  world: WorldSettings | undefined;
  days: number;
  readonly publications: readonly Publication[];
  readonly bookings: readonly Booking[];
}

/** Reads a journal; a missing one is empty. A last line cut short by a kill is ignored. */
export function readJournal(path: string | undefined): Journal {
  const journal = {
    world: undefined as WorldSettings | undefined,
    days: 0,
    publications: [] as Publication[],
    bookings: [] as Booking[],
  };
  if (path === undefined || !existsSync(path)) return journal;
  const text = readFileSync(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  // Otherwise the next line would continue the incomplete one.
  if (whole.length < text.length) writeFileSync(path, whole);
  for (const line of whole.split("\n").slice(0, -1)) {
    const parsed = lineSchema.parse(JSON.parse(line));
    if ("world" in parsed) journal.world = parsed.world;
    else if ("days" in parsed) journal.days = parsed.days;
    else if ("booking" in parsed) journal.bookings.push(parsed.booking);
    else journal.publications.push(parsed.publication);
  }
  return journal;
}

/** Begins an empty journal in place of the one of a world of another kind. */
export function clearJournal(path: string | undefined): Journal {
  if (path !== undefined) rmSync(path, { force: true });
  return readJournal(undefined);
}

export interface JournalWriter {
  /** Appends a line before it returns; on a full disk as described at `LineFile`. */
  write(line: JournalLine): void;
  close(): void;
}

/** Opens a journal for appending. Without a path nothing is stored. */
export function openJournalWriter(path: string | undefined): JournalWriter {
  if (path === undefined) return { write: () => undefined, close: () => undefined };
  const file = openLineFile(path);
  return { write: (line) => file.append(JSON.stringify(line)), close: () => file.close() };
}
