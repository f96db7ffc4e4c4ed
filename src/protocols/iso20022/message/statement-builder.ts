import type { CamtBalance, CamtEntry, CamtEntryItem, CamtFault, CamtStatement } from "../camt.ts";
import { CAMT_LIMITS } from "../limits.ts";
import { type StatementHead, toBalance, toStatementHead } from "../map/statement.ts";
import { catchFault } from "../map/values.ts";
import { refuse } from "../refuse.ts";
import type { XmlElement } from "../xml/element.ts";
import type { BuiltEntry } from "./entry-builder.ts";
import { Totals } from "./totals.ts";

export interface StatementPlace {
  readonly index: number;
  /** XPath of the statement. */
  readonly path: string;
}

/** Builder of one statement. Its parts may arrive in any order. */
export class StatementBuilder {
  readonly #place: StatementPlace;
  readonly #head: XmlElement[] = [];
  readonly #balances: CamtBalance[] = [];
  readonly #faults: CamtFault[];
  readonly #totals = { booked: new Totals(), pending: new Totals(), other: new Totals() };
  readonly #byStatus = new Map<string, number>();
  readonly #counts = { entries: 0, faulty: 0, details: 0 };
  readonly #comparisons = { equal: 0, differ: 0, none: 0 };
  #balanceCount = 0;
  #firstBooked: string | undefined;
  #lastBooked: string | undefined;

  /** `faults` are those that were found before. */
  constructor(place: StatementPlace, faults: readonly CamtFault[]) {
    this.#place = place;
    this.#faults = [...faults];
  }

  /** Adds one of `HEAD_ELEMENTS`. Of several elements with the same name, two are enough to detect the fault. */
  head(element: XmlElement): void {
    if (this.#head.filter(({ name }) => name === element.name).length < 2) this.#head.push(element);
  }

  balance(element: XmlElement): void {
    this.#balanceCount++;
    if (this.#balanceCount > CAMT_LIMITS.balances) {
      refuse("LIMIT_EXCEEDED", `a statement has more than ${CAMT_LIMITS.balances} balances`);
    }
    const result = catchFault(() => toBalance(element), `Bal[${this.#balanceCount}]`);
    if ("fault" in result) this.#faults.push(result.fault);
    // The parser's texts are slices that keep the chunk of the file that they were cut from in memory; a clone keeps
    // only itself.
    else this.#balances.push(structuredClone(result.value));
  }

  /** Counts an entry, and assigns its position. */
  entry(built: BuiltEntry): CamtEntryItem {
    const index = this.#counts.entries++;
    const at = { index, path: `${this.#place.path}/Ntry[${index + 1}]` };
    if ("fault" in built) {
      this.#counts.faulty++;
      return { ...at, fault: built.fault };
    }
    this.#counts.details += built.details;
    this.#comparisons[built.comparison]++;
    this.#countStatus(built.entry);
    return { ...at, entry: built.entry };
  }

  #countStatus({ status, amount, direction, bookingDate }: CamtEntry): void {
    const key = status ?? "";
    if (!this.#byStatus.has(key) && this.#byStatus.size === CAMT_LIMITS.statuses) {
      refuse("LIMIT_EXCEEDED", `the entries of a statement have more than ${CAMT_LIMITS.statuses} different statuses`);
    }
    this.#byStatus.set(key, (this.#byStatus.get(key) ?? 0) + 1);
    const isBooked = status === undefined || status === "BOOK";
    this.#totals[isBooked ? "booked" : status === "PDNG" ? "pending" : "other"].add(amount, direction);
    if (!isBooked) return;
    if (bookingDate === undefined) return;
    const { date } = bookingDate; // ISO dates sort as text
    if (this.#firstBooked === undefined || date < this.#firstBooked) this.#firstBooked = date;
    if (this.#lastBooked === undefined || date > this.#lastBooked) this.#lastBooked = date;
  }

  finish(messagePage: StatementHead["page"]): Omit<CamtStatement, "unknownElements"> {
    // Elements in the order of the file, so that a fault's path uses the same indexes as the file.
    const element: XmlElement = { name: "", parent: undefined, currency: undefined, text: "", children: this.#head };
    const faults = [...this.#faults];
    const head = toStatementHead(element, messagePage, faults);
    return {
      ...this.#place,
      ...head,
      balances: this.#balances,
      faults,
      totals: this.#totals.booked.toTotals(),
      unbookedTotals: { pending: this.#totals.pending.toTotals(), other: this.#totals.other.toTotals() },
      counts: {
        ...this.#counts,
        byStatus: Object.fromEntries(this.#byStatus),
        detailsEqual: this.#comparisons.equal,
        detailsDiffer: this.#comparisons.differ,
        detailsNone: this.#comparisons.none,
      },
      firstBooked: this.#firstBooked,
      lastBooked: this.#lastBooked,
    };
  }
}
