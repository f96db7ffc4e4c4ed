import type { ObjectMessage } from "../../connector-api/messages.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Source } from "../../sources/source.ts";
import type { ComparedStream, Suspect } from "./compared-objects.ts";

export interface ConfirmInput {
  readonly source: Source;
  readonly compared: ComparedStream;
  /** Suspects that this is the answer about, of any types. */
  readonly suspects: readonly Suspect[];
  /** What the upstream has of them. Suspects without a message do not exist there. */
  readonly messages: readonly ObjectMessage[];
  readonly look: number;
  /** Time of the database's clock when the comparison began, RFC 3339. */
  readonly startedAt: string;
  /** Time of the database's clock before the upstream was asked, RFC 3339. */
  readonly requestedAt: string;
  /** How the messages were observed. */
  readonly via: "POLL" | "READ_THROUGH";
}

export interface Confirmed {
  readonly repaired: number;
  readonly events: readonly NewEvent[];
}
