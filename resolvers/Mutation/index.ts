import { cancelSync } from "./cancelSync.ts";
import { discardDeliveries } from "./discardDeliveries.ts";
import { discardDelivery } from "./discardDelivery.ts";
import { pauseSource } from "./pauseSource.ts";
import { replayDeliveries } from "./replayDeliveries.ts";
import { replayDelivery } from "./replayDelivery.ts";
import { replayQuarantined } from "./replayQuarantined.ts";
import { resumeSource } from "./resumeSource.ts";
import { startSync } from "./startSync.ts";
import type { MutationResolvers } from "../__generated__/types.ts";

export const Mutation: MutationResolvers = {
  cancelSync,
  discardDeliveries,
  discardDelivery,
  pauseSource,
  replayDeliveries,
  replayDelivery,
  replayQuarantined,
  resumeSource,
  startSync,
};
