import { describe, expect, test } from "@jest/globals";
import { stripVTControlCharacters } from "node:util";
import { showFirstSync, type SourceSync } from "./show-first-sync.ts";

const START: SourceSync = {
  sourceId: "main",
  state: "waiting",
  records: 0,
  files: 0,
  share: undefined,
  elapsedMs: 0,
  reason: undefined,
};
const main = (own: Partial<SourceSync>): SourceSync => ({ ...START, ...own });
const bank = (own: Partial<SourceSync>): SourceSync => ({ ...START, sourceId: "bank", ...own });

/** What is written for these states, one after the other; all of them are taken. */
async function printed(
  screen: { readonly isTTY?: boolean; readonly columns?: number },
  ...states: (readonly SourceSync[])[]
): Promise<{ readonly text: string; readonly taken: number }> {
  let text = "";
  let taken = 0;
  // oxlint-disable-next-line typescript/require-await -- states that are there already
  async function* syncs(): AsyncGenerator<readonly SourceSync[]> {
    for (const state of states) {
      taken += 1;
      yield state;
    }
  }
  await showFirstSync(syncs(), { ...screen, write: (more) => (text += more) });
  return { text, taken };
}

describe("where lines stay", () => {
  test("each source has a line for each state and now and then, until all have ended", async () => {
    const { text, taken } = await printed(
      {},
      [main({}), bank({})],
      [main({ state: "reading", share: 0.1, records: 120, elapsedMs: 400 }), bank({ state: "reading" })],
      [main({ state: "reading", share: 0.2, records: 230, elapsedMs: 650 }), bank({ state: "reading", files: 2 })],
      [main({ state: "reading", share: 0.6, records: 1_200, elapsedMs: 900 }), bank({ state: "reading", files: 3 })],
      [
        main({ state: "succeeded", share: 1, records: 2_100, elapsedMs: 1_660 }),
        bank({ state: "reading", files: 9, elapsedMs: 1_660 }),
      ],
      [
        main({ state: "succeeded", share: 1, records: 2_100, elapsedMs: 1_660 }),
        bank({ state: "succeeded", share: 1, files: 12, elapsedMs: 2_000 }),
      ],
      [main({ state: "failed" }), bank({ state: "failed" })],
    );
    expect(text.split("\n").filter((line) => line !== "")).toEqual([
      "  First sync:",
      "  main: waiting",
      "  bank: waiting",
      "  main: reading, 10 %, 120 records, 0.4 s",
      "  bank: reading, 0 records, 0.0 s",
      "  main: reading, 60 %, 1,200 records, 0.9 s",
      "  main: done, 2,100 records in 1.7 s",
      "  bank: done, 12 files in 2.0 s",
    ]);
    expect(taken).toBe(6);
  });

  test("a source that waits or has failed is displayed with the reason", async () => {
    const reason = "Stripe answered 503";
    const { text } = await printed(
      {},
      [main({ state: "waiting", reason, share: 0.5, records: 9 })],
      [main({ state: "failed", reason, share: 0.5, records: 9, elapsedMs: 60_000 })],
    );
    expect(text).toContain("main: waiting: Stripe answered 503, 50 %, 9 records, 0.0 s\n");
    expect(text).toContain("main: failed: Stripe answered 503, 50 %, 9 records, 60.0 s\n");
  });
});

describe("on a terminal", () => {
  const plain = (text: string) => stripVTControlCharacters(text).replaceAll("\r", "");

  test("there is one bar per source, drawn again over the previous ones", async () => {
    const { text } = await printed(
      { isTTY: true, columns: 120 },
      [main({}), bank({})],
      [main({ state: "reading", share: 0.5, records: 1_234, elapsedMs: 900 }), bank({ state: "reading", files: 2 })],
      [
        main({ state: "succeeded", share: 1, records: 2_100, elapsedMs: 1_660 }),
        bank({ state: "canceled", files: 2, elapsedMs: 1_700 }),
      ],
    );
    expect(text.split("\u001b[2F")).toHaveLength(3); // twice two lines up
    const [, , last = ""] = text.split("\u001b[2F");
    expect(plain(last).split("\n")).toEqual([
      "  main  [########################] 100 %   2,100 records    1.7 s  done",
      "  bank  [........................]               2 files    1.7 s  canceled",
      "",
    ]);
  });

  test("no line is longer than the terminal is wide, so that drawing over it works", async () => {
    const reason = "a long reason ".repeat(20);
    const { text } = await printed(
      { isTTY: true, columns: 60 },
      [main({ state: "waiting", reason, share: 0.5 })],
      [main({ state: "failed", reason, share: 0.5 })],
    );
    const lines = plain(text).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60);
  });
});

describe("on a later start", () => {
  test("there are no bars, only which sources are synced", async () => {
    const { text, taken } = await printed({ isTTY: true }, [main({ state: "synced" }), bank({ state: "synced" })]);
    expect(text).toBe("  Already synced: main, bank.\n");
    expect(taken).toBe(1);
  });

  test("the sources that are not synced yet have theirs", async () => {
    const { text } = await printed(
      {},
      [main({ state: "synced" }), bank({ state: "reading" })],
      [main({ state: "synced" }), bank({ state: "succeeded", files: 3, share: 1 })],
    );
    expect(text).toContain("main: already synced\n");
    expect(text).toContain("bank: done, 3 files in 0.0 s\n");
  });
});
