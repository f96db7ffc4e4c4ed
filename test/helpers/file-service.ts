import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { ApplyFile } from "../../src/ingest/files/apply-claimed.ts";
import { createFiles, type Files } from "../../src/ingest/files/files.ts";
import { registerFileRoutes } from "../../src/server/files.ts";
import type { UploadPace } from "../../src/server/http/upload-pace.ts";
import type { AuthSettings } from "../../src/server/auth/settings.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import type { Source } from "../../src/sources/source.ts";
import { createWakeUps, type WakeUps } from "../../src/runtime/wake-ups.ts";
import { applyParts } from "../fakes/apply-parts.ts";
import { useGraphServer } from "./graph-server.ts";
import type { TestConnection } from "./postgres.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

/** A folder that is removed at the end of the scope. */
export async function useFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "sluice-files-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface FileServiceOptions {
  readonly connection: TestConnection;
  readonly sources: readonly Source[];
  readonly applyFile?: ApplyFile;
  readonly auth?: AuthSettings;
  readonly maxWaitMs?: number;
  readonly uploadPace?: UploadPace;
  /** True if nothing is applied or watched automatically. */
  readonly idle?: boolean;
  /** Wraps the database that the service uses. */
  readonly wrap?: (db: Database) => Database;
}

/** Files with their routes, as in one replica of the service. */
export interface FileService extends AsyncDisposable {
  readonly url: string;
  readonly files: Files;
  readonly wakeUps: WakeUps;
  readonly db: Database;
  put(sourceId: string, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Runs an SQL statement as the tenant `acme`. */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Names of the files in the folder for incoming files, including its subfolders. */
  incoming(): Promise<readonly string[]>;
  readonly folder: string;
  readonly logged: () => string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the fields of its query
  readonly body: any;
}

export async function startFileService(options: FileServiceOptions): Promise<FileService> {
  const folder = await useFolder();
  const open = createDatabase({ connection: options.connection, max: 8 });
  const db = options.wrap?.(open) ?? open;
  await registerSources(db, options.sources);
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const wakeUps = createWakeUps();
  const files = createFiles({
    db,
    sources: registryOf(options.sources),
    configured: options.sources,
    folder: folder.path,
    log,
    random: () => 0.5,
    wakeUps,
    applyFile: options.applyFile ?? applyParts,
    maxWaitMs: options.maxWaitMs ?? 10_000,
  });
  const graph = await useGraphServer(
    {
      ...(options.auth !== undefined && { auth: options.auth }),
      routes: (app, tools) =>
        registerFileRoutes(app, {
          ...tools,
          files,
          now: Date.now,
          ...(options.uploadPace !== undefined && { uploadPace: options.uploadPace }),
        }),
    },
    { connection: options.connection, close: () => Promise.resolve() },
  );
  if (options.idle !== true) await files.start();
  return {
    url: graph.url,
    files,
    wakeUps,
    db,
    folder: folder.path,
    logged: () => lines.join(""),
    async put(sourceId, body, headers = {}) {
      const response = await fetch(`${graph.url}/files/${sourceId}`, {
        method: "PUT",
        body: Buffer.from(body),
        headers,
      });
      return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
    },
    query: (text, values = []) => open.transaction("acme", (tx) => tx.query(text, values)),
    async incoming() {
      return (await readdir(folder.path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
    },
    async [Symbol.asyncDispose]() {
      await graph[Symbol.asyncDispose]();
      await files.close(5_000);
      await open.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
