import { type DriftRow, findDrifts } from "../../reconcile/balance-chain/find-drift.ts";
import {
  type ChainBasis,
  findBases,
  findLedgerLinks,
  findStatementBreaks,
  findStatementLinks,
  type LinkRequest,
  type LinkRow,
  type StatementChain,
} from "../../reconcile/balance-chain/find-links.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/** What an account's chain is made of. */
export interface ChainBasisModel {
  readonly accountId: string;
  readonly basis: ChainBasis;
}

/** Loads what an account's chain is made of; undefined if it has neither a ledger with balances nor statements. */
export const chainBasisByAccount: LoaderSpec<string, ChainBasisModel | undefined> = {
  key: (accountId) => accountId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => inOrder(ids, await findBases(tx, ids), ({ accountId }) => accountId)),
};

/** Loads the drift of an account's chains, by currency. */
export const driftsByAccount: LoaderSpec<string, readonly DriftRow[]> = {
  key: (accountId) => accountId,
  maxBatch: 100, // each may have some thousand days
  load: reading(async (tx, ids) => grouped(ids, await findDrifts(tx, ids), ({ accountId }) => accountId)),
};

/** A page of one chain. */
export interface ChainPage extends LinkRequest {
  readonly basis: ChainBasis;
}

/** Loads a page of links, in the order of days. */
export const linksByChain: LoaderSpec<ChainPage, readonly LinkRow[]> = {
  key: (page) => JSON.stringify(page),
  maxBatch: 100, // each may have some thousand days
  load: reading(async (tx, pages) => {
    const found = new Map<ChainPage, LinkRow[]>(pages.map((page) => [page, []]));
    for (const [basis, some] of Map.groupBy(pages, (page) => page.basis)) {
      const rows = await (basis === "LEDGER" ? findLedgerLinks(tx, some) : findStatementLinks(tx, some));
      for (const row of rows) {
        const page = some[Number(row.position) - 1];
        if (page !== undefined) found.get(page)?.push(row);
      }
    }
    return pages.map((page) => found.get(page) ?? []);
  }),
};

/** Loads whether a chain of statements agrees. */
export const statementChainState: LoaderSpec<StatementChain, "AGREES" | "BROKEN"> = {
  key: ({ accountId, currency, from, to }) => JSON.stringify([accountId, currency, from, to]),
  maxBatch: 100, // each may have some thousand statements
  load: reading(async (tx, chains) => {
    const broken = new Set(
      (await findStatementBreaks(tx, chains)).flatMap((row) => (row.isBroken ? [Number(row.position)] : [])),
    );
    return chains.map((_chain, index) => (broken.has(index + 1) ? "BROKEN" : "AGREES"));
  }),
};
