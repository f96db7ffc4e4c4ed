import { describe, expect, test } from "@jest/globals";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { iso20022BankSandbox } from "./index.ts";
import { useBank, type TestBank } from "./testing.ts";

const list = z.strictObject({
  files: z.array(z.strictObject({ name: z.string(), href: z.string(), size: z.int(), created: z.iso.datetime() })),
  next: z.string().nullable(),
});
type List = z.infer<typeof list>;

const listAt = async (bank: TestBank, path: string): Promise<List> => list.parse(await (await bank.get(path)).json());

async function allFiles(bank: TestBank): Promise<List["files"]> {
  const files: List["files"] = [];
  for (let path: string | null = "/statements"; path !== null;) {
    const page: List = await listAt(bank, path);
    expect(page.files.length).toBeLessThanOrEqual(50);
    files.push(...page.files);
    path = page.next;
  }
  return files;
}

describe("the statements endpoint", () => {
  test("an empty bank has accounts and no statements", async () => {
    await using bank = await useBank();
    expect(await listAt(bank, "/statements")).toEqual({ files: [], next: null });
    expect(await bank.control("GET", "truth")).toMatchObject({
      days: 0,
      accounts: [{ currency: "EUR" }, { currency: "CHF" }],
      files: [],
    });
  });

  test("pages list every file once, in order, and new files appear after the last name", async () => {
    await using bank = await useBank({ payments: 2100 });
    const files = await allFiles(bank);
    expect(files).toHaveLength(106);
    expect(new Set(files.map(({ name }) => name)).size).toBe(106);
    const last = files.at(-1)?.name ?? "";
    expect(await listAt(bank, `/statements?after=${last}`)).toEqual({ files: [], next: null });
    await bank.control("POST", "advance", { days: 1 });
    expect((await listAt(bank, `/statements?after=${last}`)).files).toHaveLength(2);
    expect((await bank.get("/statements?after=never")).status).toBe(400);
  });

  test("a file has the bytes that the list announces, and answers 304 while it is unchanged", async () => {
    await using bank = await useBank({ payments: 100 });
    const [file] = await allFiles(bank);
    const response = await bank.get(file?.href ?? "");
    expect(response.headers.get("content-type")).toBe("application/xml");
    expect((await response.arrayBuffer()).byteLength).toBe(file?.size);
    const etag = response.headers.get("etag") ?? "";
    expect((await bank.get(file?.href ?? "", { "If-None-Match": etag })).status).toBe(304);
    await bank.control("POST", "publish", { day: 1, account: 0, name: file?.name });
    const changed = await bank.get(file?.href ?? "", { "If-None-Match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
    expect((await bank.get("/statements/none.xml")).status).toBe(404);
  });

  test("a wrong token is refused", async () => {
    await using bank = await useBank();
    for (const Authorization of ["Bearer wrong", "Basic x", ""])
      expect((await bank.get("/statements", { Authorization })).status).toBe(401);
  });
});

describe("HTTP faults", () => {
  test("requests above the rate limit are refused and counted", async () => {
    await using bank = await useBank();
    await bank.control("POST", "rate-limit", { perSecond: 2 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => bank.get("/statements")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    expect(refused[0]?.headers.get("retry-after")).toBe("1");
    expect(await bank.control("GET", "counters")).toMatchObject({
      total: 4,
      byStatus: { 200: 2, 429: 2 },
      byFile: { list: 2 },
    });
  });

  test("500 responses end after their count, and a 429 has the configured Retry-After", async () => {
    await using bank = await useBank();
    await bank.control("POST", "faults", { rate500: { count: 2 }, rate429: { count: 1, retryAfter: "7" } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await bank.get("/statements")).status);
    expect(statuses).toEqual([429, 500, 500, 200]);
    await expect(bank.control("POST", "faults", { unknownField: true })).rejects.toThrow("400");
  });

  test("a truncated body ends before its length, and a slow body arrives completely", async () => {
    await using bank = await useBank({ payments: 40 });
    const [file] = await allFiles(bank);
    await bank.control("POST", "faults", { truncateBodies: { count: 1 } });
    await expect(bank.get(file?.href ?? "").then((response) => response.arrayBuffer())).rejects.toThrow("terminated");
    await bank.control("POST", "faults", { slowBodies: { value: 200_000, count: 1 } });
    expect((await (await bank.get(file?.href ?? "")).arrayBuffer()).byteLength).toBe(file?.size);
  });
});

describe("the life of the bank", () => {
  test("a day brings reports, notifications and statements, and ends", async () => {
    await using bank = await useBank();
    expect(await bank.control("POST", "activity", { steps: 4 })).toEqual({ days: 1 });
    const kinds = (await allFiles(bank)).map(({ name }) => name.slice(0, 8));
    expect(kinds).toEqual(["052", "052", "054", "054", "052", "052", "053", "053"].map((kind) => `camt.${kind}`));
  });

  test("the activity continues by itself at the configured pace", async () => {
    await using bank = await useBank({ activityMs: 5 });
    let files: List["files"] = [];
    while (files.length === 0) files = await allFiles(bank);
    expect(files[0]?.name).toContain("camt.052");
  });

  test("a restart serves the same files and continues", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bank-state-"));
    try {
      const options = { payments: 60, statePath: join(folder, "bank.jsonl"), seed: 3 };
      const read = async (bank: TestBank) =>
        Promise.all(
          (await allFiles(bank)).map(async (file) => ({ ...file, text: await (await bank.get(file.href)).text() })),
        );
      let before: unknown;
      {
        await using bank = await useBank(options);
        await bank.control("POST", "activity", { steps: 5 });
        before = await read(bank);
      }
      await appendFile(options.statePath, '{"days": 9'); // killed during a write
      await using bank = await useBank({ ...options, payments: 5000 });
      expect(await read(bank)).toEqual(before);
      expect(await bank.control("POST", "advance", { days: 2, silent: true })).toEqual({ days: 5 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("the source config names the endpoint and its token", async () => {
    await using bank = await useBank();
    expect(iso20022BankSandbox.name).toBe("iso20022-bank");
    expect(bank.running.sourceConfig).toEqual({
      url: `${bank.running.url}/statements`,
      auth: { bearer: expect.stringMatching(/^bank_\d{24}$/u) },
    });
  });
});
