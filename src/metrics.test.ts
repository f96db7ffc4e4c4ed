import { expect, test } from "@jest/globals";
import { createMetrics } from "./metrics.ts";
import type { CallObservation } from "./upstream/observe.ts";

const CALL: CallObservation = {
  status: 200,
  attempt: 1,
  lane: "incremental",
  code: undefined,
  durationMs: 10,
  waitedMs: 1,
  headers: {},
};

test("metrics have series of their own for the first sources, and count the others together", async () => {
  const metrics = createMetrics({ sources: 2 });
  for (const id of ["a", "b", "c", "d"]) {
    metrics.upstreamCall(id, "plaid")(CALL);
    metrics.breaker(id, "plaid")("OPEN");
  }
  metrics.upstreamCall("a", "plaid")(CALL);
  const text = await metrics.registry.metrics();
  const lines = text.split("\n").filter((line) => /^sluice_upstream_(calls|circuit)/.test(line));
  const labels = (source: string) => `connector="plaid",source="${source}"`;
  expect(lines.toSorted()).toEqual([
    `sluice_upstream_calls_total{${labels("a")},lane="incremental",outcome="ok"} 2`,
    `sluice_upstream_calls_total{${labels("b")},lane="incremental",outcome="ok"} 1`,
    `sluice_upstream_calls_total{${labels("other")},lane="incremental",outcome="ok"} 2`,
    `sluice_upstream_circuit_open{${labels("a")}} 1`,
    `sluice_upstream_circuit_open{${labels("b")}} 1`,
    'sluice_upstream_circuits_open{connector="plaid"} 4',
  ]);
  expect(text).toContain('sluice_upstream_call_seconds_count{connector="plaid",lane="incremental"} 5');
});

test("metrics of thousands of sources are as large as those of a few", async () => {
  const sizeWith = async (count: number): Promise<number> => {
    const metrics = createMetrics({ sources: 1 });
    for (let index = 0; index < count; index += 1) {
      metrics.upstreamCall(`source-${index}`, "plaid")(CALL);
      metrics.breaker(`source-${index}`, "plaid");
    }
    return (await metrics.registry.metrics()).split("\n").filter((line) => line.startsWith("sluice_")).length;
  };
  expect(await sizeWith(5_000)).toBe(await sizeWith(2));
});

test("a circuit that is closed again is not counted as open", async () => {
  const metrics = createMetrics({ sources: 0 });
  const set = metrics.breaker("a", "stripe");
  set("OPEN");
  set("HALF_OPEN");
  expect(await metrics.registry.metrics()).toContain('sluice_upstream_circuits_open{connector="stripe"} 1');
  set("CLOSED");
  expect(await metrics.registry.metrics()).toContain('sluice_upstream_circuits_open{connector="stripe"} 0');
});
