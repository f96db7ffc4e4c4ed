import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { callControl, callControlText } from "../shared/call-control.ts";
import { clientOf, truthOf, useReceiver, useSandbox, type TestSandbox } from "./testing.ts";
import { STORED_TYPES } from "./world/wire.ts";

function useFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "sandbox-stripe-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

async function everything(url: string): Promise<string> {
  return await callControlText(url, { method: "GET", path: "state" });
}

/** The sandbox as a process of its own; resolves with its URL when it is ready. */
async function spawnSandbox(statePath: string): Promise<{ child: ChildProcess; url: string }> {
  const cli = join(import.meta.dirname, "..", "cli.ts");
  const options = ["--payments", "100", "--seed", "5", "--state", statePath];
  const child = spawn(process.execPath, [cli, "stripe", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /^sandbox stripe ready (http:\S+)$/mu.exec(output)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`the sandbox did not start: ${output}`);
}

async function endOf(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
  return child.exitCode;
}

const apiKeyOf = (sandbox: TestSandbox): string => sandbox.config.apiKey;

describe("the journal of the sandbox", () => {
  test("a killed sandbox restarts with every acknowledged change, its keys, endpoints and idempotent responses", async () => {
    using folder = useFolder();
    const statePath = join(folder.path, "world.journal");
    await using twin = await useSandbox({ seed: 5 });
    const first = await spawnSandbox(statePath);
    const { stripe, made } = await (async () => {
      const client = clientOf(first.url, apiKeyOf(twin));
      const customer = await client.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" });
      return { stripe: client, made: customer };
    })();
    await callControl(first.url, { method: "POST", path: "activity", body: { count: 30 } });
    await callControl(first.url, { method: "POST", path: "keys", body: { add: ["sk_test_second"] } });
    await callControl(first.url, { method: "POST", path: "webhook-endpoints", body: { url: "http://127.0.0.1:9/x" } });
    await stripe.customers.update(made.id, { description: "last\twords\n" });
    const before = await everything(first.url);
    await endOf(first.child, "SIGKILL");

    const second = await spawnSandbox(statePath);
    expect(await everything(second.url)).toBe(before);
    const again = clientOf(second.url, "sk_test_second");
    expect((await again.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" })).id).toBe(made.id);
    expect(await callControl(second.url, { method: "GET", path: "webhook-endpoints" })).toMatchObject({
      endpoints: [{ url: "http://127.0.0.1:9/x" }],
    });
    const balance = await again.balance.retrieve();
    expect(balance.available.length).toBeGreaterThan(0);
    const fresh = await again.customers.create({ name: "Bob" });
    expect(before).not.toContain(fresh.id);
    expect(await endOf(second.child, "SIGTERM")).toBe(0);
  });

  test("an incomplete last line is dropped as a whole, and the lines before it are read", async () => {
    using folder = useFolder();
    const statePath = join(folder.path, "world.journal");
    let before = "";
    {
      await using sandbox = await useSandbox({ payments: 40, statePath });
      before = await everything(sandbox.url);
      await sandbox.stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        payment_method: "pm_card_visa",
        confirm: true,
      });
    }
    truncateSync(statePath, statSync(statePath).size - 40);
    {
      await using sandbox = await useSandbox({ payments: 40, statePath });
      expect(await everything(sandbox.url)).toBe(before);
      await sandbox.stripe.customers.create({ name: "after the cut" });
    }
    appendFileSync(statePath, '["o","customer","cus_half"');
    await using sandbox = await useSandbox({ payments: 40, statePath });
    const { objects } = await truthOf(sandbox, "customer");
    expect(objects.at(-1)).toMatchObject({ name: "after the cut" });
  });

  test("lists, filters, hidden links and raw texts are the same after a restart", async () => {
    using folder = useFolder();
    const statePath = join(folder.path, "world.journal");
    const json = '{"id":"ch_raw","object":"charge",\n\t"amount":9007199254740993}';
    const read = async (sandbox: TestSandbox): Promise<unknown[]> => {
      const [payout] = (await sandbox.stripe.payouts.list({ limit: 1 })).data;
      const raw = await fetch(`${sandbox.url}/v1/charges/ch_raw`, {
        headers: { Authorization: `Bearer ${apiKeyOf(sandbox)}` },
      });
      return [
        await sandbox.stripe.balanceTransactions.list({ payout: payout?.id ?? "" }),
        await sandbox.stripe.balance.retrieve(),
        await raw.text(),
        ...(await Promise.all(STORED_TYPES.filter((type) => type !== "charge").map((type) => truthOf(sandbox, type)))),
      ];
    };
    let before: unknown[] = [];
    {
      await using sandbox = await useSandbox({ payments: 80, statePath });
      await sandbox.control("POST", "objects", { type: "charge", json, created: 1 });
      before = await read(sandbox);
      expect(before[2]).toBe(json);
    }
    await using sandbox = await useSandbox({ payments: 80, statePath });
    expect(await read(sandbox)).toEqual(before);
  });

  test("a webhook that was delivered before a restart is not delivered again", async () => {
    using folder = useFolder();
    const statePath = join(folder.path, "world.journal");
    await using receiver = await useReceiver();
    {
      await using sandbox = await useSandbox({ statePath });
      await sandbox.control("POST", "webhook-endpoints", { url: receiver.url });
      await sandbox.stripe.customers.create({ name: "Ada" });
      await sandbox.control("POST", "quiesce", {});
    }
    await using sandbox = await useSandbox({ statePath });
    await sandbox.stripe.customers.create({ name: "Bob" });
    await sandbox.control("POST", "quiesce", {});
    expect(receiver.received.map(({ body }) => /"name":"(\w+)"/u.exec(body)?.[1])).toEqual(["Ada", "Bob"]);
  });
});
