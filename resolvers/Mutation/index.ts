import { cancelSync } from "./cancelSync.ts";
import { pauseSource } from "./pauseSource.ts";
import { replayDelivery } from "./replayDelivery.ts";
import { replayQuarantined } from "./replayQuarantined.ts";
import { resumeSource } from "./resumeSource.ts";
import { startSync } from "./startSync.ts";
import type { MutationResolvers } from "../__generated__/types.ts";

export const Mutation: MutationResolvers = {
  cancelSync,
  pauseSource,
  replayDelivery,
  replayQuarantined,
  resumeSource,
  startSync,
};
