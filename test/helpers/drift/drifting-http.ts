import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../../sandbox/shared/sandbox.ts";
import { plaidSandbox } from "../../../sandbox/plaid/index.ts";
import { stripeSandbox } from "../../../sandbox/stripe/index.ts";
import { camt } from "../bank-files.ts";
import type { Change, DriftingUpstream } from "./drifting-upstream.ts";

type Item = Record<string, unknown>;
/** Changes an object of a list in place. */
type Edit = (item: Item) => void;

interface Rewriting {
  readonly sandbox: Sandbox;
  /** Path and name of the list in its responses, and the change of each object in it. */
  readonly edits: Readonly<
    Partial<Record<Change, { readonly path: string; readonly list: string; readonly edit: Edit }>>
  >;
  /** Name of the header in which each response states the version. */
  readonly versionHeader: string;
}

/** A sandbox behind a proxy that rewrites the objects of its responses. */
async function startRewriting({ sandbox, edits, versionHeader }: Rewriting) {
  const running = await sandbox.start({ port: 0, seed: 3, payments: 5 });
  let change: Change | undefined;
  const rewritten = (path: string, text: string): string => {
    const edit = change && edits[change];
    if (edit === undefined || !path.startsWith(edit.path)) return text;
    const body = JSON.parse(text) as Record<string, Item[]>; // as the sandbox answers
    for (const item of body[edit.list] ?? []) edit.edit(item);
    return JSON.stringify(body);
  };
  const server = await listen(async (request, response) => {
    const path = request.url ?? "";
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const body = request.method === "GET" ? null : await buffer(request);
    const init = { method: request.method ?? "GET", headers: headers as Record<string, string>, body }; // once each
    const answer = await fetch(running.url + path, init);
    const type = answer.headers.get("content-type") ?? "application/json";
    const version = change === "the version differs" ? "1999-12-31" : (answer.headers.get(versionHeader) ?? "");
    const passed = { "content-type": type, [versionHeader]: version };
    response.writeHead(answer.status, passed).end(rewritten(path, await answer.text()));
  });
  return {
    config: { ...running.sourceConfig, baseUrl: server.url },
    set: (next: Change | undefined): void => void (change = next),
    async [Symbol.asyncDispose]() {
      await server.close();
      await running.close();
    },
  };
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void) {
  const server = createServer((request, response) => void Promise.resolve(answer(request, response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens by TCP
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function startDriftingStripe(): Promise<DriftingUpstream> {
  const intents = (edit: Edit) => ({ path: "/v1/payment_intents", list: "data", edit });
  const rewriting = await startRewriting({
    sandbox: stripeSandbox,
    versionHeader: "stripe-version",
    edits: {
      "a field appears": intents((item) => (item["loyalty"] = { points: 5 })),
      "a field vanishes": intents((item) => delete item["description"]),
      "a type changes": intents((item) => (item["amount"] = "12.00")),
      "an enum value is new": intents((item) => (item["status"] = "on_hold")),
    },
  });
  return {
    ...rewriting,
    connector: "stripe",
    streams: ["payment_intents"],
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "loyalty", of: "Payment" },
      "a field vanishes": { kind: "MISSING_FIELD", path: "description", of: "Payment" },
      "a type changes": { kind: "MALFORMED_FIELD", path: "amount", of: "Payment" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "status", of: "Payment" },
      "the version differs": { kind: "CHANGED_VERSION", path: "version", of: "API" },
    },
  };
}

export async function startDriftingPlaid(): Promise<DriftingUpstream> {
  const added = (edit: Edit) => ({ path: "/transactions/sync", list: "added", edit });
  const rewriting = await startRewriting({
    sandbox: plaidSandbox,
    versionHeader: "plaid-version",
    edits: {
      "a field appears": added((item) => (item["mood"] = 5)),
      "a field vanishes": added((item) => delete item["authorized_date"]),
      "a type changes": added((item) => (item["amount"] = "12.00")),
      "an enum value is new": { path: "/accounts", list: "accounts", edit: (item) => (item["type"] = "vault") },
    },
  });
  return {
    ...rewriting,
    connector: "plaid",
    budget: { rates: { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 } },
    streams: ["accounts", "transactions"],
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "mood", of: "BankTransaction" },
      "a field vanishes": { kind: "MISSING_FIELD", path: "authorized_date", of: "BankTransaction" },
      "a type changes": { kind: "MALFORMED_FIELD", path: "amount", of: "BankTransaction" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "type", of: "Account" },
      "the version differs": { kind: "CHANGED_VERSION", path: "version", of: "API" },
    },
  };
}

const STATEMENT = { id: "S1", opening: "10.00", closing: "15.00", entries: [{ amount: "5.00", reference: "R1" }] };

export async function startDriftingBank(): Promise<DriftingUpstream> {
  const edits: Readonly<Record<Change, (xml: string) => string>> = {
    "a field appears": (xml) => xml.replace("</Ntry>", "<Mood>Ann</Mood></Ntry>"),
    "a field vanishes": (xml) => xml.replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>"),
    "a type changes": (xml) => xml.replace(">5.00<", ">five<"),
    "an enum value is new": (xml) => xml.replace("<Cd>BOOK</Cd>", "<Cd>WAIT</Cd>"),
    "the version differs": (xml) => xml.replace("camt.053.001.08", "camt.053.001.99"),
  };
  let change: Change | undefined;
  let message = 0;
  const server = await listen((_request, response) => {
    const xml = camt("053.08", [STATEMENT], `M${(message += 1)}`); // each one is another file
    const body = change === undefined ? xml : edits[change](xml);
    response.writeHead(200, { "content-type": "application/xml" }).end(body);
  });
  return {
    connector: "iso20022-bank",
    config: { url: `${server.url}/newest.xml` },
    streams: ["statements"],
    set: (next) => void (change = next),
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "Ntry/Mood", of: "Statement" },
      "a field vanishes": { kind: "MALFORMED_FIELD", path: "CdtDbtInd", of: "BankTransaction" },
      "a type changes": { kind: "MALFORMED_FIELD", path: "Amt", of: "BankTransaction" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "Ntry/Sts", of: "Statement" },
      "the version differs": { kind: "CHANGED_VERSION", path: "Document", of: "Statement" },
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
