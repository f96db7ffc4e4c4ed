import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { SignJWT } from "jose";
import { type AlertReceiver, startAlertReceiver } from "../../helpers/alert-receiver.ts";
import { alertUseCases } from "../../helpers/alert-use-cases.ts";
import { type AlertWorld, useAlertWorld } from "../../helpers/alert-world.ts";
import { codeBlock } from "../../helpers/documents.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";

const SECRET = "a secret of thirty-two characters";

let world: AlertWorld;
let graph: GraphServer;
let receiver: AlertReceiver;
beforeAll(async () => {
  world = await useAlertWorld();
  receiver = await startAlertReceiver();
  const useCases = alertUseCases(world.start());
  const auth = { kind: "secret", secret: SECRET } as const;
  graph = await useGraphServer(
    { useCases, auth },
    { connection: world.store.connection, close: async () => undefined },
  );
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function ask(query: string, variables: Readonly<Record<string, unknown>> = {}, scope = "admin", tenant = "acme") {
  const jwt = new SignJWT({ tenant, scope, sub: "kim" }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return graph.query(query, { variables, headers: { authorization: `Bearer ${token}` } });
}

const example = (name: string): string => codeBlock("example", name, "graphql");
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();
const ENDPOINT =
  "id name origin form minSeverity sourceIds status mutedUntil createdBy failingSince error lastDeliveredAt";

test("an endpoint is made, changed, tested, given another secret and deleted", async () => {
  const { data, errors } = await ask(example("create-alert-endpoint"), { url: receiver.url });
  expect(errors).toEqual([]);
  const { secret, endpoint } = data.createAlertEndpoint;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(endpoint).toMatchObject({ name: "on-call", origin: receiver.server.url, status: "ACTIVE" });
  const { id } = endpoint;

  const changed = await ask(
    `mutation ($input: UpdateAlertEndpointInput!) { updateAlertEndpoint(input: $input) { ${ENDPOINT} } }`,
    {
      input: { id, name: "night shift", minSeverity: "CRITICAL", sourceIds: ["main"], mutedUntil: IN_AN_HOUR },
    },
  );
  expect(changed.data.updateAlertEndpoint).toMatchObject({
    name: "night shift",
    minSeverity: "CRITICAL",
    sourceIds: ["main"],
    mutedUntil: IN_AN_HOUR,
    createdBy: "kim",
  });

  const tested = await ask(`mutation { sendTestAlert(endpointId: "${id}") { id type status endpoint { name } } }`);
  expect(tested.data.sendTestAlert).toMatchObject({ type: "TEST", endpoint: { name: "night shift" } });
  const alertId = tested.data.sendTestAlert.id as string;
  const delivered = await eventually("the test to be delivered", async () => {
    const answer = await ask(
      `{ alert(id: "${alertId}") { status attempts responseStatus attemptLog { responseStatus error } } }`,
    );
    return answer.data.alert.status === "DELIVERED" && answer.data.alert;
  });
  expect(delivered).toMatchObject({
    attempts: 1,
    responseStatus: 204,
    attemptLog: [{ responseStatus: 204, error: null }],
  });

  const rotated = await ask(`mutation { rotateAlertSecret(id: "${id}") { secret endpoint { id } } }`);
  expect(rotated.data.rotateAlertSecret.secret).not.toBe(secret);
  await ask(`mutation { resendAlert(id: "${alertId}") { id status } }`);
  await eventually("the test to arrive again", () => receiver.calls.length === 2);
  const deleted = await ask(`mutation { deleteAlertEndpoint(id: "${id}") { id } }`);
  expect(deleted.data).toEqual({ deleteAlertEndpoint: { id } });
  const history = await ask(
    `{ alertEndpoint(id: "${id}") { id } alerts(first: 5) { totalCount { count } nodes { id endpoint { id } } } }`,
  );
  expect(history.data).toEqual({
    alertEndpoint: null,
    alerts: { totalCount: { count: 1 }, nodes: [{ id: alertId, endpoint: null }] },
  });
  expect(JSON.stringify([data.createAlertEndpoint.endpoint, changed, tested, history])).not.toContain("canary");
  expect(graph.logged()).not.toContain("canary");
});

test("the history is paged, filtered and leads to the finding with its severity", async () => {
  const { id } = await world.endpoint(receiver.url);
  const findingId = await world.open("in history");
  await world.open("second", { kind: "UNKNOWN_FIELD" });
  await eventually(
    "both",
    async () => (await world.messages()).filter(({ status }) => status === "DELIVERED").length >= 3,
  );
  const PAGE = `query ($after: String, $filter: AlertFilter) { alerts(first: 1, after: $after, filter: $filter) {
    nodes { severity finding { id severity } source { id } } pageInfo { hasNextPage endCursor } } }`;
  const filter = { endpointIds: [id], status: ["DELIVERED"], sourceIds: ["main"] };
  const first = await ask(PAGE, { filter }, "read");
  const second = await ask(PAGE, { filter, after: first.data.alerts.pageInfo.endCursor }, "read");
  expect([first, second].map((page) => page.data.alerts.pageInfo.hasNextPage)).toEqual([true, false]);
  const nodes = [first, second].flatMap((page) => page.data.alerts.nodes as { severity: string }[]);
  expect(nodes.map(({ severity }) => severity).toSorted()).toEqual(["CRITICAL", "INFO"]);
  expect(nodes).toContainEqual({
    severity: "CRITICAL",
    finding: { id: findingId, severity: "CRITICAL" },
    source: { id: "main" },
  });
  const documented = await ask(example("alert-history"), {}, "read");
  expect(documented.errors).toEqual([]);
  const foreign = await ask(PAGE, { filter: { endpointIds: [id] } }, "read", "umbrella");
  expect(foreign.data.alerts.nodes).toEqual([]);
});

test("mutings are made, listed and ended", async () => {
  const muted = await ask(example("mute-alerts").replace('"bank"', '"main"'), { until: IN_AN_HOUR });
  expect(muted.errors).toEqual([]);
  const { id } = muted.data.muteAlerts;
  const listed = await ask("{ alertMutes { id sourceId kind until reason createdBy } }", {}, "read");
  expect(listed.data.alertMutes).toEqual([
    { id, sourceId: "main", kind: null, until: IN_AN_HOUR, reason: "The bank migrates tonight", createdBy: "kim" },
  ]);
  expect((await ask(`mutation { unmuteAlerts(id: "${id}") { id } }`)).data).toEqual({ unmuteAlerts: { id } });
  expect((await ask("{ alertMutes { id } }")).data).toEqual({ alertMutes: [] });
});

test("a mistake is refused with the name of its field, and nothing is changed", async () => {
  const create = (input: object) =>
    ask("mutation ($input: CreateAlertEndpointInput!) { createAlertEndpoint(input: $input) { secret } }", { input });
  const valid = { name: "x", url: receiver.url };
  const before = await ask("{ alertEndpoints { id } }");
  const mistakes = [
    [{ ...valid, name: " " }, "input.name must have 1 to 100 characters"],
    [{ ...valid, url: "canary" }, "input.url must be an http or https URL"],
    [{ ...valid, sourceIds: [] }, "input.sourceIds must have 1 to 100 names"],
    [{ ...valid, sourceIds: ["nobody"] }, "input.sourceIds must name sources of the tenant, got nobody"],
  ] as const;
  for (const [input, message] of mistakes) {
    const { errors } = await create(input);
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: "INVALID_INPUT" } },
    ]);
    expect(JSON.stringify(errors)).not.toContain("canary");
  }
  const past = await ask('mutation { muteAlerts(input: { until: "2020-01-01T00:00:00Z", reason: "x" }) { id } }');
  expect(past.errors).toMatchObject([{ message: expect.stringContaining("input.until must be in the future") }]);
  for (const call of [
    'sendTestAlert(endpointId: "x") { id }',
    'resendAlert(id: "x") { id }',
    'unmuteAlerts(id: "x") { id }',
  ])
    expect((await ask(`mutation { ${call} }`)).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect(await ask("{ alertEndpoints { id } }")).toEqual(before);
});

test("changes need the scope admin, and the history only read", async () => {
  const calls = [
    `createAlertEndpoint(input: { name: "x", url: "${receiver.url}" }) { secret }`,
    'deleteAlertEndpoint(id: "x") { id }',
    'muteAlerts(input: { until: "2020-01-01T00:00:00Z", reason: "x" }) { id }',
    'resendAlert(id: "x") { id }',
  ];
  for (const call of calls)
    expect((await ask(`mutation { ${call} }`, {}, "read sync write")).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
  expect(
    (await ask("{ alertEndpoints { id } alerts(first: 1) { nodes { id } } alertMutes { id } }", {}, "read")).errors,
  ).toEqual([]);
});

test("the receiver of the documents accepts what we send, and nothing that somebody else signs", async () => {
  const { id, secret } = await world.endpoint(receiver.url);
  const start = (alertSecret: string) =>
    spawn(process.execPath, ["--input-type=module", "-e", codeBlock("example", "alert-receiver", "js")], {
      env: { ...process.env, ALERT_SECRET: alertSecret, PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
  const documented = start(secret);
  try {
    const lines: string[] = [];
    const output = createInterface({ input: documented.stdout });
    output.on("line", (line) => lines.push(line));
    const port = await eventually("it to listen", () => /listening on (\d+)/.exec(lines.join("\n"))?.[1]);
    const url = `http://127.0.0.1:${port}/`;
    await ask("mutation ($input: UpdateAlertEndpointInput!) { updateAlertEndpoint(input: $input) { id } }", {
      input: { id, url },
    });
    await world.open("documented");
    await eventually("the line", () =>
      lines.includes("finding.opened CRITICAL The statement before documented is missing"),
    );
    const forged = await fetch(url, {
      method: "POST",
      headers: { "webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,x" },
      body: "{}",
    });
    expect(forged.status).toBe(401);
  } finally {
    documented.kill();
    await once(documented, "close");
  }
});
