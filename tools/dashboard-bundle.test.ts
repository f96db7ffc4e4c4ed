import { expect, test } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDashboard } from "./dashboard-bundle.ts";

/** Bytes of scripts and styles before the first page can be used, compressed. */
const MAX_FIRST_PAGE = 30_000;

test("the first page of the dashboard loads at most 30 kB of scripts and styles: every other page has files of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bundle-"));
  try {
    const { firstPageBytes } = await buildDashboard(folder);
    expect(firstPageBytes).toBeGreaterThan(10_000); // it was measured
    expect(firstPageBytes).toBeLessThanOrEqual(MAX_FIRST_PAGE);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
