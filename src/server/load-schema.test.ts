import { expect, test } from "@jest/globals";
import { defaultFieldResolver, type GraphQLResolveInfo } from "graphql";
import { loadSchema } from "./load-schema.ts";

test("_service returns the SDL that was printed for the first request, to every later one", () => {
  const field = loadSchema().getQueryType()?.getFields()["_service"];
  const resolve = field?.resolve ?? defaultFieldResolver;
  const service = () => resolve(undefined, {}, {}, {} as GraphQLResolveInfo) as { readonly sdl: string }; // reads none
  const first = service();
  expect(first.sdl).toContain("type Payment implements Node");
  expect(service()).toBe(first);
});
