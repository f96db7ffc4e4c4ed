import { text } from "node:stream/consumers";
import { z } from "zod";
import { singleBucket } from "../../src/connector-api/budget.ts";
import type { Connector } from "../../src/connector-api/connector.ts";
import { type DropFolder, FileRefused, type FileMessage } from "../../src/connector-api/files.ts";
import type { FileArrival } from "../../src/connector-api/messages.ts";
import type { StatementPart } from "../../src/domain/bank.ts";
import type { Source } from "../../src/sources/source.ts";
import { httpClient } from "../helpers/upstream-client.ts";

/** The script of a source of this connector; changed by tests during a run. */
export interface FileScript {
  readonly maxBytes: number;
  readonly drop: DropFolder | undefined;
  /** Called at the beginning of each read. */
  onRead: (signal: AbortSignal) => Promise<void> | void;
  /** Files of version 99 are readable, as by a newer version of the connector. */
  knowsNewVersion: boolean;
  /** The files that `read` returns, one before each checkpoint. */
  readonly arrivals: readonly Omit<FileArrival, "type">[];
}

export function fileScript(script: Partial<FileScript> = {}): FileScript {
  return {
    maxBytes: 1_000_000,
    drop: undefined,
    onRead: () => undefined,
    knowsNewVersion: false,
    arrivals: [],
    ...script,
  };
}

/** A file that the connector reads: a line for each statement, `<stmt id="x"/>`. */
export function fileOf(...ids: readonly string[]): string {
  return ["<camt>", ...ids.map((id) => `<stmt id="${id}"/>`), "</camt>"].join("\n");
}

/** Refused as of an unknown version, unless the script changes that. */
export const NEWER = '<camt version="99">\n<stmt id="n"/>\n</camt>';

export function fileConnector(script: FileScript): Connector<unknown, number> {
  return {
    name: "file-script",
    config: z.unknown(),
    cursor: z.number(),
    streams: [{ name: "files", entities: ["Statement"], ranged: false }],
    target: () => undefined,
    budget: () => singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 10 }),
    check: () => Promise.resolve(),
    async *read({ cursor = 0, signal }) {
      for (const [index, file] of script.arrivals.entries()) {
        signal.throwIfAborted();
        if (index < cursor) continue;
        yield { type: "file", ...file };
        yield { type: "checkpoint", cursor: index + 1, progress: undefined };
      }
      yield { type: "checkpoint", cursor: script.arrivals.length, progress: 1 };
    },
    fetch: {},
    fetchMany: () => Promise.resolve([]),
    files: {
      folder: () => script.drop,
      maxBytes: () => script.maxBytes,
      async *read({ bytes, signal }) {
        await script.onRead(signal);
        signal.throwIfAborted();
        yield* readLines((await text(bytes)).split("\n"), script);
      },
    },
  };
}

function* readLines(lines: readonly string[], script: FileScript): Generator<FileMessage> {
  const [first = ""] = lines;
  if (first === '<camt version="99">' && !script.knowsNewVersion)
    throw new FileRefused("UNSUPPORTED_VERSION", "version 99");
  if (!first.startsWith("<camt")) throw new FileRefused("NOT_CAMT", "the root must be camt", { line: 1, column: 1 });
  let index = 0;
  for (const line of lines.slice(1, -1)) {
    if (line.startsWith("<!--")) continue;
    const id = /^<stmt id="(.+)"\/>$/.exec(line)?.[1];
    if (id === undefined) throw new FileRefused("NOT_WELL_FORMED", "no statement", { line: index + 2, column: 1 });
    yield { type: "statement", part: partOf(index, id), unknowns: [] };
    index += 1;
  }
  if (lines.at(-1) !== "</camt>") {
    throw new FileRefused("NOT_WELL_FORMED", "the text ends too early", {
      line: lines.length,
      column: (lines.at(-1) ?? "").length + 1,
    });
  }
}

function partOf(index: number, statementId: string): StatementPart {
  const units = { minor: 12345678901234567890n, exponent: 2, currency: "EUR" };
  return {
    index,
    path: `/camt/stmt[${index + 1}]`,
    kind: "STATEMENT",
    messageVersion: "camt.053.001.08",
    messageId: undefined,
    statementId,
    electronicSequence: undefined,
    legalSequence: undefined,
    page: undefined,
    issuedAt: undefined,
    issuedInstant: undefined,
    from: undefined,
    to: undefined,
    copyDuplicate: undefined,
    account: { externalId: "acc", identifiers: [], name: undefined, currency: "EUR", ownerName: undefined },
    balances: [{ code: "CLBD", money: units, date: undefined, isDirectionAssumed: false }],
    summary: undefined,
    totals: [],
    entries: 1,
    booked: 1,
    pending: 0,
    other: 0,
    faulty: 0,
    detailsDiffer: 0,
    firstBooked: undefined,
    lastBooked: undefined,
    faults: [],
  };
}

export function fileSource(script: FileScript, { id = "bank", tenantId = "acme" } = {}): Source {
  return {
    tenantId,
    id,
    connector: fileConnector(script),
    config: {},
    scheduleMs: undefined,
    credential: "",
    client: () => httpClient(),
  };
}
