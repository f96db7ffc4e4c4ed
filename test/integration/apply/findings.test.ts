import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { closeFindings, type Finding, findingId, openFindings } from "../../../src/ingest/apply/findings.ts";
import { updateFindings, type FindingCheck } from "../../../src/ingest/apply/update-findings.ts";
import type { NewEvent } from "../../../src/events/event.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const SOURCE = "main";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

function finding(name: string, summary: string): Finding {
  const id = findingId(TENANT, name);
  return { id, kind: "TEST", cause: "WEBHOOK", summary, evidence: { summary }, remedy: `after ${summary}` };
}

const opening = (findings: readonly Finding[], whenOpen: "stays" | "refresh") =>
  store.db.transaction(TENANT, (tx) => openFindings(tx, SOURCE, findings, whenOpen));
const closing = (...findings: readonly Finding[]) =>
  store.db.transaction(TENANT, (tx) =>
    closeFindings(
      tx,
      SOURCE,
      findings.map(({ id }) => id),
    ),
  );
const checking = (...checks: readonly FindingCheck[]) =>
  store.db.transaction(TENANT, (tx) => updateFindings(tx, SOURCE, checks));

interface Row extends Record<string, unknown> {
  readonly summary: string;
  readonly evidence_summary: string;
  readonly cause: string;
  readonly open: boolean;
}

async function rowOf(id: string): Promise<Row | undefined> {
  const [row] = await store.db.read(TENANT, (tx) =>
    tx.query<Row>(
      "select summary, evidence ->> 'summary' as evidence_summary, cause, closed_at is null as open from findings where id = $1",
      [id],
    ),
  );
  return row;
}

const eventsOf = (events: readonly NewEvent[]) =>
  events.map(({ body }) => [body.kind, "findingId" in body ? body.findingId : undefined]);

test("the id of a finding is part of what is stored: it never changes", () => {
  expect(findingId("acme", "main", "KIND", "subject")).toBe("fnd_ZwmGQI4synMC1YMRshe7rA");
});

describe("findings", () => {
  test("open once and close once, each with an event", async () => {
    const [a, b] = [finding("once-a", "a"), finding("once-b", "b")];
    expect(eventsOf(await opening([a, b], "stays"))).toHaveLength(2);
    expect(await opening([a, b], "stays")).toEqual([]);
    expect(eventsOf(await closing(a, b, finding("once-c", "never open")))).toHaveLength(2);
    expect([await closing(a, b), await opening([], "stays"), await closing()]).toEqual([[], [], []]);
  });

  test("that are open stay as reported, or are updated, without an event in both cases", async () => {
    const [first, second] = [finding("again", "first"), finding("again", "second")];
    await opening([first], "stays");
    expect([await opening([second], "stays"), await rowOf(first.id)]).toMatchObject([[], { summary: "first" }]);
    expect([await opening([second], "refresh"), await rowOf(first.id)]).toMatchObject([
      [],
      { summary: "second", evidence_summary: "second" },
    ]);
  });

  test.each(["stays", "refresh"] as const)("that were closed open again with the current content (%s)", async (how) => {
    const name = `reopened-${how}`;
    await opening([finding(name, "first")], how);
    await closing(finding(name, "first"));
    const second = { ...finding(name, "second"), cause: "FORMAT_MISMATCH" } as const;
    expect(eventsOf(await opening([second], how))).toEqual([["FindingOpened", second.id]]);
    expect(await rowOf(second.id)).toEqual({
      summary: "second",
      evidence_summary: "second",
      cause: "FORMAT_MISMATCH",
      open: true,
    });
  });

  test("open and close as they are checked, and the last check of a subject counts", async () => {
    const { id: _, kind, ...wrong } = finding("judged", "wrong");
    const bad: FindingCheck = { kind, subject: "s", finding: wrong };
    const good: FindingCheck = { kind, subject: "s", finding: undefined };
    const id = findingId(TENANT, SOURCE, kind, "s");
    expect(eventsOf(await checking(bad))).toEqual([["FindingOpened", id]]);
    expect(await checking(bad)).toEqual([]);
    expect(eventsOf(await checking(bad, good))).toEqual([["FindingClosed", id]]);
    expect(await checking(good)).toEqual([]);
  });

  test("batches that find the same open findings do not wait for each other", async () => {
    const known = finding("shared", "known");
    await opening([known], "stays");
    await store.db.transaction(TENANT, async (tx) => {
      await openFindings(tx, SOURCE, [known], "stays");
      expect(await opening([known], "stays")).toEqual([]); // while the first has not committed
    });
  });
});
