import { createHash, randomUUID } from "node:crypto";
import type { SigningKey } from "../audit/signing-key.ts";
import { ServiceError } from "../domain/error.ts";
import { keepLease } from "../runtime/keep-lease.ts";
import { createLoop } from "../runtime/loop.ts";
import type { Database } from "../store/database.ts";
import {
  cancelPack,
  type ClaimedPack,
  claimPack,
  failPack,
  findDuePack,
  finishPack,
  insertPack,
  LEASE_MS,
  leasedPacks,
  type NewPack,
  openPack,
  type ReadyPack,
  storePieces,
} from "./pack-store.ts";
import { writePack } from "./write-pack.ts";

/** Archives that an auditor can check without Sluice. */
export interface EvidencePacks {
  /** @returns its id @throws ServiceError CONFLICT */
  create(tenantId: string, pack: NewPack): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  cancel(tenantId: string, id: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND: there is none, or it is not ready */
  open(tenantId: string, id: string): Promise<ReadyPack>;
  start(): void;
  close(deadlineMs: number): Promise<void>;
}

export interface EvidencePacksOptions {
  readonly db: Database;
  readonly key: SigningKey;
  /** Days for which a pack is kept. */
  readonly days: number;
  readonly random: () => number;
  readonly onProblem: (reason: unknown) => void;
  /** Called when a pack has ended. */
  readonly onEnded?: (outcome: "READY" | "FAILED") => void;
}

const POLL_MS = 5_000;
/** An export keeps the server from removing old row versions, so it must end. */
const DEADLINE_MS = 1_800_000;
const PIECE_BYTES = 262_144;
const PIECES_AT_A_TIME = 4;

export function createEvidencePacks(options: EvidencePacksOptions): EvidencePacks {
  const { db, random, onProblem } = options;
  const owner = randomUUID();

  const loop = createLoop({
    pollMs: POLL_MS,
    random,
    onError: onProblem,
    async round(signal) {
      const due = await findDuePack(db);
      if (due === undefined) return false;
      const claimed = await db.transaction(due.tenantId, (tx) => claimPack(tx, due.id, owner));
      if (claimed !== undefined) await writeClaimed(options, claimed, signal);
      return true;
    },
  });

  return {
    async create(tenantId, pack) {
      const id = await db.transaction(tenantId, (tx) => insertPack(tx, pack));
      loop.wake();
      return id;
    },
    cancel: (tenantId, id) => db.transaction(tenantId, (tx) => cancelPack(tx, id)),
    open: (tenantId, id) => openPack(db, tenantId, id),
    start: () => loop.start(),
    close: (deadlineMs) => loop.close(deadlineMs),
  };
}

/** A failure of the database is tried again when the lease has expired; any other one ends the pack. */
async function writeClaimed(options: EvidencePacksOptions, claimed: ClaimedPack, stop: AbortSignal): Promise<void> {
  const { db, onProblem, onEnded = () => undefined } = options;
  const { lease, scope } = claimed;
  const keeper = keepLease({
    leaseMs: LEASE_MS,
    renewMs: LEASE_MS / 3,
    renew: async () => {
      await db.transaction(scope.tenantId, (tx) => leasedPacks.extend(tx, lease));
      return undefined;
    },
  });
  try {
    await exportPack(options, claimed, AbortSignal.any([stop, keeper.lost]));
    onEnded("READY");
  } catch (reason) {
    const { code } = ServiceError.from(reason);
    if (stop.aborted || code === "LEASE_LOST") return;
    onProblem(reason);
    if (code === "STORE_UNAVAILABLE") return;
    await db.transaction(scope.tenantId, (tx) => failPack(tx, lease, code));
    onEnded("FAILED");
  } finally {
    await keeper.stop();
  }
}

/** Reads in one transaction and writes in others: what is written is not part of the exported state. */
async function exportPack({ db, key, days }: EvidencePacksOptions, { lease, scope }: ClaimedPack, signal: AbortSignal) {
  const { tenantId } = scope;
  const sha256 = createHash("sha256");
  let [size, first, written] = [0n, 0, 0];
  let pieces: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    const batch = { first, pieces, written };
    await db.transaction(tenantId, (tx) => storePieces(tx, lease, batch));
    first += pieces.length;
    pieces = [];
  };
  await db.transaction(
    tenantId,
    async (tx) => {
      const archive = writePack({ scope, tx, key, signal, onWritten: (count) => void (written += count) });
      for await (const piece of ofOneSize(archive)) {
        signal.throwIfAborted();
        sha256.update(piece);
        size += BigInt(piece.byteLength);
        if (pieces.push(piece) === PIECES_AT_A_TIME) await flush();
      }
    },
    { isSnapshot: true, deadlineMs: DEADLINE_MS },
  );
  await flush();
  const result = { size, sha256: sha256.digest("hex"), written, days };
  await db.transaction(tenantId, (tx) => finishPack(tx, lease, result));
}

/** Pieces of one size, except for the last one. */
async function* ofOneSize(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    waiting.push(piece);
    length += piece.byteLength;
    if (length < PIECE_BYTES) continue;
    const joined = Buffer.concat(waiting);
    let start = 0;
    for (; length - start >= PIECE_BYTES; start += PIECE_BYTES) yield joined.subarray(start, start + PIECE_BYTES);
    waiting = [joined.subarray(start)];
    length -= start;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
