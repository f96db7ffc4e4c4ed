import type { MessagePort } from "node:worker_threads";
import type { CamtRefusal } from "../camt.ts";
import type { WireEvent } from "../message/outbox.ts";
import type { Position } from "../refuse.ts";

/** Requests a worker to read one file, whose bytes come through `port`. */
export interface ReadOrder {
  readonly port: MessagePort;
  readonly entries: boolean;
}

/** A piece of the file; null for its end. Each gets one `Reply`. */
export type Piece = Uint8Array<ArrayBuffer> | null;

/** Largest piece: its events are cloned at once on the event loop that receives them. */
export const PIECE_BYTES = 64 * 1_024;

export type Reply =
  | { readonly type: "events"; readonly events: readonly WireEvent[] }
  | {
      readonly type: "refused";
      readonly refusal: CamtRefusal;
      readonly problem: string;
      readonly position: Position | undefined;
    }
  /** A bug of ours. */
  | { readonly type: "failed"; readonly detail: string };
