import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { loadSigningKey } from "../../../src/audit/signing-key.ts";
import { createEvidencePacks } from "../../../src/evidence/evidence-packs.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { watchProcess } from "./watch-process.ts";
import { evidenceTaskSchema, type MeasuredPack } from "./task.ts";

/** Writes an evidence pack of everything that a tenant has, and downloads it into a file. */
const { connection, tenantId, path } = evidenceTaskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const db = createDatabase({ connection, max: 4 });
const packs = createEvidencePacks({
  db,
  key: await loadSigningKey(db, createKeyring(undefined, [])),
  days: 1,
  random: Math.random,
  onProblem: (reason) => console.error(reason),
});
packs.start();
const watched = watchProcess();
const startedAtMs = performance.now();
const period = { from: "2000-01-01T00:00:00.000Z", to: new Date().toISOString(), sourceIds: null, findingId: null };
const id = await packs.create(tenantId, { ...period, idempotencyKey: null, createdBy: "bench" });

interface PackRow extends Record<string, unknown> {
  readonly status: string;
  readonly written: bigint;
  readonly size: bigint | null;
}

async function whenEnded(): Promise<PackRow> {
  for (;;) {
    const [row] = await db.read(tenantId, (tx) =>
      tx.query<PackRow>("select status, written, size from evidence_packs where id = $1", [id]),
    );
    if (row !== undefined && row.status !== "QUEUED") return row;
    await pause(50);
  }
}

const { status, written, size } = await whenEnded();
if (status !== "READY") throw new Error(`the pack ended ${status}`);
const seconds = Number(((performance.now() - startedAtMs) / 1_000).toFixed(1));
const { bytes } = await packs.open(tenantId, id);
await pipeline(bytes, createWriteStream(path));
const result: MeasuredPack = {
  rows: Number(written),
  megabytes: Math.round(Number(size) / 1_048_576),
  seconds,
  ...watched.stop(),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await packs.close(5_000);
await db.close();
