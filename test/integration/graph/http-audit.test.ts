import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
});
afterAll(async () => graph[Symbol.asyncDispose]());

const audits = serverAudits({ url: () => `${graph.url}/graphql`, fetchFn: fetch });

describe("GraphQL over HTTP", () => {
  test.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (name, audit) => {
    const result = await audit.fn();
    const reason = "reason" in result ? result.reason : "";
    // A SHOULD may be decided otherwise (`warn`), a MAY need not hold (`notice`), neither may break (`error`).
    const allowed = name.startsWith("MUST ") ? ["ok"] : ["ok", "warn", "notice"];
    expect({ allowed, reason, passed: allowed.includes(result.status) }).toEqual({ allowed, reason, passed: true });
  });
});
