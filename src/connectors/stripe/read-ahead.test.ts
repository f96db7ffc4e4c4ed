import { expect, test } from "@jest/globals";
import { readAhead } from "./read-ahead.ts";

/** Sequences that give `name1`, `name2`, and record what was opened and closed. */
function sequences() {
  const log: string[] = [];
  async function* open(name: string): AsyncGenerator<string, void> {
    log.push(`open ${name}`);
    try {
      if (name === "broken") throw new Error("no answer");
      await Promise.resolve();
      yield `${name}1`;
      yield `${name}2`;
    } finally {
      log.push(`close ${name}`);
    }
  }
  return { log, open };
}

test("returns the values in order, and opens at most as many sequences as the width", async () => {
  const { log, open } = sequences();
  const values: string[] = [];
  const openedAtFirst: string[] = [];
  for await (const value of readAhead(["a", "b", "c"], 2, open)) {
    if (values.length === 0) openedAtFirst.push(...log);
    values.push(value);
  }
  expect(openedAtFirst).toEqual(["open a", "open b"]);
  expect(values).toEqual(["a1", "a2", "b1", "b2", "c1", "c2"]);
  expect(log.filter((line) => line.startsWith("close"))).toHaveLength(3);
});

test("a failure is reported at its position, and closes the other sequences", async () => {
  const { log, open } = sequences();
  const values: string[] = [];
  const reading = async (): Promise<void> => {
    for await (const value of readAhead(["a", "broken", "c", "d"], 3, open)) values.push(value);
  };
  await expect(reading()).rejects.toThrow("no answer");
  expect(values).toEqual(["a1", "a2"]);
  expect(log.filter((line) => line.startsWith("open")).length).toBe(
    log.filter((line) => line.startsWith("close")).length,
  );
});

test("leaving early closes every sequence that was opened", async () => {
  const { log, open } = sequences();
  for await (const value of readAhead(["a", "b", "c"], 3, open)) if (value === "a1") break;
  expect(log.filter((line) => line.startsWith("close")).toSorted()).toEqual(["close a", "close b", "close c"]);
});
