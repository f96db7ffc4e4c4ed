import type { BalanceAccountsQuery } from "../../operations/__generated__/operations.ts";
import { balanceAccountsDocument, balanceChainDocument } from "../../operations/balances.ts";
import { formatMoney } from "../../format/money.ts";
import { dayOf } from "../../format/time.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { useQuery } from "../../state/use-query.ts";
import { Empty, Loading, Problem, SourceLink, State, words } from "../../ui/elements.tsx";
import { Select } from "../../ui/form.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import { CHAIN_TONES, ChainDetails } from "./chain-details.tsx";

type Account = BalanceAccountsQuery["accounts"]["nodes"][number];

/** Days of links that are read. */
const DAYS = 62;
const DAY_MS = 86_400_000;
/** Balances are compared in the background, without an event. */
const EVERY_MS = 60_000;

/** Accounts of ours, and whether their balances are the sum of their entries. */
export function Balances() {
  const { now } = useApp();
  const { id, params } = route.value;
  const { source, chain, after } = params;
  const filter = {
    ownership: "INTERNAL" as const,
    ...(source !== undefined && { sourceIds: [source] }),
    ...(chain === "BROKEN" && { balanceChain: [chain] as const }),
  };
  const { data, error, reload } = useQuery(balanceAccountsDocument, { filter, after: after ?? null });
  const from = dayOf(now.value - DAYS * DAY_MS);
  const { nodes = [], pageInfo } = data?.accounts ?? {};
  const open = nodes.find((account) => id?.startsWith(`${account.id} `));
  return (
    <>
      <div class="filters">
        <SourceSelect />
        <Select
          label="Chain"
          value={chain ?? ""}
          options={[
            ["", "All"],
            ["BROKEN", "Broken"],
          ]}
          onChange={(value) => setParams({ chain: value, after: undefined })}
        />
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined &&
        nodes.length === 0 &&
        (chain === undefined ? (
          <Empty title="No account of ours is known.">They appear with the first sync of a processor or a bank.</Empty>
        ) : (
          <Empty title="No chain is broken.">No finding about the balances of an account of ours is open.</Empty>
        ))}
      {nodes.length > 0 && (
        <div class={`list-and-details ${open === undefined ? "" : "has-details"}`}>
          <div class="list">
            <AccountTable accounts={nodes} from={from} openId={id} />
            <div class="actions">
              {after !== undefined && (
                <button type="button" class="small" onClick={() => setParams({ after: undefined })}>
                  First accounts
                </button>
              )}
              {pageInfo?.hasNextPage === true && (
                <button
                  type="button"
                  class="small"
                  onClick={() => setParams({ after: pageInfo.endCursor ?? undefined })}
                >
                  Further accounts
                </button>
              )}
            </div>
          </div>
          {open !== undefined && id !== undefined && (
            <ChainDetails
              key={id}
              id={open.id}
              name={nameOf(open)}
              currency={id.slice(open.id.length + 1)}
              from={from}
            />
          )}
        </div>
      )}
    </>
  );
}

const nameOf = ({ name, externalId }: Account): string => name ?? externalId;

/** Currencies in which the account has balances; its own one, if none is known. */
function currenciesOf({ currency, balances }: Account): readonly string[] {
  const found = (balances ?? []).flatMap(({ money }) => (money === null ? [] : [money.currency]));
  return [...new Set([...found, ...(found.length === 0 && currency !== null ? [currency] : [])])].toSorted();
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly from: string;
  readonly openId: string | undefined;
}

function AccountTable({ accounts, from, openId }: AccountTableProps) {
  return (
    <TableBox label="Table of balances">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Currency</th>
            <th scope="col">Chain</th>
            <th scope="col" class="number">
              Differs by
            </th>
            <th scope="col">Since</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {accounts.flatMap((account) =>
            currenciesOf(account).map((currency) => (
              <ChainRow
                key={`${account.id} ${currency}`}
                account={account}
                currency={currency}
                from={from}
                isOpen={openId === `${account.id} ${currency}`}
              />
            )),
          )}
        </tbody>
      </table>
    </TableBox>
  );
}

interface ChainRowProps {
  readonly account: Account;
  readonly currency: string;
  readonly from: string;
  readonly isOpen: boolean;
}

function ChainRow({ account, currency, from, isOpen }: ChainRowProps) {
  const { data, error } = useQuery(
    balanceChainDocument,
    { id: account.id, currency, from, first: 1 },
    {
      concerns: ({ __typename: type }) => type === "FindingOpened" || type === "FindingClosed",
      everyMs: EVERY_MS,
    },
  );
  const node = data?.node;
  const chain = node?.__typename === "Account" ? node.balanceChain : undefined;
  return (
    <tr class={isOpen ? "open" : ""}>
      <th scope="row">
        <a
          data-focus="open"
          class="id"
          href={linkTo("reconciliation", `${account.id} ${currency}`, route.value.params)}
        >
          {nameOf(account)}
        </a>
      </th>
      <td>{currency}</td>
      <td>
        {error ??
          (chain === undefined ? (
            "…"
          ) : chain === null ? (
            <span class="none">no chain</span>
          ) : (
            <State tone={CHAIN_TONES[chain.state]}>{words(chain.state)}</State>
          ))}
      </td>
      <td class="number">{chain?.drift && formatMoney(chain.drift.difference)}</td>
      <td>{chain?.drift && <time dateTime={chain.drift.firstDay}>{chain.drift.firstDay}</time>}</td>
      <td>
        <SourceLink id={account.source.id} />
      </td>
    </tr>
  );
}
