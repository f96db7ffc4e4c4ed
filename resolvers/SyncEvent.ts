import type { SyncEventResolvers } from "./__generated__/types.ts";

const STREAM_TYPES = { position: "StreamPosition", reset: "StreamReset" } as const;

export const SyncEvent: SyncEventResolvers = {
  __resolveType: (item) => (item.type === "event" ? item.event.body.kind : STREAM_TYPES[item.type]),
};
