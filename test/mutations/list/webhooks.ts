import type { Mutation } from "../mutation.ts";

const APPLY = ["test/integration/inbox/apply.test.ts"];
const INGEST = ["test/integration/inbox/ingest.test.ts"];
const CONFLICTS = ["test/integration/inbox/conflicts.test.ts"];
const RETENTION = ["test/integration/inbox/retention.test.ts"];
const GROUP_COMMIT = ["src/runtime/group-commit.test.ts"];

/** The inbox of webhooks: store, answer, apply. */
export const WEBHOOKS: readonly Mutation[] = [
  {
    breaks: "A webhook is answered after its commit.",
    file: "src/ingest/webhooks/ingest.ts",
    find: "const result = await store(delivery, source);",
    replace: 'const result = await Promise.race([store(delivery, source), Promise.resolve("stored" as const)]);',
    tests: ["test/integration/inbox/crash.test.ts"],
  },
  {
    breaks: "A webhook is verified before it is stored.",
    file: "src/ingest/webhooks/verify-call.ts",
    find: "const verification = webhook.verify({ ...input, key });",
    replace: 'const verification = { scheme: "none", key } as never;',
    tests: INGEST,
  },
  {
    breaks: "A delivery is identified by the provider's id.",
    file: "src/domain/delivery-id.ts",
    find: "return usable ? providerId :",
    replace: "return usable && false ? providerId :",
    tests: CONFLICTS,
  },
  {
    breaks: "The id of a delivery contains its tenant and source.",
    file: "src/domain/delivery-id.ts",
    find: "`${tenantId}\\0${sourceId}\\0${key}`",
    replace: "key",
    tests: INGEST,
  },
  {
    breaks: "A delivery whose id is known with other bytes is a conflict.",
    file: "src/ingest/webhooks/insert-deliveries.ts",
    find: '=== delivery.contentHash ? "duplicate" : "conflicting"',
    replace: '!== "" ? "duplicate" : "conflicting"',
    tests: CONFLICTS,
  },
  {
    breaks: "The bodies that are stored as evidence of a conflict are limited.",
    file: "src/ingest/webhooks/record-conflict.ts",
    find: "const MAX_CONFLICTS = 8;",
    replace: "const MAX_CONFLICTS = 80;",
    tests: CONFLICTS,
  },
  {
    breaks: "Several deliveries with one id in a batch are stored once.",
    file: "src/ingest/webhooks/insert-deliveries.ts",
    find: 'if (kept === delivery && stored.has(delivery.id)) return "stored";',
    replace: 'if (stored.has(delivery.id)) return "stored";',
    tests: CONFLICTS,
  },
  {
    breaks: "Each delivery keeps its own bytes of a batch.",
    file: "src/ingest/webhooks/insert-deliveries.ts",
    find: "    next += body.byteLength;\n",
    replace: "",
    tests: INGEST,
  },
  {
    breaks: "One delivery that cannot be parsed stops only itself.",
    file: "src/ingest/webhooks/parse-deliveries.ts",
    find: "failed.push({ id, attempts, reason });",
    replace: "throw reason;",
    tests: APPLY,
  },
  {
    breaks: "A failed delivery is parked after its attempts.",
    file: "src/ingest/webhooks/failed-deliveries.ts",
    find: "if (final || attempts + 1 >= policy.maxAttempts)",
    replace: "if (final)",
    tests: ["test/integration/inbox/attempts.test.ts"],
  },
  {
    breaks: "A delivery that no attempt can apply is parked at once.",
    file: "src/ingest/webhooks/failed-deliveries.ts",
    find: "if (final || attempts + 1 >= policy.maxAttempts)",
    replace: "if (attempts + 1 >= policy.maxAttempts)",
    tests: APPLY,
  },
  {
    breaks: "No delivery is applied while its source is paused.",
    file: "src/ingest/webhooks/due-deliveries.ts",
    find: "and not exists (select 1 from sources where id = $1 and paused)",
    replace: "",
    tests: APPLY,
  },
  {
    breaks: "Two processes apply different deliveries.",
    file: "src/ingest/webhooks/due-deliveries.ts",
    find: "order by next_attempt_at limit $2 for update skip locked",
    replace: "order by next_attempt_at limit $2",
    tests: ["test/integration/inbox/same-event.soak.test.ts"],
  },
  {
    breaks: "A delivery is marked as applied in the transaction of its effects.",
    file: "src/ingest/webhooks/apply-deliveries.ts",
    find: "await markApplied(tx, parsed, effectsOf({ tenantId, sourceId, items, applied, reads }));",
    replace: "",
    tests: APPLY,
  },
  {
    breaks: "Bodies of parked deliveries are kept beyond the retention.",
    file: "src/ingest/webhooks/delivery-bodies/drop-old.ts",
    find: "where deliveries.tenant_id = $1 and ${UNFINISHED}`",
    replace: "where deliveries.tenant_id = $1 and false`",
    tests: RETENTION,
  },
  {
    breaks: "Bodies are kept for the days of the retention.",
    file: "src/ingest/webhooks/delivery-bodies/drop-old.ts",
    find: "new Date(week.to) > oldest",
    replace: "new Date(week.to) < oldest",
    tests: RETENTION,
  },
  {
    breaks: "More than the allowed number of deliveries do not wait for their commit.",
    file: "src/runtime/group-commit.ts",
    find: "queue.length >= limits.maxWaiting || ",
    replace: "",
    tests: GROUP_COMMIT,
  },
  {
    breaks: "A commit that fails because of one item is repeated without it.",
    file: "src/runtime/group-commit.ts",
    find: "if (batch.length === 1 || !isOfOneItem(failure))",
    replace: "if (batch.length > 0)",
    tests: GROUP_COMMIT,
  },
  {
    breaks: "A commit that does not end in time is reported.",
    file: "src/runtime/group-commit.ts",
    find: "setTimeout(() => rejectAll(batch, limits.timedOut()), limits.maxWaitMs)",
    replace: "setTimeout(() => undefined, limits.maxWaitMs)",
    tests: GROUP_COMMIT,
  },
  {
    breaks: "A parsed record that does not fit the schema is quarantined alone.",
    file: "src/ingest/apply/apply.ts",
    find: 'else if (message.type === "malformed") park(item, message);',
    replace: 'else if (message.type === "malformed") continue;',
    tests: ["test/integration/inbox/batch.test.ts"],
  },
  {
    breaks: "Text that PostgreSQL refuses stops only its own record.",
    file: "src/ingest/apply/apply.ts",
    find: "else if (holdsUnstorable(message)) park(item, unstorableMessage(message));",
    replace: "",
    tests: ["test/integration/apply/apply.test.ts"],
  },
  {
    breaks: "The quarantine of an object ends when it is applied.",
    file: "src/ingest/apply/quarantine.ts",
    find: "and entity_id = any($1)`",
    replace: "and entity_id <> all($1)`",
    tests: ["test/integration/apply/apply.test.ts"],
  },
  {
    breaks: "Attempts at a delivery that is older than the process are counted before they begin.",
    file: "src/ingest/webhooks/unfinished-attempts.ts",
    find: "receivedAt < since && !begun.has(id)",
    replace: "receivedAt > since && !begun.has(id)",
    tests: ["test/integration/inbox/crash.test.ts"],
  },
  {
    breaks: "A delivery that was begun twice is applied alone.",
    file: "src/ingest/webhooks/unfinished-attempts.ts",
    find: "const ALONE_FROM = 2;",
    replace: "const ALONE_FROM = 99;",
    tests: ["test/integration/inbox/crash.test.ts"],
  },
];
