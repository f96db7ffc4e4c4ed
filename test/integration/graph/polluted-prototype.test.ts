import { expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

test("F111: a polluted Object.prototype gives no caller a right, a tenant or a secret", async () => {
  const { stdout } = await run(process.execPath, ["test/helpers/polluted-child.ts"], { timeout: 60_000 });
  const entries = JSON.parse(stdout) as [string, unknown][]; // what the child prints
  expect(new Map(entries)).toEqual(
    new Map<string, unknown>([
      ["none", "UNAUTHENTICATED"],
      ["whole", { tenantId: "acme", scopes: ["read"] }],
      ["tenant", "UNAUTHENTICATED"],
      ["scope", "UNAUTHENTICATED"],
      ["iss", "UNAUTHENTICATED"],
      ["aud", "UNAUTHENTICATED"],
      ["exp", "UNAUTHENTICATED"],
      ["unsigned", "UNAUTHENTICATED"],
      ["/whoami", 401],
      ["/metrics", 401],
      ["config", ["development", null, "127.0.0.1"]],
    ]),
  );
});
