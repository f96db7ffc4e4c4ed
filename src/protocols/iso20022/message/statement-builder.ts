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

/** One statement in the making. Its parts may come in any order. */
export class StatementBuilder {
  readonly #place: StatementPlace;
  readonly #head: XmlElement[] = [];
  readonly #balances: CamtBalance[] = [];
  readonly #faults: CamtFault[];
  readonly #totals = new Totals();
  readonly #byStatus = new Map<string, number>();
  readonly #counts = { entries: 0, faulty: 0, details: 0 };
  readonly #verdicts = { equal: 0, differ: 0, none: 0 };
  #balanceCount = 0;
  #firstBooked: string | undefined;
  #lastBooked: string | undefined;

  /** `faults` are those that were found before. */
  constructor(place: StatementPlace, faults: readonly CamtFault[]) {
    this.#place = place;
    this.#faults = [...faults];
  }

  /** One of `HEAD_ELEMENTS`. Of more than two alike, two are enough to see the fault. */
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
    // The parser's texts are slices that hold the piece of the file that they were cut from; a clone holds itself only.
    else this.#balances.push(structuredClone(result.value));
  }

  /** Counts an entry, and gives it its place. */
  entry(built: BuiltEntry): CamtEntryItem {
    const index = this.#counts.entries++;
    const at = { index, path: `${this.#place.path}/Ntry[${index + 1}]` };
    if ("fault" in built) {
      this.#counts.faulty++;
      return { ...at, fault: built.fault };
    }
    this.#counts.details += built.details;
    this.#verdicts[built.verdict]++;
    this.#countStatus(built.entry);
    return { ...at, entry: built.entry };
  }

  #countStatus({ status, amount, direction, bookingDate }: CamtEntry): void {
    const key = status ?? "";
    if (!this.#byStatus.has(key) && this.#byStatus.size === CAMT_LIMITS.statuses) {
      refuse("LIMIT_EXCEEDED", `the entries of a statement have more than ${CAMT_LIMITS.statuses} different statuses`);
    }
    this.#byStatus.set(key, (this.#byStatus.get(key) ?? 0) + 1);
    if (status !== undefined && status !== "BOOK") return;
    this.#totals.add(amount, direction);
    if (bookingDate === undefined) return;
    const { date } = bookingDate; // ISO dates sort as text
    if (this.#firstBooked === undefined || date < this.#firstBooked) this.#firstBooked = date;
    if (this.#lastBooked === undefined || date > this.#lastBooked) this.#lastBooked = date;
  }

  finish(messagePage: StatementHead["page"]): CamtStatement {
    // The order of the file, so that a fault's path counts as the file does.
    const element: XmlElement = { name: "", parent: undefined, currency: undefined, text: "", children: this.#head };
    const faults = [...this.#faults];
    const head = toStatementHead(element, messagePage, faults);
    return {
      ...this.#place,
      ...head,
      balances: this.#balances,
      faults,
      totals: this.#totals.toTotals(),
      counts: {
        ...this.#counts,
        byStatus: Object.fromEntries(this.#byStatus),
        detailsEqual: this.#verdicts.equal,
        detailsDiffer: this.#verdicts.differ,
        detailsNone: this.#verdicts.none,
      },
      firstBooked: this.#firstBooked,
      lastBooked: this.#lastBooked,
    };
  }
}
