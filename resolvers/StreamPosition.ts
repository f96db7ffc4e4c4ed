import type { StreamPositionResolvers } from "./__generated__/types.ts";
import { envelope } from "./sync-event.ts";

export const StreamPosition: StreamPositionResolvers = envelope;
