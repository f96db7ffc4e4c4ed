import { expect, test } from "@jest/globals";
import { runBurst } from "../../helpers/webhook-burst.ts";
import { useReadyDataDir } from "../../helpers/ready-data-dir.ts";

/** Response times are measured by `npm run bench -- burst`. */
test("a burst at twenty times the normal rate loses nothing, is refused with 503 at worst, and leaves queries answered (F58)", async () => {
  await using dataDir = await useReadyDataDir();
  const normal = { perSecond: 50, seconds: 2 };
  const burst = { perSecond: 20 * normal.perSecond, seconds: 8 };
  const { phases, sent, stored } = await runBurst(dataDir.path, { normal, burst });
  // A call is answered 2xx, or 503 with Retry-After and then sent again.
  for (const { loads } of Object.values(phases)) expect(loads.map(({ failed }) => failed)).toEqual([0, 0]);
  expect(stored).toEqual({ deliveries: sent, applied: sent, objects: sent });
  for (const { queriesMs } of Object.values(phases)) expect(queriesMs.length).toBeGreaterThan(4);
});
