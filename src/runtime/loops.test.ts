import { expect, test } from "@jest/globals";
import { createLoop } from "./loop.ts";
import { createLoops } from "./loops.ts";

test("each subject has its own loop: one that hangs delays no other, and closing ends all", async () => {
  const rounds: string[] = [];
  let reached = Promise.withResolvers<void>();
  const loopOf = (key: string, work: (signal: AbortSignal) => Promise<boolean>) =>
    [
      key,
      createLoop({
        pollMs: 60_000,
        random: () => 0,
        onError: () => undefined,
        round(signal) {
          rounds.push(key);
          if (key === "quick") reached.resolve();
          return work(signal);
        },
      }),
    ] as const;
  const loops = createLoops([
    loopOf("stuck", (signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(false)))),
    loopOf("quick", () => Promise.resolve(false)),
  ]);
  loops.start();
  await reached.promise;
  reached = Promise.withResolvers();
  loops.wake("quick");
  loops.wake("unknown");
  await reached.promise;
  await loops.close(60_000);
  expect(rounds).toEqual(["stuck", "quick", "quick"]);
});
