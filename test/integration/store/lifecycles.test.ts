import { afterAll, beforeAll, describe } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { discardQuarantined, reopenDiscarded } from "../../../src/ingest/apply/discard-quarantined.ts";
import { quarantine, quarantineId, releaseQuarantined, resolveReadable } from "../../../src/ingest/apply/quarantine.ts";
import { writeChunks } from "../../../src/ingest/files/chunks.ts";
import { finishFile, postponeFile, releaseFile } from "../../../src/ingest/files/file-lease.ts";
import { replayFile } from "../../../src/ingest/files/replay-file.ts";
import { storeFile } from "../../../src/ingest/files/store-file.ts";
import { validate } from "../../../src/ingest/files/validate.ts";
import { discardDelivery } from "../../../src/ingest/webhooks/discard-deliveries.ts";
import { recordFailures } from "../../../src/ingest/webhooks/failed-deliveries.ts";
import { markApplied } from "../../../src/ingest/webhooks/mark-applied.ts";
import { replayDeliveries, replayDelivery } from "../../../src/ingest/webhooks/replay-deliveries.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { DELIVERY, FILE, QUARANTINE, SOURCE } from "../../../src/domain/lifecycles.ts";
import { pauseSource, resumeSource } from "../../../src/sources/pause-source.ts";
import {
  type FailingStream,
  lockSource,
  recordCall,
  recordFailingStreams,
} from "../../../src/sources/source-status.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { fileScript, fileSource, NEWER } from "../../fakes/file-connector.ts";
import { EMPTY_PAYLOAD } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { walkLifecycle } from "../../helpers/walk-lifecycle.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const TENANT = "acme";
const script = fileScript();
const source = fileSource(script);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  await query(
    "insert into sources (tenant_id, id, connector, status, status_since) values ($1, 'bank', 'file-script', 'ACTIVE', now())",
    [TENANT],
  );
});
afterAll(async () => store[Symbol.asyncDispose]());

const inTransaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.db.transaction(TENANT, work);
const query = (text: string, values: readonly unknown[] = []) =>
  inTransaction((tx) => tx.query<{ status: string }>(text, values));
const statusIn = (table: string) => async (id: string) =>
  (await query(`select status from ${table} where id = $1`, [id]))[0]?.status ?? "";

function recordFailing(id: string, failing: readonly FailingStream[]): Promise<unknown> {
  return inTransaction(async (tx) => {
    const source = await lockSource(tx, id);
    return source && recordFailingStreams(tx, id, source.status, failing);
  });
}

describe("a source", () => {
  walkLifecycle(SOURCE, {
    async plant(state) {
      const id = randomUUID();
      // One more failure makes it unreachable.
      await query(
        `insert into sources (tenant_id, id, connector, status, status_since, failures, failing_since)
         values ($1, $2, 'scripted', $3, now(), 2, now() - interval '1 minute')`,
        [TENANT, id, state],
      );
      return id;
    },
    signals: {
      pause: [(id) => inTransaction((tx) => pauseSource(tx, id))],
      resume: [(id) => inTransaction((tx) => resumeSource(tx, id))],
      succeed: [(id) => inTransaction((tx) => recordCall(tx, id, "succeed", undefined))],
      reject: [(id) => inTransaction((tx) => recordCall(tx, id, "reject", undefined))],
      fail: [(id) => inTransaction((tx) => recordCall(tx, id, "fail", undefined))],
      failRuns: [(id) => recordFailing(id, [{ stream: "a", code: "UPSTREAM_REJECTED", reason: "declined" }])],
      recover: [(id) => recordFailing(id, [])],
    },
    status: statusIn("sources"),
  });
});

describe("a delivery", () => {
  const policy = { maxAttempts: 10, random: () => 0 };
  const failed = (id: string, reason: ServiceError) =>
    inTransaction((tx) => recordFailures(tx, "bank", [{ id, attempts: 0, reason }], policy));
  const by = { reason: "a test", by: "kim" };
  walkLifecycle(DELIVERY, {
    async plant(state) {
      const id = randomUUID();
      await query("delete from delivery_bodies");
      await query("delete from deliveries");
      await query(
        `with stored as (
           insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at,
             attempts, finished_at)
           values ($1, $2, 'bank', $2, '', now(), $3, now(), 1, case when $3 <> 'PENDING' then now() end) returning *)
         insert into delivery_bodies select tenant_id, id, received_at, '{}' from stored`,
        [TENANT, id, state],
      );
      return id;
    },
    signals: {
      apply: [(id) => inTransaction((tx) => markApplied(tx, [id], new Map()))],
      retry: [(id) => failed(id, new ServiceError("UPSTREAM_UNAVAILABLE", "no answer"))],
      park: [(id) => failed(id, new ServiceError("DELIVERY_MALFORMED", "not JSON"))],
      discard: [(id) => discardDelivery(store.db, TENANT, id, by)],
      replay: [
        (id) => replayDelivery(store.db, TENANT, id),
        () => replayDeliveries(store.db, TENANT, { filter: {}, limit: 10 }), // the only one that there is
      ],
    },
    status: statusIn("deliveries"),
  });
});

describe("a file", () => {
  const bytes = new TextEncoder().encode(NEWER);
  async function* content(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const lease = (fileId: string) => ({ fileId, owner: "test", token: 1n });
  const failure = new ServiceError("UPSTREAM_UNAVAILABLE", "no answer");
  const signal = new AbortController().signal;

  async function send(id: string, isReadable: boolean): Promise<void> {
    script.knowsNewVersion = isReadable;
    const validation = await validate(source, { size: bytes.length, bytes: content() }, signal);
    const file = { id, sourceId: "bank", contentHash: "hash", size: bytes.length, name: "camt.xml" } as const;
    await inTransaction((tx) =>
      storeFile(tx, { ...file, mediaType: "application/xml", origin: "UPLOAD" }, validation, content),
    );
  }

  async function replay(id: string, isReadable: boolean): Promise<void> {
    script.knowsNewVersion = isReadable;
    await query("update files set lease_owner = null, lease_until = null where id = $1", [id]);
    await replayFile({ db: store.db, tenantId: TENANT, sources: registryOf([source]), id, signal });
  }

  walkLifecycle(FILE, {
    async plant(state) {
      const id = randomUUID();
      await query(
        `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at,
           finished_at, refusal, parts, lease_owner, lease_token, lease_until, next_attempt_at)
         values ($1, $2, 'bank', $2, 'camt.xml', $4, 'application/xml', 'UPLOAD', $3, now(),
           case when $3 = 'STORED' then now() end, case when $3 = 'REFUSED' then 'UNSUPPORTED_VERSION' end, '[]',
           'test', 1, now() + interval '1 hour', now())`,
        [TENANT, id, state, bytes.length],
      );
      await inTransaction((tx) => writeChunks(tx, id, content()));
      return id;
    },
    signals: {
      accept: [(id) => send(id, true)],
      refuse: [(id) => send(id, false)],
      postpone: [
        (id) => inTransaction((tx) => postponeFile(tx, lease(id), 0, failure)),
        (id) => inTransaction((tx) => releaseFile(tx, lease(id))),
      ],
      store: [
        (id) =>
          inTransaction((tx) => finishFile(tx, lease(id), { statements: [], created: 0, known: 0, quarantined: 0 })),
      ],
      reaccept: [(id) => replay(id, true)],
      rerefuse: [(id) => replay(id, false)],
    },
    status: statusIn("files"),
  });
});

describe("a quarantined record", () => {
  const item = (externalId: string) => ({
    message: {
      type: "malformed" as const,
      entity: "Party" as const,
      externalId,
      path: "name",
      problem: "must be a text",
      raw: { payload: EMPTY_PAYLOAD, path: "" },
    },
    raw: { rawHash: externalId, deliveryId: undefined, path: "" },
  });
  const names = new Map<string, string>();
  const nameOf = (id: string): string => names.get(id) ?? "";
  walkLifecycle(QUARANTINE, {
    async plant(state) {
      const name = randomUUID();
      const id = quarantineId(TENANT, "bank", item(name));
      names.set(id, name);
      await query(
        `insert into quarantined_records (tenant_id, id, source_id, entity_type, entity_id, code, path, problem, raw_hash,
           raw_path, status, first_at, last_at, resolved_at, discarded_at, discarded_by, discard_reason)
         values ($1, $2, 'bank', 'Statement', $3, 'UPSTREAM_MALFORMED', 'name', '', $4, '/place', $5, now(), now(),
           case when $5 <> 'OPEN' then now() end, now(), 'kim', 'a test')`,
        [TENANT, id, entityId(TENANT, "bank", "Party", name), name, state],
      );
      return id;
    },
    signals: {
      fail: [(id) => inTransaction((tx) => quarantine(tx, { sourceId: "bank", runId: undefined }, [item(nameOf(id))]))],
      resolve: [
        (id) => inTransaction((tx) => releaseQuarantined(tx, [entityId(TENANT, "bank", "Party", nameOf(id))])),
        (id) =>
          inTransaction((tx) =>
            resolveReadable(tx, { sourceId: "bank", contentHash: nameOf(id) }, { path: undefined, usable: ["/place"] }),
          ),
      ],
      discard: [(id) => inTransaction((tx) => discardQuarantined(tx, [id], { reason: "a test", by: "kim" }))],
      reopen: [(id) => inTransaction((tx) => reopenDiscarded(tx, [id]))],
    },
    status: statusIn("quarantined_records"),
  });
});
