import type { DocumentNode } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import type { Pieces } from "../../runtime/loop-turns.ts";

/** Caller and lifetime of a context. */
export interface ContextInput {
  readonly principal: Principal;
  readonly requestId: string;
  /** Address of the peer. Default: not known. */
  readonly remoteAddress?: string | undefined;
  /** Aborted when the result is no longer needed. */
  readonly signal: AbortSignal;
  /** Pieces of the execution, of `openPieces`. */
  readonly pieces: Pieces;
  /** The document that is executed, whose fields decide which columns the loaders read. Undefined: complete rows. */
  readonly document?: DocumentNode | undefined;
  /** Context of another event that is executed together with this one: they share its loaders. Default: new loaders. */
  readonly loadersOf?: unknown;
  /** Cursor of the last event that the client has received, as its transport says; undefined if it says nothing. */
  readonly resumeAfter?: string | undefined;
}
