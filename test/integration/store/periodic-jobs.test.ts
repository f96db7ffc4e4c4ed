import { expect, test } from "@jest/globals";
import { pino } from "pino";
import { createPeriodicJobs } from "../../../src/store/periodic-jobs.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useStore } from "../../helpers/store.ts";

const HOURLY = { name: "delete-old-rows", first: "now() + interval '1 minute'", next: "now() + interval '1 hour'" };

test("of several processes one runs a due job, and none before it is due", async () => {
  await using store = await useStore();
  let runs = 0;
  const jobs = [{ ...HOURLY, run: () => Promise.resolve(void (runs += 1)) }];
  const dueIn = async () => {
    const rows = await store.db.acrossTenants<{ seconds: number }>(
      "select extract(epoch from due_at - now())::float8 as seconds from periodic_jobs",
    );
    return rows[0]?.seconds;
  };
  await using closers = new AsyncDisposableStack();
  const open = () => {
    const loop = createPeriodicJobs({ db: store.db, jobs, log: pino({ level: "silent" }), random: Math.random });
    closers.defer(() => loop.close(5_000));
    loop.start();
    return loop;
  };
  const first = open();
  await eventually("the job to be registered", async () => (await dueIn()) !== undefined);
  expect(runs).toBe(0);
  await store.db.acrossTenants("update periodic_jobs set due_at = now()");
  const processes = [first, open(), open()];
  for (const each of processes) each.wake();
  await eventually("the job to run", () => runs === 1);
  expect(await dueIn()).toBeGreaterThan(3_500);
  for (const each of processes) each.wake();
  await Promise.all(processes.map((each) => each.close(5_000)));
  expect(runs).toBe(1);
});

test("a job that fails is logged and runs again when it is due", async () => {
  await using store = await useStore();
  const lines: string[] = [];
  let runs = 0;
  const job = {
    name: "often",
    first: "now()",
    next: "now()",
    run: () => ((runs += 1) === 1 ? Promise.reject(new Error("disk full")) : Promise.resolve()),
  };
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const loop = createPeriodicJobs({ db: store.db, jobs: [job], log, random: Math.random });
  loop.start();
  await eventually("the second run", () => {
    loop.wake();
    return runs >= 2;
  });
  await loop.close(5_000);
  expect(lines.join("")).toContain("disk full");
});
