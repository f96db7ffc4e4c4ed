import type { BalanceChainQuery } from "../../operations/__generated__/operations.ts";
import { balanceChainDocument } from "../../operations/balances.ts";
import { formatMoney, isZero } from "../../format/money.ts";
import { useQuery } from "../../state/use-query.ts";
import { Details } from "../../ui/details.tsx";
import { Facts, Loading, Problem, State, Time, type Tone, words } from "../../ui/elements.tsx";
import { TableBox } from "../../ui/table-box.tsx";

type Node = NonNullable<BalanceChainQuery["node"]>;
type Chain = NonNullable<Extract<Node, { readonly __typename: "Account" }>["balanceChain"]>;
type Link = Chain["links"]["nodes"][number];

export const CHAIN_TONES: Readonly<Record<Chain["state"], Tone>> = {
  AGREES: "good",
  BROKEN: "bad",
  PENDING: "busy",
  OPENING_UNKNOWN: "idle",
};

const SENTENCES: Readonly<Record<Chain["state"], string>> = {
  AGREES: "The newest balance that can be compared is the sum of all entries.",
  BROKEN: "The newest balance is not the sum of its entries.",
  PENDING: "No balance can be compared yet: its ledger was not read to its end since.",
  OPENING_UNKNOWN: "The ledger may begin after the account does: only the links can be compared.",
};

const LISTED = 100;

export interface ChainDetailsProps {
  /** Global id of the account. */
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** First day of the links. */
  readonly from: string;
}

/** The links of a chain of balances, and where it broke. */
export function ChainDetails({ id, name, currency, from }: ChainDetailsProps) {
  const { data, error, reload } = useQuery(balanceChainDocument, { id, currency, from, first: LISTED });
  const node = data?.node;
  const chain = node?.__typename === "Account" ? node.balanceChain : undefined;
  return (
    <Details title={`${name}, ${currency}`}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {chain === null && <p>It has neither a ledger with balances nor statements, so there is no chain.</p>}
      {chain !== null && chain !== undefined && (
        <>
          <p>
            <State tone={CHAIN_TONES[chain.state]}>{words(chain.state)}</State> {SENTENCES[chain.state]}
          </p>
          {chain.drift !== null && <Drift drift={chain.drift} />}
          <Links links={chain.links.nodes} />
        </>
      )}
    </Details>
  );
}

function Drift({ drift }: { readonly drift: NonNullable<Chain["drift"]> }) {
  return (
    <section aria-label="Where it broke">
      <Facts
        facts={[
          ["Differs by", <strong class="alarm">{formatMoney(drift.difference)}</strong>],
          ["First day", drift.firstDay],
          ["Difference on that day", formatMoney(drift.firstDifference)],
          ["Last day that agreed", drift.lastAgreedDay ?? "none"],
          ["Cause between", <Time at={drift.since} none="the beginning" />],
          ["and", <Time at={drift.until} />],
        ]}
      />
      <h3>Entries that account for it</h3>
      {drift.candidates.length === 0 && (
        <p class="hint">None of that time: an entry of this amount is missing here, or several are wrong.</p>
      )}
      <ul>
        {drift.candidates.map(({ entry, reason }, index) => (
          <li key={entry?.id ?? index}>
            <span class="id">{entry?.externalId ?? "an entry that no longer exists"}</span>{" "}
            {entry?.net && formatMoney(entry.net)} <span class="under">{words(reason)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Links({ links }: { readonly links: readonly Link[] }) {
  if (links.length === 0) return <p class="hint">No balance of these days is known.</p>;
  return (
    <TableBox label="Links of the chain">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">
              Opening
            </th>
            <th scope="col" class="number">
              Entries
            </th>
            <th scope="col" class="number">
              Closing
            </th>
            <th scope="col" class="number">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map((link, index) => (
            <tr key={index}>
              <td>
                <time dateTime={link.day}>{link.day}</time>
              </td>
              <td class="number">{link.opening === null ? "unknown" : formatMoney(link.opening)}</td>
              <td class="number">
                {link.entriesSum === null ? "not added up" : formatMoney(link.entriesSum)}{" "}
                {link.entryCount !== null && <span class="under">{link.entryCount}</span>}
              </td>
              <td class="number">{formatMoney(link.closing)}</td>
              <td class="number">
                <DifferenceOf link={link} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function DifferenceOf({ link: { difference, gap, isComparable } }: { readonly link: Link }) {
  const found = [difference, gap].filter((money) => money !== null).filter(({ amount }) => !isZero(amount));
  if (!isComparable) return <span class="none">not read yet</span>;
  if (found.length === 0) return <span class="none">{difference === null ? "unknown" : "none"}</span>;
  return <strong class="alarm">{found.map(formatMoney).join(", gap ")}</strong>;
}
