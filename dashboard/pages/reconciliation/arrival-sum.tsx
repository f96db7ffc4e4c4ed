import { decimalOf, formatMoney } from "../../format/money.ts";
import { words } from "../../ui/elements.tsx";
import { SumTable } from "../../ui/sum-table.tsx";
import { ItemLink } from "./item-link.tsx";
import type { Item, Result } from "./item.ts";
import { largestOf, subtract, type SumPart } from "./sum-parts.ts";

type Link = Result["links"][number];
type Residue = NonNullable<Result["residue"]>;

const RESIDUES: Readonly<Record<Residue["kind"], string>> = {
  FEE: "Declared fee",
  EXCHANGE: "Exchange",
  ACCEPTED: "Accepted difference",
};

export interface ArrivalSumProps {
  readonly item: Item;
  readonly result: Result;
}

/** The amount against what it is matched with, and what remains of it by its name. */
export function ArrivalSum({ item, result }: ArrivalSumProps) {
  const { amount, links, residue, state } = result;
  const isPayout = item.__typename === "Payout";
  const rest = subtract(
    amount,
    links.map((link) => link.amount),
  );
  const exponent = rest?.exponent ?? amount.exponent;
  const text = (minor: bigint): string =>
    formatMoney({ amount: decimalOf(minor, exponent), currency: amount.currency });
  const scaled = (money: Link["amount"]): bigint => BigInt(money.minor) * 10n ** BigInt(exponent - money.exponent);
  const remainder: SumPart = {
    name: residue === null ? (isPayout ? "Not at the bank" : "Without a payout") : RESIDUES[residue.kind],
    minor: rest?.minor ?? 0n,
    isResidue: true,
  };
  const parts: readonly SumPart[] = [
    ...links.map((link) => ({ ...nameOf(link, isPayout), minor: scaled(link.amount) })),
    ...(remainder.minor === 0n ? [] : [remainder]),
  ];
  const total: SumPart = { name: isPayout ? "Payout" : "Bank transaction", minor: scaled(amount) };
  return (
    <section aria-label="Sum of the match">
      <h3>{isPayout ? "What arrived of it" : "What it consists of"}</h3>
      <SumTable
        caption={`Sum of the match of ${item.externalId}`}
        rows={[
          ...parts.map((part) => ({
            ...part,
            text: text(part.minor),
            kind: part.isResidue ? ("residue" as const) : undefined,
          })),
          { ...total, text: text(total.minor), kind: "total" },
        ]}
        largest={largestOf([...parts, total])}
        sentence={sentenceOf(result, remainder.minor, state)}
      />
      <Exchanges residue={residue} />
      <Links links={links} isPayout={isPayout} />
    </section>
  );
}

function nameOf(
  { payout, bankTransaction }: Link,
  isPayout: boolean,
): { readonly name: string; readonly note?: string } {
  if (isPayout)
    return {
      name: "Bank transaction",
      note: `${bankTransaction?.source.id ?? "deleted"}, ${bankTransaction?.bookingDate ?? "no day"}`,
    };
  return { name: "Payout", note: `${payout?.source.id ?? "deleted"}, ${payout?.arrivalDate ?? "no day"}` };
}

function sentenceOf({ residue, links }: Result, remainder: bigint, state: Result["state"]): string {
  if (state === "CONFLICT")
    return "A person has matched it, and the facts have changed since: undo the decision, or correct it.";
  if (residue !== null) {
    const reason =
      residue.kind !== "EXCHANGE"
        ? words(RESIDUES[residue.kind])
        : residue.exchanges.length > 0
          ? "compared by the amount that was instructed in the currency of the payout"
          : "converted exactly by the rule of the route";
    return `Paid out minus arrived: ${formatMoney(residue.amount)}, ${reason}.`;
  }
  if (links.length === 0)
    return state === "TIMING" ? "Nothing is matched yet, within the usual days." : "Nothing is matched.";
  return remainder === 0n ? "The parts are exactly the amount." : "The parts are not the amount.";
}

/** What the bank has converted: the instructed amount is drawn, and this is what was booked of it. */
function Exchanges({ residue }: { readonly residue: Residue | null }) {
  if (residue === null || residue.exchanges.length === 0) return null;
  return (
    <ul>
      {residue.exchanges.map(({ instructed, booked, rate, unitCurrency, bankTransaction }, index) => (
        <li key={bankTransaction?.id ?? index}>
          {`Instructed ${formatMoney(instructed)}, booked as ${formatMoney(booked)}`}
          {rate === null ? ", without a stated rate" : `, at the bank's rate of ${rate}`}
          {unitCurrency === null || rate === null ? "" : ` for 1 ${unitCurrency}`}
        </li>
      ))}
    </ul>
  );
}

function Links({ links, isPayout }: { readonly links: readonly Link[]; readonly isPayout: boolean }) {
  if (links.length === 0) return null;
  return (
    <ul>
      {links.map(({ payout, bankTransaction }) => {
        const other = isPayout ? bankTransaction : payout;
        return other === null ? null : (
          <li key={other.id}>
            <ItemLink id={other.id} text={other.externalId} />
          </li>
        );
      })}
    </ul>
  );
}
