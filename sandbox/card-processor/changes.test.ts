import { describe, expect, test } from "@jest/globals";
import { useSandbox, type TestSandbox } from "./testing.ts";

type Change = Readonly<Record<string, unknown>>;

/** Follows the changes of a sandbox, and opens the stream again whenever it ends. */
function follow(sandbox: TestSandbox, resumeToken = "") {
  const changes: Change[] = [];
  let token = resumeToken;
  let [stopped, opened] = [false, 0];
  let stream = open();
  let wake: () => void = () => undefined;

  function open() {
    opened += 1;
    const next = sandbox.changes(token);
    next.on("data", (change: Change) => {
      token = String(change["resumeToken"]);
      changes.push(change);
      wake();
    });
    next.on("error", () => undefined); // `close` follows
    next.on("close", () => {
      if (!stopped) stream = open();
    });
    return next;
  }
  return {
    changes,
    opened: () => opened,
    /** Resolves when the condition holds after a change. */
    async until(holds: () => boolean): Promise<void> {
      while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
    },
    stop() {
      stopped = true;
      stream.cancel();
    },
  };
}

const kindsOf = (changes: readonly Change[]) => new Set(changes.map(({ object }) => object));
const sequencesOf = (changes: readonly Change[]) =>
  new Set(changes.filter(({ object }) => object !== "heartbeat").map(({ sequence }) => Number(sequence)));

async function newest(sandbox: TestSandbox): Promise<number> {
  const { sequence } = (await sandbox.control("GET", "truth")) as { readonly sequence: string };
  return Number(sequence);
}

describe("the stream of changes", () => {
  test.each([
    ["undisturbed", {}, 1],
    ["with duplicates and changes out of order", { duplicate: 0.3, reorder: 0.3 }, 1],
    ["cut at random, with duplicates and changes out of order", { cutStreams: 0.1, duplicate: 0.2, reorder: 0.3 }, 2],
  ])("sends each change that happens, %s (F35) (F42)", async (_how, faults, leastOpened) => {
    await using sandbox = await useSandbox({ payments: 20 });
    const from = await newest(sandbox);
    const follower = follow(sandbox);
    await follower.until(() => kindsOf(follower.changes).has("heartbeat"));
    await sandbox.control("POST", "faults", faults);
    for (let round = 0; round < 5; round += 1) await sandbox.control("POST", "activity", { count: 20 });
    const to = await newest(sandbox);
    await follower.until(() => sequencesOf(follower.changes).size === to - from);
    expect([...sequencesOf(follower.changes)].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: to - from }, (_, index) => from + 1 + index),
    );
    expect(follower.opened()).toBeGreaterThanOrEqual(leastOpened);
    follower.stop();
  });

  test("a cut from outside ends every open stream, and a resumed one continues", async () => {
    await using sandbox = await useSandbox({ payments: 5 });
    const follower = follow(sandbox);
    await follower.until(() => follower.changes.length > 0);
    for (const cut of ["unavailable", "reset"]) {
      const before = follower.opened();
      expect(await sandbox.control("POST", "streams", { cut })).toEqual({ streams: 1 });
      const seen = follower.changes.length;
      await follower.until(() => follower.changes.length > seen);
      expect(follower.opened()).toBe(before + 1);
    }
    follower.stop();
  });

  test("says that a token is too old, and continues with the present", async () => {
    await using sandbox = await useSandbox({ payments: 5 });
    const first = follow(sandbox);
    await first.until(() => first.changes.length > 0);
    const token = String(first.changes[0]?.["resumeToken"]);
    first.stop();
    await sandbox.control("POST", "activity", { count: 3 });
    await sandbox.control("POST", "forget");
    const second = follow(sandbox, token);
    await second.until(() => second.changes.length > 0);
    expect(second.changes[0]).toMatchObject({ object: "tokenTooOld" });
    await second.until(() => kindsOf(second.changes).has("heartbeat"));
    const seen = second.changes.length;
    await sandbox.control("POST", "activity", { count: 1 });
    await second.until(() => second.changes.length > seen);
    second.stop();
  });

  test("a change that is lost never comes, and its object is still listed", async () => {
    await using sandbox = await useSandbox();
    const follower = follow(sandbox);
    await follower.until(() => follower.changes.length > 0);
    await sandbox.control("POST", "faults", { lose: { count: 1 } });
    const put = (id: string) => sandbox.control("POST", "objects", { kind: "Cardholder", id, json: { name: "Ada" } });
    await put("crd_lost");
    await put("crd_sent");
    await follower.until(() => kindsOf(follower.changes).has("cardholder"));
    expect(follower.changes.map((change) => (change["cardholder"] as Change | undefined)?.["id"])).not.toContain(
      "crd_lost",
    );
    const { cardholders } = await sandbox.get("listCardholders");
    expect(cardholders).toMatchObject([{ id: "crd_lost" }, { id: "crd_sent" }]);
    follower.stop();
  });
});
