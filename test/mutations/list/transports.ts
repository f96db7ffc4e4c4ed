import type { Mutation } from "../mutation.ts";

const STREAMS = ["test/integration/streams/transport.test.ts"];
const CALLBACK = ["test/integration/callback/callback.test.ts"];
const CALLBACK_CLIENT = ["src/server/callback/callback-client.test.ts"];
const QUOTA = ["src/server/subscriptions/quota.test.ts"];

/** Subscriptions over HTTP: server-sent events, multipart, callback; and what callers may have open. */
export const TRANSPORTS: readonly Mutation[] = [
  {
    breaks: "A stream of server-sent events continues after Last-Event-ID.",
    file: "src/server/streams/open-streams.ts",
    find: 'resumeAfter: ownHeader(request.headers, "last-event-id") || undefined,',
    replace: "resumeAfter: undefined,",
    tests: STREAMS,
  },
  {
    breaks: "A stream that is interrupted ends without the announcement of a complete one.",
    file: "src/server/streams/sse-format.ts",
    find: "interrupted: ({ reason }) => `: ${reason}\\n\\n`,",
    replace: "interrupted: ({ reason }) => `: ${reason}\\n\\nevent: complete\\ndata:\\n\\n`,",
    tests: STREAMS,
  },
  {
    breaks: "A mutation by GET is not executed over server-sent events.",
    file: "src/server/streams/open-streams.ts",
    find: 'operation.type !== OperationTypeNode.MUTATION || request.method === "POST"',
    replace: "request.method !== undefined",
    tests: STREAMS,
  },
  {
    breaks: "The body of a request is not in memory while its stream lasts.",
    file: "src/server/streams/open-streams.ts",
    find: "request.body = undefined; //",
    replace: "//",
    tests: STREAMS,
  },
  {
    breaks: "A stream counts among the connections of its principal.",
    file: "src/server/streams/open-streams.ts",
    find: "return quota.openConnection(callerOf(request));",
    replace: "return () => undefined;",
    tests: STREAMS,
  },
  {
    breaks: "A subscription by callback has its heartbeats in time.",
    file: "src/server/callback/emitter.ts",
    find: "HEARTBEATS_PER_INTERVAL = 2;",
    replace: "HEARTBEATS_PER_INTERVAL = 0.25;",
    tests: CALLBACK,
  },
  {
    breaks: "The first position of a subscription by callback is stored before it is sent.",
    file: "src/server/callback/emitter.ts",
    find: "await delivery.beatUntil(keepStart(value.cursor))",
    replace: "await Promise.resolve(true)",
    tests: CALLBACK,
  },
  {
    breaks: "A principal may have so many subscriptions by callback.",
    file: "src/server/callback/callback-store.ts",
    find: "if (own < perPrincipal && all < perTenant) return;",
    replace: "if (all < perTenant) return;",
    tests: CALLBACK,
  },
  {
    breaks: "A tenant may have so many subscriptions by callback.",
    file: "src/server/callback/callback-store.ts",
    find: "if (own < perPrincipal && all < perTenant) return;",
    replace: "if (own < perPrincipal) return;",
    tests: CALLBACK,
  },
  {
    breaks: "A subscription by callback stores the declared variables alone.",
    file: "src/server/subscriptions/open-messages.ts",
    find: "variables: args.variableValues,",
    replace: "variables: received.variables,",
    tests: CALLBACK,
  },
  {
    breaks: "Every call to a gateway carries the verifier of its subscription.",
    file: "src/server/callback/callback-client.ts",
    find: 'JSON.stringify({ kind: "subscription", action, id, verifier })',
    replace: 'JSON.stringify({ kind: "subscription", action, id, verifier: id })',
    tests: CALLBACK_CLIENT,
  },
  {
    breaks: "Events are sent to the origins that the operator has allowed alone.",
    file: "src/server/callback/callback-client.ts",
    find: "const gateway = gateways.get(url.origin);",
    replace: "const [gateway] = gateways.values();",
    tests: CALLBACK_CLIENT,
  },
  {
    breaks: "What a tenant has open is that of all its principals.",
    file: "src/server/subscriptions/quota.ts",
    find: 'openAccount(JSON.stringify([tenantId]), "tenant", perTenant)',
    replace: 'openAccount(JSON.stringify([tenantId, [subject]]), "tenant", perTenant)',
    tests: QUOTA,
  },
  {
    breaks: "What a principal has open is that of a subject of one tenant.",
    file: "src/server/subscriptions/quota.ts",
    find: 'openAccount(JSON.stringify([tenantId, subject]), "principal", perPrincipal)',
    replace: 'openAccount(JSON.stringify([subject]), "principal", perPrincipal)',
    tests: QUOTA,
  },
  {
    breaks: "A document that several operations run counts once, until the last of them ends.",
    file: "src/server/subscriptions/quota.ts",
    find: "usage.bytes -= bytes + (others === 0 ? documentBytes(document) : 0);",
    replace: "usage.bytes -= bytes + documentBytes(document);",
    tests: QUOTA,
  },
];
