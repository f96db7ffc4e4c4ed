import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import { applyFile } from "../statements/apply-file.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createFileApplier } from "./applier.ts";
import type { ApplyFile } from "./apply-claimed.ts";
import { readChunks } from "./chunks.ts";
import type { FileWay, KeptFile, Taken } from "./file.ts";
import { findFile } from "./find-file.ts";
import { createFolderWatch } from "./folder-watch.ts";
import { createPulse } from "./pulse.ts";
import { receive } from "./receive.ts";
import { replayFile } from "./replay-file.ts";
import { settled } from "./settled.ts";
import { createSlots } from "./slots.ts";
import { createSpoolFolder } from "./spool.ts";
import { formatOf } from "./validate.ts";

export interface FilesOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  /** Where files lie while they come in: on this machine, shared only with processes of this machine. Made when it is missing. */
  readonly folder: string;
  readonly log: Logger;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** Default: that of src/statements. */
  readonly applyFile?: ApplyFile;
  /** How long `take` waits for a file to be applied. Default 280 s: clients of HTTP give up after 300. */
  readonly maxWaitMs?: number;
}

export interface TakeInput {
  readonly tenantId: string;
  readonly sourceId: string;
  /** As it was brought, nothing but a label. */
  readonly name: string;
  readonly way: FileWay;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Aborted before the file is kept: nothing of it is. After that: it is no longer waited for. */
  readonly signal: AbortSignal;
}

/** Whole files, taken in: kept before they are applied, each content once per source. */
export interface Files {
  /**
   * Takes a file in, or an archive of files, and waits until it is applied. What is refused is part of the answer.
   * @throws ServiceError NOT_FOUND (no such source in this tenant, or it takes no files) | PAYLOAD_TOO_LARGE |
   *   OVERLOADED | CANCELED | STORE_UNAVAILABLE; what the stream threw; in any case with nothing kept
   */
  take(input: TakeInput): Promise<Taken>;
  /** Largest file that a source takes, in bytes. @throws ServiceError NOT_FOUND, as `take` */
  maxBytes(tenantId: string, sourceId: string): number;
  /** A kept file. Its bytes throw STORE_UNAVAILABLE when the store goes away. @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  open(tenantId: string, fileId: string): Promise<KeptFile>;
  /** Reads a kept file again and applies it. @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  replay(tenantId: string, fileId: string): Promise<void>;
  /** Starts applying, and watching folders. */
  start(): Promise<void>;
  /** There may be files of the source to apply: it was resumed. */
  wake(sourceId: string): void;
  /**
   * Refuses new files, and resolves when nothing is taken in or applied any more, at the latest after `deadlineMs`. What
   * is accepted and not yet applied stays for the next start.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Files in memory, in part: applied, and read for the first time. Each is a parser's thread. */
const MAX_APPLYING = 2;
const MAX_READING = 2;
/** Files that come in or are waited for: each may be as large as one may be, on disk. */
const MAX_TAKING = 32;

/** Puts it together; nothing runs before `start` but what `take` is asked for. */
export function createFiles(options: FilesOptions): Files {
  const { db, log, random } = options;
  const sources = new Map(options.sources.map((source) => [source.id, source]));
  const spools = createSpoolFolder(options.folder);
  const reading = createSlots(MAX_READING);
  const applying = createSlots(MAX_APPLYING);
  const closing = new AbortController();
  const taking = new Set<Promise<unknown>>();
  const owner = randomUUID();
  const workers = new Map(
    options.sources.filter(({ connector }) => connector.files).map((source) => [source.id, workerOf(source)]),
  );
  const watches = options.sources.flatMap((source) => {
    const drop = source.connector.files?.folder(source.config);
    if (drop === undefined) return [];
    const { tenantId, id: sourceId } = source;
    return [
      createFolderWatch({
        drop,
        log: log.child({ sourceId }),
        random,
        take: (file) => take({ ...file, tenantId, sourceId, way: "FOLDER" }),
      }),
    ];
  });
  let isRefusing = false;

  function workerOf(source: Source) {
    const tried = createPulse();
    const run = options.applyFile ?? applyFile;
    return {
      tried,
      loop: createFileApplier({ db, source, log, owner, random, slots: applying, applyFile: run, onTried: tried.fire }),
    };
  }

  /** Of another tenant is as good as none. */
  function requireSource(tenantId: string, sourceId: string) {
    const source = sources.get(sourceId);
    const worker = workers.get(sourceId);
    if (source?.tenantId !== tenantId || worker === undefined)
      throw new ServiceError("NOT_FOUND", "no files are taken here");
    return { source, ...worker };
  }

  async function takeIn(input: TakeInput): Promise<Taken> {
    const { source, loop, tried } = requireSource(input.tenantId, input.sourceId);
    const signal = AbortSignal.any([input.signal, closing.signal]);
    const received = await receive({ ...input, db, source, spools, reading, signal, onAccepted: loop.wake });
    const wait = { db, tenantId: source.tenantId, tried, maxWaitMs: options.maxWaitMs ?? 280_000, signal };
    const files = await Promise.all(received.files.map((accepted) => settled({ ...wait, accepted })));
    return { isArchive: received.isArchive, files };
  }

  async function take(input: TakeInput): Promise<Taken> {
    if (isRefusing) throw new ServiceError("OVERLOADED", "shutting down, send it again", { retryAfterMs: 1_000 });
    if (taking.size >= MAX_TAKING)
      throw new ServiceError("OVERLOADED", "too many files come in", { retryAfterMs: 2_000 });
    const taken = takeIn(input);
    taking.add(taken);
    return taken.finally(() => taking.delete(taken));
  }

  return {
    take,
    maxBytes(tenantId, sourceId) {
      const { source } = requireSource(tenantId, sourceId);
      return formatOf(source).maxBytes(source.config);
    },
    async open(tenantId, fileId) {
      const state = await db.read(tenantId, (tx) => findFile(tx, fileId));
      if (state === undefined) throw new ServiceError("NOT_FOUND", "there is no such file");
      const { id, name, contentHash, size, mediaType } = state;
      return { id, name, contentHash, size, mediaType, bytes: readChunks(db, tenantId, id) };
    },
    async replay(tenantId, id) {
      const source = await reading.run(closing.signal, () =>
        replayFile({ db, tenantId, sources, id, signal: closing.signal }),
      );
      workers.get(source.id)?.loop.wake();
    },
    async start() {
      await spools.removeLeftovers();
      for (const { loop } of workers.values()) loop.start();
      for (const watch of watches) watch.start();
    },
    wake: (sourceId) => workers.get(sourceId)?.loop.wake(),
    async close(deadlineMs) {
      isRefusing = true;
      const stopped = [...watches, ...[...workers.values()].map(({ loop }) => loop)].map((part) =>
        part.close(deadlineMs),
      );
      const ended = Promise.allSettled([...taking, ...stopped]);
      await within(deadlineMs / 2, Promise.allSettled(taking));
      closing.abort(new ServiceError("CANCELED", "shutting down"));
      await within(deadlineMs / 2, ended);
      await spools.close();
    },
  };
}

/** Waits for `work`, not longer than `deadlineMs`. */
async function within(deadlineMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)))]);
  clearTimeout(timer);
}
