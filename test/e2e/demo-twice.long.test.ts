import { expect, test } from "@jest/globals";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { complaintsIn, refusalOf, SCRIPTED_FINDINGS } from "../helpers/demo.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { runServiceToEnd, startService } from "../helpers/service.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

interface Health {
  readonly findings: { readonly nodes: readonly { readonly kind: string }[] };
  readonly sources: { readonly edges: readonly { readonly node: { readonly status: string } }[] };
}

test("C51: a second demo in the same data folder prints the first one's address and ends, and the first one is not disturbed", async () => {
  await using dataDir = await useDataDir();
  const env = { DATA_DIR: dataDir.path, DEMO_PAYMENTS: "50", PORT: "0" };
  const first = await startService({ env });
  try {
    await eventually("the first sync", () => first.output().includes("stripe-demo: done"), 180_000);
    for (const second of [await runServiceToEnd({ env }), await runServiceToEnd({ env })]) {
      expect(second.output).toMatch(refusalOf(first.url, first.pid));
      expect(second.code).toBe(1);
    }
    // Long enough for the sandboxes to send webhooks of their own.
    const applied = await eventually("some webhooks", async () => {
      const { data } = await askGraph<{ deliveries: { nodes: readonly unknown[] } }>(
        first.url,
        "{ deliveries(first: 5, filter: { status: [APPLIED] }) { nodes { id } } }",
      );
      return data?.deliveries.nodes.length === 5;
    });
    expect(applied).toBe(true);
    const { data } = await askGraph<Health>(
      first.url,
      "{ findings { nodes { kind } } sources { edges { node { status } } } }",
    );
    expect(data?.findings.nodes.filter(({ kind }) => !SCRIPTED_FINDINGS.includes(kind))).toEqual([]);
    expect(data?.sources.edges.map(({ node }) => node.status)).toEqual(Array.from({ length: 5 }, () => "ACTIVE"));
    expect(complaintsIn(first.output())).toEqual([]);
  } finally {
    await first.kill();
  }
  // The kernel has released the locks of a killed process.
  const third = await startService({ env });
  expect(await third.stop("SIGINT")).toBe(0);
});

test("C51: of two demos that start at the same moment one runs, and the other prints its address", async () => {
  await using dataDir = await useDataDir();
  const env = { DATA_DIR: dataDir.path, DEMO_PAYMENTS: "50", PORT: "0" };
  const outcomes = await Promise.allSettled([startService({ env }), startService({ env })]);
  const started = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
  try {
    expect([started.length, refused.length]).toEqual([1, 1]);
    const [url = "", pid = 0] = [started[0]?.url, started[0]?.pid];
    const [, ...printed] = (refused[0] ?? "").split("\n");
    expect(printed.join("\n")).toMatch(refusalOf(url, pid));
  } finally {
    await Promise.all(started.map((service) => service.kill()));
  }
});

test("C51: an owner file whose process id now belongs to another process stops no demo", async () => {
  await using dataDir = await useDataDir();
  await mkdir(join(dataDir.path, "sandbox"), { recursive: true });
  const left = { pid: process.pid, url: "http://127.0.0.1:1" };
  await writeFile(join(dataDir.path, "sandbox", "owner.json"), JSON.stringify(left));
  await writeFile(join(dataDir.path, "sandbox", "owner.lock"), "");
  const service = await startService({ env: { DATA_DIR: dataDir.path, DEMO_PAYMENTS: "50", PORT: "0" } });
  expect(await service.stop("SIGINT")).toBe(0);
});
