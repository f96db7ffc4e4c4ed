import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { connectors } from "../../src/connectors/registry.generated.ts";
import { sandboxes } from "../../sandbox/registry.generated.ts";
import { buildRegistries } from "../../tools/registry.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the generated registries", () => {
  test("equal the folders: run `node tools/generate-registry.ts` after adding or removing one", async () => {
    for (const { path, text } of await buildRegistries(ROOT)) expect(await readFile(path, "utf8")).toBe(text);
  });

  test("contain each connector and each sandbox under its own name", () => {
    expect(Object.keys(connectors)).toContain("stripe");
    for (const [name, connector] of Object.entries(connectors)) expect(connector.name).toBe(name);
    for (const [name, sandbox] of Object.entries(sandboxes)) expect(sandbox.name).toBe(name);
  });

  test("do not contain the folder that the sandboxes share", () => {
    expect(Object.keys(sandboxes)).not.toContain("shared");
  });
});
