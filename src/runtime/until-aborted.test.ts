import { expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { untilAborted } from "./until-aborted.ts";

async function* numbers(onEnd: () => void): AsyncGenerator<number> {
  try {
    yield 1;
    yield 2;
    await new Promise(() => undefined);
  } finally {
    onEnd();
  }
}

test("yields the same items, and releases the source when the consumer leaves", async () => {
  let ended = 0;
  for await (const item of untilAborted(
    numbers(() => (ended += 1)),
    new AbortController().signal,
  )) {
    if (item === 2) break;
  }
  expect(ended).toBe(1);
});

test("throws the signal's reason, also while the next item never arrives", async () => {
  const stop = new AbortController();
  const items = untilAborted(
    numbers(() => undefined),
    stop.signal,
  );
  expect([await items.next(), await items.next()]).toMatchObject([{ value: 1 }, { value: 2 }]);
  const third = items.next();
  stop.abort(new ServiceError("LEASE_LOST", "ended by the test"));
  await expect(third).rejects.toMatchObject({ code: "LEASE_LOST" });
  const aborted = untilAborted(
    numbers(() => undefined),
    AbortSignal.abort(),
  );
  await expect(aborted.next()).rejects.toMatchObject({ code: "CANCELED" });
});
