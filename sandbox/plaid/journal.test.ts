import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { useSandbox } from "./testing.ts";

test("a restart restores the world, and its cursors, keys and endpoints stay valid", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-plaid-"));
  try {
    const statePath = join(folder, "world.journal");
    const options = { seed: 5, payments: 60, statePath };
    const before = await (async () => {
      await using sandbox = await useSandbox(options);
      const { next_cursor: cursor } = await sandbox.sync("");
      await sandbox.control("POST", "activity", { count: 30 });
      await sandbox.control("POST", "rotate-key", {});
      await sandbox.control("POST", "login", { works: false });
      await sandbox.control("POST", "webhook-endpoints", { url: "http://127.0.0.1:9/" });
      const endpoints = await sandbox.control("GET", "webhook-endpoints");
      return { truth: await sandbox.truth(), cursor, endpoints, config: sandbox.config };
    })();
    appendFileSync(statePath, '["t"]\t{"id":"txn_torn'); // a line that was truncated by a kill
    await using sandbox = await useSandbox({ ...options, payments: 999 });
    expect(await sandbox.truth()).toEqual(before.truth);
    expect(sandbox.config).toEqual(before.config);
    expect(await sandbox.control("GET", "webhook-endpoints")).toEqual(before.endpoints);
    expect(await sandbox.control("POST", "rotate-key", {})).toMatchObject({ keys: { length: 3 } });
    expect(await sandbox.ask("/accounts/get")).toMatchObject({ error_code: "ITEM_LOGIN_REQUIRED" });
    await sandbox.control("POST", "login", { works: true });
    expect((await sandbox.sync(before.cursor)).added.length).toBeGreaterThan(0);
    await sandbox.control("POST", "activity", { count: 5 });
    const ids = (await sandbox.truth()).transactions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("C51: only one sandbox at a time can use a state file, and another can use it once that one has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-plaid-"));
  try {
    const options = { statePath: join(folder, "world.journal") };
    {
      await using _first = await useSandbox(options);
      await expect(useSandbox(options)).rejects.toThrow(`${options.statePath} is used by another sandbox`);
    }
    await using again = await useSandbox(options);
    expect(await again.truth()).toMatchObject({ transactions: [] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
