/** One replica as a separate process, which kills itself in the middle of a file. See file-process.ts. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createFiles } from "../../src/ingest/files/files.ts";
import type { ConnectionSettings } from "../../src/store/connection.ts";
import { createDatabase } from "../../src/store/database.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { applyParts } from "../fakes/apply-parts.ts";
import { fileOf, fileScript, fileSource } from "../fakes/file-connector.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

// written by file-process.ts
const { connection, sends = true } = JSON.parse(process.argv[2] ?? "") as {
  connection: ConnectionSettings;
  sends?: boolean;
};
const db = createDatabase({ connection, max: 4 });
const source = fileSource(fileScript());
await registerSources(db, [source]);
const files = createFiles({
  db,
  sources: registryOf([source]),
  folder: mkdtempSync(join(tmpdir(), "sluice-files-")),
  log: pino({ level: "silent" }),
  random: () => 0,
  wakeUps: createWakeUps(),
  applyFile: (input) =>
    applyParts({
      ...input,
      async advance(tx, position) {
        if (position.statement === 2) process.kill(process.pid, "SIGKILL");
        await input.advance(tx, position);
      },
    }),
});
await files.start();
if (sends) {
  await files.take({
    tenantId: "acme",
    sourceId: source.id,
    name: "crash",
    origin: "UPLOAD",
    bytes: new Blob([fileOf("k1", "k2", "k3")]).stream(),
    signal: AbortSignal.timeout(WAIT_LIMIT_MS),
  });
}
