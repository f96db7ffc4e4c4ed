import { ServiceError } from "../domain/error.ts";
import { abortReason } from "./abort.ts";
import { createFairQueue, type WorkPath } from "./fair-queue.ts";

/**
 * Shares the event loop over work, as a fair queue does: work runs in pieces of a few milliseconds, and everything else
 * that waits for the event loop gets it in between.
 */
export interface LoopTurns {
  /**
   * Opens the pieces of one operation, with the names of its tenant and its caller. Operations of one caller finish in
   * order: a piece of one that was opened earlier goes first. So when the event loop has more work than time, the later
   * ones wait before they begin, and not each with its data in memory.
   */
  open(path: WorkPath): Pieces;
}

/** Pieces of one operation, in order. */
export interface Pieces {
  /**
   * Adds a piece: what `run` does, and everything that it sets off in promises, until all of them wait for something
   * else. It never runs at once, and must not throw.
   */
  add(run: () => void): void;
  /** Calls back when what runs now has ended and no piece of this operation waits. */
  whenIdle(callback: () => void): void;
}

/**
 * An operation of another caller waits for some five turns of the event loop: a request, its first piece, and a result
 * and its piece for each level of its lists. Measured with `npm run bench -- neighbours`: half as much is no better.
 */
const SLICE_MS = 2;

/**
 * Greatest number of pieces that run without waiting for what they set off. How long they take is known only then, so
 * it also bounds how far a turn may exceed its time when later pieces are longer than earlier ones.
 */
const MAX_TOGETHER = 16;

/** Resolution of the clock: no piece takes no time at all. */
const CLOCK_MS = 0.001;

/** @param sliceMs time for pieces in one turn of the event loop; the last piece of a turn may exceed it */
export function createLoopTurns(sliceMs: number = SLICE_MS): LoopTurns {
  const queue = createFairQueue({
    limits: [1],
    maxWaiting: Infinity,
    maxWaitMs: Infinity,
    overloaded: neverOverloaded,
  });
  let sliceEndMs: number | undefined;
  let opened = 0;

  /** All pieces of one turn of the event loop share one slice. */
  function endOfSlice(): number {
    if (sliceEndMs === undefined) {
      sliceEndMs = performance.now() + sliceMs;
      setImmediate(() => (sliceEndMs = undefined));
    }
    return sliceEndMs;
  }

  /** @returns the time that one of the last pieces took, from which follows how many run together next time */
  async function work(pieces: (() => void)[], lastPieceMs: number): Promise<number> {
    const endMs = endOfSlice();
    let nowMs = performance.now();
    let pieceMs = lastPieceMs;
    do {
      const together = Math.max(1, Math.min(MAX_TOGETHER, pieces.length, Math.floor((endMs - nowMs) / pieceMs)));
      for (const run of pieces.splice(0, together)) run();
      await promisesSettled();
      const startMs = nowMs;
      nowMs = performance.now();
      pieceMs = Math.max(CLOCK_MS, (nowMs - startMs) / together);
    } while (pieces.length > 0 && nowMs < endMs);
    if (nowMs >= endMs) await nextTurnOfLoop();
    return pieceMs;
  }

  return {
    open(path) {
      const rank = (opened += 1);
      const pieces: (() => void)[] = [];
      const onIdle: (() => void)[] = [];
      let isWorking = false;
      /** The first piece runs alone. */
      let pieceMs = Infinity;

      /** Its next turn is in the queue before its last one ends, so that it keeps its place. */
      async function takeTurn(): Promise<void> {
        pieceMs = await work(pieces, pieceMs);
        isWorking = pieces.length > 0;
        if (isWorking) waitForTurn();
        else for (const callback of onIdle.splice(0)) callback();
      }

      function waitForTurn(): void {
        isWorking = true;
        void queue.run(path, takeTurn, { rank }); // rejects only if a piece throws
      }

      return {
        add(run) {
          pieces.push(run);
          if (!isWorking) waitForTurn();
        },
        whenIdle(callback) {
          void promisesSettled().then(() => {
            if (isWorking) onIdle.push(callback);
            else callback();
          });
        },
      };
    },
  };
}

/**
 * Resolves at the turn of a piece; what follows without waiting is part of it. @throws ServiceError: the reason of the
 * signal, if the work is no longer needed by then
 */
export async function turnOf(pieces: Pieces, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => pieces.add(resolve));
  if (signal.aborted) throw abortReason(signal);
}

/** Passes on the result of `work`, or its failure, as a piece. @throws what `work` throws */
export function atTurnOf<T>(pieces: Pieces, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(
      (value) => pieces.add(() => resolve(value)),
      (reason: Error) => pieces.add(() => reject(reason)), // passed on as it is
    );
  });
}

/** Resolves when all promises that can be settled now are settled: Node runs `nextTick` when no microtask is left. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => queueMicrotask(() => process.nextTick(resolve)));
}

function nextTurnOfLoop(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function neverOverloaded(): ServiceError {
  return new ServiceError("INTERNAL", "internal error", { detail: "pieces wait without a limit" });
}
