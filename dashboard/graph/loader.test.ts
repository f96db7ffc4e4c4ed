import { expect, test } from "@jest/globals";
import { createLoader } from "./loader.ts";

function useLoader() {
  const [values, errors]: [string[], unknown[]] = [[], []];
  const loads: PromiseWithResolvers<string>[] = [];
  const timers: { readonly callback: () => void; readonly ms: number; isCanceled: boolean }[] = [];
  let time = 0;
  const loader = createLoader<string>({
    load() {
      const load = Promise.withResolvers<string>();
      loads.push(load);
      return load.promise;
    },
    onValue: (value) => void values.push(value),
    onError: (reason) => void errors.push(reason),
    intervalMs: 1_000,
    now: () => time,
    later(callback, ms) {
      const timer = { callback, ms, isCanceled: false };
      timers.push(timer);
      return () => void (timer.isCanceled = true);
    },
  });
  const settled = () => new Promise((done) => setImmediate(done));
  return { loader, values, errors, loads, timers, settled, pass: (ms: number) => void (time += ms) };
}

test("the first load begins at once; requests while it runs become one more load, after the interval", async () => {
  const { loader, loads, values, timers, settled, pass } = useLoader();
  for (let count = 0; count < 5; count += 1) loader.request();
  expect(loads).toHaveLength(1);
  pass(200);
  loads[0]?.resolve("one");
  await settled();
  expect([values, loads.length, timers.map(({ ms }) => ms)]).toEqual([["one"], 1, [800]]);
  pass(800);
  timers[0]?.callback();
  loads[1]?.resolve("two");
  await settled();
  expect(values).toEqual(["one", "two"]);
  expect(loads).toHaveLength(2);
});

test("a failed load is reported, and the next one works", async () => {
  const { loader, loads, values, errors, settled, pass } = useLoader();
  loader.request();
  loads[0]?.reject("refused");
  await settled();
  pass(1_000);
  loader.request();
  loads[1]?.resolve("two");
  await settled();
  expect([errors, values]).toEqual([["refused"], ["two"]]);
});

test("after close no value arrives and nothing is loaded", async () => {
  const { loader, loads, values, timers, settled } = useLoader();
  loader.request();
  loader.request();
  loader.close();
  loads[0]?.resolve("one");
  await settled();
  loader.request();
  expect([values, loads.length, timers.length]).toEqual([[], 1, 0]);
});
