import { expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const INSTALL_LIMIT_MS = 480_000;
const RUN_LIMIT_MS = 480_000;

const run = promisify(execFile);

test(
  "supergraphs with partners compose by every composer and are served equally by every gateway",
  async () => {
    await run("npm", ["ci", "--prefix", "gateways", "--ignore-scripts"], { timeout: INSTALL_LIMIT_MS });
    const { stdout } = await run(process.execPath, ["gateways/run.ts"], { timeout: RUN_LIMIT_MS }).catch(
      (reason: Error & { readonly stdout: string; readonly stderr: string }) => ({
        stdout: `${reason.message}\n${reason.stdout}\n${reason.stderr}`,
      }),
    );
    expect(stdout).toMatch(/\n0 failed\n$/);
    expect(stdout.match(/^ {2}ok {5}/gm)?.length).toBeGreaterThan(60);
  },
  INSTALL_LIMIT_MS + RUN_LIMIT_MS,
);
