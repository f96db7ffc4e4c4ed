import { buildSubgraphSchema } from "@apollo/subgraph";
import { describe, expect, test } from "@jest/globals";
import { type Change, CriticalityLevel, diff } from "@graphql-inspector/core";
import { isObjectType, parse } from "graphql";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { CONTRACTS, subgraphSdl, type SubgraphSdlOptions } from "../../tools/subgraph-sdl.ts";

const RELEASED = readFileSync("test/fixtures/released-schema/schema.graphql", "utf8");
const ACCEPTED = z
  .array(z.object({ reason: z.string().min(20), changes: z.array(z.string()).min(1) }))
  .parse(JSON.parse(readFileSync("test/fixtures/released-schema/accepted-changes.json", "utf8")));
const schemaOf = (sdl: string) => buildSubgraphSchema(parse(sdl));

/** Directives by which composition decides: without one of them, a supergraph no longer composes, or loses a contract. */
const COMPOSITION = /'@?(key|shareable|tag)'/;

function isBreaking({ type, message, path, criticality }: Change): boolean {
  if (/^@?(federation|link)__/.test(path ?? "")) return false; // the library's own, by what the SDL imports
  if (criticality.level === CriticalityLevel.Breaking) return true;
  return /^DIRECTIVE_USAGE_(?!ARGUMENT).*_REMOVED$/.test(type) && COMPOSITION.test(message);
}

/** Changes after which operations fail that were valid, or supergraphs that were composed: `TYPE path`. */
async function breakingChanges(from: string, to: string): Promise<string[]> {
  const changes = await diff(schemaOf(from), schemaOf(to));
  return changes.filter(isBreaking).map(({ type, path }) => `${type} ${path}`);
}

describe("the SDL, compared with that of the last release", () => {
  test("has no breaking changes but those accepted with a reason in test/fixtures/released-schema/accepted-changes.json", async () => {
    const accepted = ACCEPTED.flatMap(({ changes }) => changes);
    expect((await breakingChanges(RELEASED, subgraphSdl())).toSorted()).toEqual(accepted.toSorted());
  });

  test.each([
    ["a renamed field", "  debtor: Party\n", "  payer: Party\n", "FIELD_REMOVED Payment.debtor"],
    ["a field that became nullable", "  externalId: ID!", "  externalId: ID", "FIELD_TYPE_CHANGED Account.externalId"],
    [
      "a removed key",
      'type Source implements Node @key(fields: "id")',
      "type Source implements Node",
      "DIRECTIVE_USAGE_OBJECT_REMOVED Source.@key",
    ],
    [
      "a type that is no longer shareable",
      "type PageInfo @shareable",
      "type PageInfo",
      "DIRECTIVE_USAGE_OBJECT_REMOVED PageInfo.@shareable",
    ],
  ])("%s would be a breaking change", async (_name, from, to, change) => {
    const sdl = subgraphSdl();
    expect(sdl).toContain(from);
    expect(await breakingChanges(sdl, sdl.replace(from, to))).toContain(change);
  });
});

describe("a printed contract", () => {
  const typesOf = (options: SubgraphSdlOptions) => Object.keys(schemaOf(subgraphSdl(options)).getTypeMap());
  const fieldsOf = (type: string, options: SubgraphSdlOptions): string[] => {
    const found = schemaOf(subgraphSdl(options)).getType(type);
    return isObjectType(found) ? Object.keys(found.getFields()) : [];
  };

  test("of partners has the synced objects, without operations of the service and raw bytes", () => {
    const partner = { contract: "partner" } as const;
    expect(typesOf(partner)).toEqual(expect.arrayContaining(["Payment", "Statement", "Source", "Subscription"]));
    const left = ["Delivery", "SyncRun", "QuarantinedRecord", "RawRecord", "Mutation", "JSON"];
    expect(typesOf(partner).filter((name) => left.includes(name))).toEqual([]);
    expect(fieldsOf("Payment", partner)).toContain("freshness");
    expect(fieldsOf("Payment", partner)).not.toContain("raw");
    expect(fieldsOf("Query", partner)).not.toContain("deliveries");
  });

  test("of dashboards has operations of the service, without raw bytes and the administration of sources", () => {
    const dashboard = { contract: "dashboard" } as const;
    expect(fieldsOf("Mutation", dashboard)).toContain("startSync");
    expect(fieldsOf("Mutation", dashboard)).not.toContain("connectSource");
    expect(fieldsOf("Delivery", dashboard)).toContain("history");
    expect(fieldsOf("Delivery", dashboard)).not.toContain("body");
  });

  test.each(Object.keys(CONTRACTS) as (keyof typeof CONTRACTS)[])(
    "of %s leaves no type that nothing refers to",
    (contract) => {
      const sdl = subgraphSdl({ contract });
      const own = parse(sdl).definitions.flatMap((one) => ("name" in one && one.name ? [one.name.value] : []));
      const unused = own.filter((name) => sdl.match(new RegExp(`\\b${name}\\b`, "g"))?.length === 1);
      const roots = ["Query", "Mutation", "Subscription"];
      // Events are objects of an interface, which nothing has to name.
      const objects = own.filter((name) => new RegExp(`type ${name} implements`).test(sdl));
      expect(unused.filter((name) => !roots.includes(name) && !objects.includes(name))).toEqual([]);
    },
  );

  test("for a shared Node has no root fields of Node, and a key that others may extend", () => {
    expect(fieldsOf("Query", { sharedNode: true }).filter((name) => name.startsWith("node"))).toEqual([]);
    expect(subgraphSdl({ sharedNode: true })).toContain('interface Node @key(fields: "id", resolvable: false)');
    expect(subgraphSdl()).toContain('interface Node @key(fields: "id") ');
  });
});
