import type { MessagePort } from "node:worker_threads";
import type { CamtRefusal } from "../camt.ts";
import type { WireEvent } from "../message/outbox.ts";
import type { Position } from "../refuse.ts";

/** Asks a worker to read one file, whose bytes come through `port`. */
export interface ReadOrder {
  readonly port: MessagePort;
  readonly entries: boolean;
}

/** A piece of the file; null for its end. Each gets one `Reply`. */
export type Piece = Uint8Array<ArrayBuffer> | null;

/** Largest piece: what it tells is cloned at once on the event loop that takes it. */
export const PIECE_BYTES = 64 * 1_024;

export type Reply =
  | { readonly type: "told"; readonly events: readonly WireEvent[] }
  | {
      readonly type: "refused";
      readonly refusal: CamtRefusal;
      readonly problem: string;
      readonly position: Position | undefined;
    }
  /** Our bug. */
  | { readonly type: "failed"; readonly detail: string };
