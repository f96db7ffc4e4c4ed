import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { connectors } from "../../src/connectors/registry.generated.ts";
import { ENTITY_TYPES } from "../../src/domain/ids.ts";
import { connector as template } from "../../tools/connector-template/index.ts";

/** Rules for every connector, also for one without a sandbox, and for the template. */
describe.each([...Object.values(connectors), template])("connector $name without an upstream", (connector) => {
  const names = connector.streams.map(({ name }) => name);

  test("MUST have a stable, plain name (C-01)", () => {
    expect(connector.name).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  test("MUST refuse missing settings and name them; without any setting it can only accept files (C-02)", () => {
    const parsed = connector.config.safeParse({});
    expect(parsed.success).toBe(connector.files !== undefined);
    for (const { path } of parsed.error?.issues ?? []) expect(path).toEqual([expect.any(String)]);
  });

  test("MUST refuse unknown settings (C-03)", () => {
    const issues = connector.config.safeParse({ noSuchSetting: 1 }).error?.issues ?? [];
    expect(issues).toContainEqual(expect.objectContaining({ code: "unrecognized_keys", keys: ["noSuchSetting"] }));
  });

  test("SHOULD describe its settings: the description is the form's label (C-04)", () => {
    const { properties = {} } = z.toJSONSchema(connector.config, { io: "input" });
    for (const [name, property] of Object.entries(properties)) {
      expect([name, property]).toEqual([name, expect.objectContaining({ description: expect.any(String) })]);
    }
  });

  test("MUST offer streams with distinct names, each with its entities (C-05)", () => {
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    for (const { entities } of connector.streams) {
      expect(entities.length).toBeGreaterThan(0);
      expect(ENTITY_TYPES).toEqual(expect.arrayContaining([...entities]));
    }
  });

  test("MUST state how many ids one fetch and one call take (C-06)", () => {
    expect(ENTITY_TYPES).toEqual(expect.arrayContaining(Object.keys(connector.fetch)));
    for (const { maxBatch, idsPerCall } of Object.values(connector.fetch)) {
      expect(idsPerCall).toBeGreaterThan(0);
      expect(maxBatch).toBeGreaterThanOrEqual(idsPerCall);
    }
  });

  test("MUST name the settings of a platform's single accounts if webhooks are assigned by account (C-29)", () => {
    const own = connector.accountSettings ?? [];
    expect(own.length > 0).toBe(connector.accountOf !== undefined);
    expect(own.every((name) => connector.config instanceof z.ZodObject && name in connector.config.shape)).toBe(true);
  });

  test.each([{}, null, "x", 1, [], { phase: "?" }])("MUST refuse %j as a cursor (C-07)", (cursor) => {
    expect(connector.cursor.safeParse(cursor).success).toBe(false);
  });
});
