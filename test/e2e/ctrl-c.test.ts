import { describe, expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { camt, type EntryText } from "../helpers/bank-files.ts";
import { eventually } from "../helpers/eventually.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { interruptService, startService } from "../helpers/service.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

/** A stack as Node prints it, or inside a JSON line. */
const STACK = /\n\s+at |\\n\s+at |"stack"/;
/** Log lines of a service about a failure or a warning. */
const COMPLAINT = /"level":[456]0/;

/** A file that takes far longer to be applied than a look at the database, of an account of its own. */
function largeFile(index: number): string {
  const iban = `DE${String(index).padStart(2, "0")}370400440532013000`;
  const entries = Array.from({ length: 400 }, (_, place): EntryText => ({ amount: `${1 + (place % 40)}.00` }));
  return camt("053.08", [{ id: `FILE-${index}`, iban, entries }], `M${index}`);
}

interface Logged {
  readonly fileId?: string;
  readonly code?: string;
  readonly msg: string;
}

const logOf = (output: string): readonly Logged[] =>
  output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Logged] : [])); // pino writes it

/** So many that some still wait when a busy machine has noticed that the first one is stored. */
const FILES = 12;

test("C52: Ctrl-C while files are applied: each upload is answered, no error is printed, and the next start finishes them", async () => {
  await using dataDir = await useReadyDataDir();
  const settings = join(dataDir.path, "sluice.yaml");
  const sources = ["bank-a", "bank-b"].map((id) => ({
    id,
    tenant: "acme",
    connector: "iso20022-bank",
    config: {},
    schedule: "manual",
  }));
  await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources }));
  const env = { SLUICE_CONFIG: settings, DATA_DIR: dataDir.path, PORT: "0", LOG_LEVEL: "info" };
  const statusesBy = async (query: Query) => {
    const rows = await query("select id, status, lease_until from sluice.files order by id");
    return rows as readonly { id: string; status: string; lease_until: Date | null }[]; // as selected
  };
  const statuses = () => withQuery(dataDir.path, statusesBy);
  const untilFiles = (what: string, are: (all: Awaited<ReturnType<typeof statusesBy>>) => boolean) =>
    withQuery(dataDir.path, (query) => eventually(what, async () => are(await statusesBy(query))));
  let service = await startService({ env });
  try {
    const answers = Promise.all(
      Array.from({ length: FILES }, async (_, index) => {
        const url = `${service.url}/files/bank-${index % 2 === 0 ? "a" : "b"}`;
        const answer = await fetch(url, { method: "PUT", body: largeFile(index + 10) });
        return answer.status;
      }),
    );
    // Some are stored, some are being applied, some wait.
    await untilFiles(
      "some files to be stored",
      (all) => all.length === FILES && all.some(({ status }) => status === "STORED"),
    );
    expect(await service.stop("SIGINT")).toBe(0);
    const output = service.output();
    expect(output).not.toMatch(STACK);
    expect(output).not.toMatch(COMPLAINT);
    const after = await statuses();
    const stored = new Set(after.flatMap(({ id, status }) => (status === "STORED" ? [id] : [])));
    expect(stored.size).toBeLessThan(FILES);
    expect(after.filter(({ lease_until: until }) => until !== null)).toEqual([]);
    const handedBack = logOf(output).flatMap(({ fileId, msg }) =>
      fileId !== undefined && msg.startsWith("a file is handed back") ? [fileId] : [],
    );
    expect(handedBack.filter((id) => stored.has(id))).toEqual([]);
    // 201: stored, 202: accepted, and applied after the next start.
    expect(new Set(await answers)).toEqual(new Set([201, 202]));
    service = await startService({ env });
    await untilFiles("all files to be stored", (all) => all.every(({ status }) => status === "STORED"));
    expect(await service.stop("SIGINT")).toBe(0);
    expect(service.output()).not.toMatch(STACK);
  } finally {
    await service.kill();
  }
});

describe("C52: Ctrl-C during the start", () => {
  const demo = (path: string) => ({ DATA_DIR: path, DEMO_PAYMENTS: "50", PORT: "0", LOG_LEVEL: "info" });

  test("ends it without an error, and the next start works", async () => {
    await using dataDir = await useReadyDataDir();
    const { code, output } = await interruptService({
      env: demo(dataDir.path),
      at: /PostgreSQL .* started/,
      signals: ["SIGINT"],
    });
    expect(output).not.toMatch(STACK);
    expect(output).not.toMatch(COMPLAINT);
    expect(output).not.toMatch(/^(ready|sluice:)/m);
    expect(code).toBe(0);
    const service = await startService({ env: demo(dataDir.path) });
    expect(await service.stop("SIGINT")).toBe(0);
    expect(service.output()).not.toMatch(STACK);
    expect(service.output()).not.toMatch(COMPLAINT);
  });

  test("twice ends it at once", async () => {
    await using dataDir = await useReadyDataDir();
    const settings = join(dataDir.path, "sluice.yaml"); // far less is started than in the demo
    await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources: [] }));
    const { code, output } = await interruptService({
      env: { SLUICE_CONFIG: settings, DATA_DIR: dataDir.path, PORT: "0", LOG_LEVEL: "info" },
      at: /^ready /m,
      signals: ["SIGINT", "SIGTERM"],
    });
    expect(output).not.toMatch(STACK);
    expect(code).toBe(1);
  });
});
