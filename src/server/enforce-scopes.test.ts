import { describe, expect, test } from "@jest/globals";
import { type GraphQLField, type GraphQLResolveInfo, isObjectType } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import type { Context } from "../../resolvers/context.ts";
import { SCOPES, type Scope } from "../../resolvers/principal.ts";
import { ServiceError } from "../domain/error.ts";
import { requiredScopes } from "./enforce-scopes.ts";
import { loadSchema } from "./load-schema.ts";

const fields = Object.values(loadSchema().getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field, type: type.name })),
  );
const scoped = fields.flatMap(({ name, field }) => {
  const lists = requiredScopes(field);
  return lists === undefined ? [] : [{ name, field, lists }];
});

/** Calls the resolver of a field in the name of a caller with these scopes; resolves with what it throws. */
async function refusalOf(field: GraphQLField<unknown, unknown>, scopes: readonly Scope[]): Promise<unknown> {
  const principal = { tenantId: "acme", subject: "kim", scopes: new Set(scopes), expiresAtMs: undefined };
  // Nothing else of the context exists: what the resolver needs after the check fails.
  const context = { principal } as unknown as Context;
  try {
    await field.resolve?.({}, {}, context, {} as GraphQLResolveInfo);
    return undefined;
  } catch (reason) {
    return reason;
  }
}

const isForbidden = (reason: unknown): boolean => reason instanceof ServiceError && reason.code === "FORBIDDEN";

describe("scopes of fields", () => {
  test("are named by every mutation and every field with stored bytes, and enforced there", async () => {
    const needed = fields.filter(({ type, field }) => type === "Mutation" || field.name === "body");
    expect(needed.map(({ name }) => name).filter((name) => !scoped.some((one) => one.name === name))).toEqual([]);
    for (const { name, field, lists } of scoped) {
      const others = SCOPES.filter((scope) => !lists.flat().includes(scope));
      expect([name, isForbidden(await refusalOf(field, others))]).toEqual([name, true]);
      for (const list of lists) expect([name, isForbidden(await refusalOf(field, list))]).toEqual([name, false]);
    }
  });

  test("are enforced for no field whose SDL names none", async () => {
    const open = fields.filter(({ field }) => requiredScopes(field) === undefined);
    const refused: string[] = [];
    for (const { name, field } of open) if (isForbidden(await refusalOf(field, []))) refused.push(name);
    expect(refused).toEqual([]);
    expect(open.length).toBeGreaterThan(300);
  });

  test("are enforced by the SDL alone: no resolver checks a scope itself", () => {
    const checking = readdirSync("resolvers").filter(
      (file) =>
        file.endsWith(".ts") &&
        file !== "require-scope.ts" &&
        /requireScope\(|scopes\.has\(/.test(readFileSync(`resolvers/${file}`, "utf8")),
    );
    expect(checking).toEqual([]);
  });

  test("are those that the description of the field names", () => {
    for (const { name, field, lists } of scoped.filter((one) => !one.name.startsWith("Mutation."))) {
      const words = [...(field.description ?? "").matchAll(/scope `(\w+)`/g)].map(([, scope]) => scope);
      expect([name, words]).toEqual([name, lists.flat()]);
    }
  });
});
