import { ServiceError } from "../src/domain/error.ts";
import type { StreamResetResolvers } from "./__generated__/types.ts";
import { envelope } from "./sync-event.ts";

export const StreamReset: StreamResetResolvers = {
  ...envelope,
  reason: (item) => {
    if (item.type === "reset") return item.reason;
    throw new ServiceError("INTERNAL", "internal error", { detail: "not a reset" });
  },
};
