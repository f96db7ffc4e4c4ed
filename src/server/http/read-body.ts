import type { IncomingMessage } from "node:http";
import { ServiceError } from "../../domain/error.ts";
import { createTimeSlices } from "../../runtime/time-slices.ts";

export interface ReadBodyOptions {
  readonly maxBytes: number;
  /** Gets the bytes as they arrive. Not called for a body that arrives in one piece. */
  readonly onPiece: ((piece: Uint8Array) => void) | undefined;
}

/**
 * Time that all large bodies together get in one turn of the event loop. Node would otherwise read up to 2 MB of each
 * socket in a turn.
 */
const SLICE_MS = 5;
const slices = createTimeSlices(SLICE_MS);

/**
 * Reads the body of a request; a body of several pieces waits between them for its turn.
 * @throws ServiceError PAYLOAD_TOO_LARGE | CANCELED when the client disconnects; whatever `onPiece` throws
 */
export function readBody(request: IncomingMessage, { maxBytes, onPiece }: ReadBodyOptions): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBytes) return Promise.reject(tooLarge());
  const pieces: Buffer[] = [];
  let size = 0;
  let isWaiting = false;
  return new Promise((resolve, reject) => {
    function stop(reason: unknown): void {
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      reject(reason);
    }
    function onData(piece: Buffer): void {
      size += piece.byteLength;
      if (size > maxBytes) return stop(tooLarge());
      pieces.push(piece);
      if (size === piece.byteLength && size === announced) return undefined;
      request.pause();
      isWaiting = true;
      return slices.add(() => {
        isWaiting = false;
        try {
          onPiece?.(piece);
          request.resume();
        } catch (reason) {
          stop(reason);
        }
      });
    }
    function onEnd(): void {
      request.off("close", onClose);
      if (isWaiting) slices.add(finish); // a paused request may end, while its last piece waits
      else finish();
    }
    function finish(): void {
      const [only] = pieces;
      resolve(pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, size));
    }
    function onClose(): void {
      stop(new ServiceError("CANCELED", "the client disconnected"));
    }
    if (request.destroyed && !request.complete) return onClose();
    request.on("data", onData).once("end", onEnd).once("close", onClose);
    return undefined;
  });
}

/** Discards what remains of the body of a request that was refused, as slowly as bodies are read. */
export function discardBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.on("data", () => {
    request.pause();
    slices.add(() => request.resume());
  });
}

function tooLarge(): ServiceError {
  return new ServiceError("PAYLOAD_TOO_LARGE", "the body is too large");
}
