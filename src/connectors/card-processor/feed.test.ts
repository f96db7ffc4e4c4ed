import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import type { RunningSandbox, SandboxOptions } from "../../../sandbox/shared/sandbox.ts";
import { control } from "../../../test/conformance/sandbox-control.ts";
import type { FeedMessage } from "../../connector-api/change-feed.ts";
import { ServiceError } from "../../domain/error.ts";
import { createUpstream } from "../../upstream/upstream.ts";
import { channelOf } from "../../upstream/upstream-settings.ts";
import { connector } from "./index.ts";

type Message = FeedMessage<unknown>;

/** A running sandbox, and the feed of the connector through the real upstream client. */
async function useFeed(options: Partial<SandboxOptions> = {}) {
  let running = await start(0);
  async function start(port: number): Promise<RunningSandbox> {
    return await cardProcessorSandbox.start({ seed: 3, payments: 20, ...options, port });
  }
  const config = connector.config.parse(running.sourceConfig);
  const target = connector.target(config);
  if (target === undefined) throw new Error("a source makes calls");
  const upstream = createUpstream({
    target,
    ...channelOf(connector, config),
    budget: connector.budget(config),
    random: () => 0,
    graceMs: 0,
  });
  const ending = new AbortController();
  return {
    sandbox: () => running,
    /** Opens the feed at a position; ends with the scope. */
    open(position?: unknown): AsyncIterator<Message> {
      const feed = connector.feed?.open({
        config,
        client: upstream.client("incremental"),
        sourceId: "card",
        position,
        nowMs: Date.now,
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(60_000)]),
      });
      if (feed === undefined) throw new Error("the connector has no feed");
      return feed.messages[Symbol.asyncIterator]();
    },
    async restart(): Promise<void> {
      const { port } = new URL(running.url);
      await running.close();
      running = await start(Number(port));
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await upstream.close();
      await running.close();
    },
  };
}

async function take(messages: AsyncIterator<Message>, isLast: (message: Message) => boolean): Promise<Message[]> {
  const taken: Message[] = [];
  for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
    taken.push(next.value);
    if (isLast(next.value)) break;
  }
  return taken;
}

const isCheckpoint = ({ type }: Message): boolean => type === "checkpoint";
const positionAfter = (messages: readonly Message[]): unknown => {
  const last = messages.findLast(({ type }) => type === "checkpoint");
  return last?.type === "checkpoint" ? last.cursor : undefined;
};
const sequencesOf = (messages: readonly Message[]): number[] =>
  messages.flatMap((message) =>
    message.type === "record" || message.type === "tombstone" ? [Number(message.version.from)] : [],
  );
async function newest(sandbox: RunningSandbox): Promise<number> {
  return Number(((await control(sandbox, "GET", "truth")) as { sequence: string }).sequence);
}

describe("the feed of changes", () => {
  test("begins at the present with a checkpoint, and sends each change with a position after it", async () => {
    await using feed = await useFeed();
    const from = await newest(feed.sandbox());
    const messages = feed.open();
    expect((await take(messages, () => true))[0]).toMatchObject({ type: "checkpoint" });
    await control(feed.sandbox(), "POST", "activity", { count: 10 });
    const to = await newest(feed.sandbox());
    const seen = new Set<number>();
    const taken = await take(messages, (message) => {
      for (const sequence of sequencesOf([message])) seen.add(sequence);
      return seen.size === to - from && isCheckpoint(message);
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: to - from }, (_, index) => from + 1 + index),
    );
    expect(taken.filter(({ type }) => type === "gap" || type === "malformed")).toEqual([]);
  });

  test("sends each change once it resumes, however often the stream is cut or the processor restarts (F35)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "card-feed-"));
    try {
      await using feed = await useFeed({ statePath: join(folder, "world.jsonl") });
      const from = await newest(feed.sandbox());
      let position = positionAfter(await take(feed.open(), isCheckpoint));
      const seen = new Set<number>();
      const faults = { cutStreams: 0.2, duplicate: 0.2, reorder: 0.3 };
      await control(feed.sandbox(), "POST", "faults", faults);
      for (let round = 0; round < 4; round += 1) {
        await control(feed.sandbox(), "POST", "activity", { count: 8 });
        const to = await newest(feed.sandbox());
        while (seen.size < to - from) {
          const messages = feed.open(position);
          const taken: Message[] = [];
          const failure = await take(messages, (message) => {
            taken.push(message);
            return message.type === "lag";
          }).then(
            () => undefined,
            (reason: unknown) => ServiceError.from(reason).code,
          );
          expect([undefined, "UPSTREAM_UNAVAILABLE"]).toContain(failure);
          // as the engine: only what is before a checkpoint is stored
          const stored = taken.slice(0, taken.findLastIndex(isCheckpoint) + 1);
          for (const sequence of sequencesOf(stored)) seen.add(sequence);
          position = positionAfter(stored) ?? position;
          await messages.return?.();
        }
        expect([...seen].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: to - from }, (_, index) => from + 1 + index),
        );
        await feed.restart();
        await control(feed.sandbox(), "POST", "faults", faults);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("reports a gap when its token is too old, and continues with the present", async () => {
    await using feed = await useFeed();
    const position = positionAfter(await take(feed.open(), isCheckpoint));
    await control(feed.sandbox(), "POST", "activity", { count: 3 });
    await control(feed.sandbox(), "POST", "forget");
    const messages = feed.open(position);
    const begun = await take(messages, isCheckpoint);
    expect(begun.map(({ type }) => type)).toEqual(["gap", "checkpoint"]);
    await control(feed.sandbox(), "POST", "activity", { count: 1 });
    const later = await take(messages, ({ type }) => type === "record" || type === "tombstone");
    expect(sequencesOf(later).length).toBeGreaterThan(0);
  });

  test("sends a change that it cannot read as malformed, with its position, and goes on (F26)", async () => {
    await using feed = await useFeed();
    const messages = feed.open();
    await take(messages, isCheckpoint);
    await control(feed.sandbox(), "POST", "objects", { kind: "Refund", id: "rfn_bad", base64: "//8=" });
    await control(feed.sandbox(), "POST", "objects", { kind: "Cardholder", id: "crd_good", json: { name: "Ada" } });
    const taken = await take(messages, ({ type }) => type === "record");
    expect(taken.filter(({ type }) => type === "malformed")).toMatchObject([
      { entity: "Refund", raw: { path: "/refund" } },
    ]);
    expect(taken.at(-1)).toMatchObject({ record: { type: "Party", externalId: "crd_good" } });
    expect(taken.filter(isCheckpoint).length).toBeGreaterThan(0);
  });

  test.each(["unavailable", "reset"])("ends as unavailable when the stream is cut: %s (F35)", async (cut) => {
    await using feed = await useFeed();
    const messages = feed.open();
    await take(messages, isCheckpoint);
    await control(feed.sandbox(), "POST", "streams", { cut });
    await expect(take(messages, () => false)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});
