import { linkTo } from "../../state/route.ts";

/** What a query in GraphiQL selects of an object that has no page, by the prefix of its global id. */
export const SELECTIONS: Readonly<Record<string, string>> = {
  acc: "... on Account { externalId name kind }",
  dis: "... on Dispute { externalId status amount { amount currency } }",
  led: "... on LedgerEntry { externalId gross { amount currency } net { amount currency } createdAt }",
  pay: "... on Payment { externalId status amount { amount currency } createdAt }",
  ref: "... on Refund { externalId status amount { amount currency } }",
};

/** Returns the query by which GraphiQL displays an object. */
export const queryOf = (id: string, selection: string): string =>
  `query Object {\n  node(id: ${JSON.stringify(id)}) {\n    __typename\n    id\n    ${selection}\n  }\n}\n`;

/**
 * Returns the address at which an object is displayed: its page, or a query in GraphiQL that its reader can run.
 * @returns undefined for text that is no global id, or one of an object that nothing displays
 */
export function placeOfObject(id: string): string | undefined {
  const [, prefix = ""] = /^([a-z]{3})_[A-Za-z0-9_-]{22}$/.exec(id) ?? [];
  switch (prefix) {
    case "pot":
    case "btx":
      return linkTo("reconciliation", id, { result: "all" });
    case "stm":
      return linkTo("money", id);
    case "dlv":
      return linkTo("deliveries", id);
    case "qua":
      return linkTo("quarantine", id, { status: "all" });
    case "fnd":
      return linkTo("findings", id);
    case "run":
      return linkTo("runs", id);
    default: {
      const selection = SELECTIONS[prefix];
      return selection && `/graphql#${new URLSearchParams({ query: queryOf(id, selection) }).toString()}`;
    }
  }
}
