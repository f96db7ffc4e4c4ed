import { expect, test } from "@jest/globals";
import { CONNECTIONS, type ConnectionShares, shareConnections } from "./connection-shares.ts";

const sumOf = (shares: ConnectionShares) =>
  Object.values(shares).reduce((sum: number, share: number) => sum + share, 0);

test("by default the connections are divided as the documentation says", () => {
  expect(shareConnections(CONNECTIONS.default, false)).toEqual({
    graph: 6,
    background: 6,
    inbox: 4,
    budgets: 2,
    readiness: 1,
    listening: 2,
    maintenance: 1,
    presence: 0,
  });
  expect(shareConnections(CONNECTIONS.default, true)).toMatchObject({ presence: 1, background: 6 });
});

test("for every allowed number all connections are given away, and every share has enough for its work", () => {
  for (let total: number = CONNECTIONS.min; total <= CONNECTIONS.max; total += 1) {
    for (const isEmbedded of [true, false]) {
      const shares = shareConnections(total, isEmbedded);
      expect(sumOf(shares)).toBe(total);
      const { graph, background, inbox, budgets } = shares;
      expect([graph >= 2, background >= 2, inbox >= 2, budgets >= 1]).toEqual([true, true, true, true]);
    }
  }
});

test("with one connection less than the least allowed number, the background would have only one", () => {
  expect(shareConnections(CONNECTIONS.min - 1, true).background).toBe(1);
});
