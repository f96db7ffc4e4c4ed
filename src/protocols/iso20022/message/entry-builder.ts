import type { CamtEntry, CamtFault } from "../camt.ts";
import { CAMT_LIMITS } from "../limits.ts";
import { type PendingDetail, resolveDirection, toDetail } from "../map/detail.ts";
import { toEntry } from "../map/entry.ts";
import { catchFault } from "../map/values.ts";
import { refuse } from "../refuse.ts";
import type { XmlElement } from "../xml/element.ts";
import { DetailSum, type DetailComparison } from "./detail-sum.ts";
import { BATCH } from "./outbox.ts";

/** Result of an Ntry. */
export type BuiltEntry =
  | { readonly entry: CamtEntry; readonly details: number; readonly comparison: DetailComparison }
  | { readonly fault: CamtFault };

export interface EntryBuilderOptions {
  /** Receives details that are too many to wait for their entry; undefined if details are only summed. */
  readonly ship: ((details: readonly PendingDetail[]) => void) | undefined;
}

/** Characters of text after which details are sent, however few they are. */
const SHIP_TEXT = 128 * 1_024;

/** Builder of one entry: its details arrive one by one, and the entry itself last. */
export class EntryBuilder {
  readonly #ship: EntryBuilderOptions["ship"];
  readonly #sum = new DetailSum();
  #details: PendingDetail[] = [];
  #shippedText = 0;
  #fault: CamtFault | undefined;
  /** Ordinals for the paths of faults, from 1. */
  #group = 0;
  #inGroup = 0;

  constructor({ ship }: EntryBuilderOptions) {
    this.#ship = ship;
  }

  /** Begins an NtryDtls. */
  beginGroup(): void {
    this.#group++;
    this.#inGroup = 0;
  }

  /** Adds a complete TxDtls; `textLength` is that of the entry so far. */
  detail(element: XmlElement, textLength: number): void {
    this.#inGroup++;
    if (this.#sum.count === CAMT_LIMITS.details) {
      refuse("LIMIT_EXCEEDED", `an entry has more than ${CAMT_LIMITS.details} details`);
    }
    const result = catchFault(() => toDetail(element), this.#pathOfDetail());
    if ("fault" in result) {
      this.#fault ??= result.fault;
      this.#sum.add(undefined, undefined);
      return;
    }
    this.#sum.add(result.value.amount, result.value.direction);
    if (this.#ship === undefined) return;
    this.#details.push(result.value);
    if (this.#details.length < BATCH && textLength - this.#shippedText < SHIP_TEXT) return;
    this.#ship(this.#details);
    this.#details = [];
    this.#shippedText = textLength;
  }

  #pathOfDetail(): string {
    const step = `TxDtls[${this.#inGroup}]`;
    return this.#group === 0 ? step : `NtryDtls[${this.#group}]/${step}`; // .01 has TxDtls directly below Ntry
  }

  /** Completes the Ntry. */
  finish(element: XmlElement): BuiltEntry {
    const result = catchFault(() => toEntry(element));
    if ("fault" in result) return result;
    if (this.#fault !== undefined) return { fault: this.#fault };
    const { amount, direction } = result.value;
    const details = this.#details.map((detail) => resolveDirection(detail, direction));
    return {
      entry: { ...result.value, details },
      details: this.#sum.count,
      comparison: this.#sum.compareWith(amount, direction),
    };
  }
}
