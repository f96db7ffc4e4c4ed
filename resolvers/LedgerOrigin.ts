import { typeOfId } from "../src/domain/ids.ts";
import type { LedgerOriginResolvers } from "./__generated__/types.ts";

export const LedgerOrigin: LedgerOriginResolvers = {
  // Only members of the union are ever returned as one, and their ids tell which.
  __resolveType: ({ id }) => typeOfId(id) as ReturnType<NonNullable<LedgerOriginResolvers["__resolveType"]>>,
};
