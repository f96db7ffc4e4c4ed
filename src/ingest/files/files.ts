import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import { applyFile } from "../statements/apply-file.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { findOwnSource, type SourceRegistry } from "../../sources/source-registry.ts";
import { createFileApplier } from "./applier.ts";
import type { ApplyFile } from "./apply-claimed.ts";
import { readChunks } from "./chunks.ts";
import type { FileOrigin, KeptFile, Received } from "./file.ts";
import { findFile } from "./find-file.ts";
import { createFolderWatches } from "./folder-watches.ts";
import { createIntake } from "./intake.ts";
import { createNotifier, type Notifier } from "../../runtime/notifier.ts";
import { receive } from "./receive.ts";
import { replayFile } from "./replay-file.ts";
import { waitUntilStored } from "./wait-until-stored.ts";
import { createSemaphore } from "../../runtime/semaphore.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { createSpoolFolder } from "./spool.ts";
import { formatOf } from "./validate.ts";

export interface FilesOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  /** Sources of the settings file: only they may have a folder on this machine. Default: none. */
  readonly configured?: Iterable<Source>;
  /**
   * Folder for incoming files: on this machine, shared only with processes of this machine. Created if it does not
   * exist.
   */
  readonly folder: string;
  readonly log: Logger;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** `fileAccepted` and `sourceResumed` wake the work of their source. */
  readonly wakeUps: Pick<WakeUps, "on" | "fileAccepted">;
  /** Default: that of src/statements. */
  readonly applyFile?: ApplyFile;
  /**
   * Aborted when the process is asked to stop: `take` then no longer waits for files to be applied, and returns that
   * they are stored.
   */
  readonly stopping?: AbortSignal;
  /** Longest time that `take` waits for a file to be applied. Default 280 s: HTTP clients give up after 300. */
  readonly maxWaitMs?: number;
}

export interface TakeInput {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Name given by the sender; only a label. */
  readonly name: string;
  readonly origin: FileOrigin;
  readonly bytes: AsyncIterable<Uint8Array>;
  /**
   * Aborted before the file is stored: no part of it is stored. Aborted after that: the caller no longer waits for it.
   */
  readonly signal: AbortSignal;
}

/** Complete incoming files: stored before they are applied, each content once per source. */
export interface Files {
  /**
   * Accepts a file, or an archive of files, and waits until it is applied. Refusals are part of the result.
   * @throws ServiceError NOT_FOUND (no such source in this tenant, or it accepts no files) | PAYLOAD_TOO_LARGE |
   * OVERLOADED | CANCELED | STORE_UNAVAILABLE; errors of the stream; in each case nothing is stored
   */
  take(input: TakeInput): Promise<Received>;
  /** Returns the largest file size that a source accepts, in bytes. @throws ServiceError NOT_FOUND, as `take` */
  maxBytes(tenantId: string, sourceId: string): Promise<number>;
  /**
   * Opens a stored file. Reading its bytes throws STORE_UNAVAILABLE when the store becomes unavailable. @throws
   * ServiceError NOT_FOUND | STORE_UNAVAILABLE
   */
  open(tenantId: string, fileId: string): Promise<KeptFile>;
  /** Parses a stored file again and applies it. @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  replay(tenantId: string, fileId: string): Promise<void>;
  /** Watches the folders of these sources of the settings file, and no others. */
  followFolders(configured: Iterable<Source>): void;
  /** Starts applying, and watching folders. */
  start(): Promise<void>;
  /**
   * Rejects new files, and resolves when no file is being received or applied any more, at the latest after
   * `deadlineMs`. Files that are accepted and not yet applied remain for the next start.
   */
  close(deadlineMs: number): Promise<void>;
}

/**
 * Maximum number of files parsed for the first time at the same time; each is partly in memory and uses a parser thread.
 */
const MAX_READING = 2;
/**
 * Maximum number of uploads that are received or waited for, and of files from folders and polls; each may have the
 * maximum size, on disk. Uploads, which a caller may send slowly, never take the places of the others.
 */
const MAX_UPLOADS = 32;
const MAX_COLLECTED = 32;
/** Sources for whose files somebody may wait in this process. */
const MAX_NOTIFIERS = 10_000;

/** Assembles the module; before `start` nothing runs except what `take` requires. */
export function createFiles(options: FilesOptions): Files {
  const { db, log, random, sources, wakeUps } = options;
  const spools = createSpoolFolder(options.folder);
  const reading = createSemaphore(MAX_READING);
  const closing = new AbortController();
  const taking = new Set<Promise<unknown>>();
  const uploads = createIntake(MAX_UPLOADS);
  const collected = createIntake(MAX_COLLECTED);
  const owner = randomUUID();
  const notifiers = new LRUCache<string, Notifier>({ max: MAX_NOTIFIERS });
  const applier = createFileApplier({
    db,
    sources,
    log,
    owner,
    random,
    applyFile: options.applyFile ?? applyFile,
    onTried: (sourceId) => notifiers.get(sourceId)?.fire(),
  });
  const watches = createFolderWatches({
    log,
    random,
    take: ({ tenantId, id: sourceId }, file) => take({ ...file, tenantId, sourceId, origin: "FOLDER" }),
  });
  watches.follow(options.configured ?? []);
  const endWakeUps = [wakeUps.on("fileAccepted", applier.wake), wakeUps.on("sourceResumed", applier.wake)];
  let isRefusing = false;

  /** Notifier of the attempts at files of a source. */
  function triedOf(sourceId: string): Notifier {
    const notifier = notifiers.get(sourceId) ?? createNotifier();
    notifiers.set(sourceId, notifier);
    return notifier;
  }

  async function requireSource(tenantId: string, sourceId: string): Promise<Source> {
    const source = await findOwnSource(sources, tenantId, sourceId);
    if (source?.connector.files === undefined)
      throw new ServiceError("NOT_FOUND", "this source does not exist or accepts no files");
    return source;
  }

  async function takeIn(input: TakeInput): Promise<Received> {
    const source = await requireSource(input.tenantId, input.sourceId);
    const tried = triedOf(source.id);
    const signal = AbortSignal.any([input.signal, closing.signal]);
    const onAccepted = (): void => wakeUps.fileAccepted(source);
    const received = await receive({ ...input, db, source, spools, reading, signal, onAccepted });
    const waiting = options.stopping === undefined ? signal : AbortSignal.any([signal, options.stopping]);
    const wait = { db, tenantId: source.tenantId, tried, maxWaitMs: options.maxWaitMs ?? 280_000, signal: waiting };
    const files = await Promise.all(received.files.map((accepted) => waitUntilStored({ ...wait, accepted })));
    return { isArchive: received.isArchive, files };
  }

  async function take(input: TakeInput): Promise<Received> {
    if (isRefusing)
      throw new ServiceError("OVERLOADED", "the server is shutting down; send the request again", {
        retryAfterMs: 1_000,
      });
    const intake = input.origin === "UPLOAD" ? uploads : collected;
    const taken = intake.run(input.tenantId, () => takeIn(input));
    taking.add(taken);
    return taken.finally(() => taking.delete(taken));
  }

  return {
    take,
    async maxBytes(tenantId, sourceId) {
      const source = await requireSource(tenantId, sourceId);
      return formatOf(source).maxBytes(source.config);
    },
    async open(tenantId, fileId) {
      const state = await db.read(tenantId, (tx) => findFile(tx, fileId));
      if (state === undefined) throw new ServiceError("NOT_FOUND", "there is no file with this id");
      const { id, name, contentHash, size, mediaType } = state;
      return { id, name, contentHash, size, mediaType, bytes: readChunks(db, tenantId, id) };
    },
    async replay(tenantId, id) {
      const { signal } = closing;
      const source = await reading.run(() => replayFile({ db, tenantId, sources, id, signal }), signal);
      wakeUps.fileAccepted(source);
    },
    followFolders: watches.follow,
    async start() {
      await spools.removeLeftovers();
      applier.start();
      watches.start();
    },
    async close(deadlineMs) {
      isRefusing = true;
      for (const end of endWakeUps) end();
      const stopped = [watches, applier].map((part) => part.close(deadlineMs));
      const ended = Promise.allSettled([...taking, ...stopped]);
      await waitAtMost(deadlineMs / 2, Promise.allSettled(taking));
      closing.abort(new ServiceError("CANCELED", "the server is shutting down"));
      await waitAtMost(deadlineMs / 2, ended);
      await spools.close();
    },
  };
}
