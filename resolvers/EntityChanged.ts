import type { EntityChangedResolvers } from "./__generated__/types.ts";
import { loadNode } from "./load-node.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const EntityChanged: EntityChangedResolvers = {
  ...envelope,
  change: (item) => bodyOf(item, "EntityChanged").change,
  entityType: (item) => bodyOf(item, "EntityChanged").entityType,
  entityId: (item) => bodyOf(item, "EntityChanged").entityId,
  entity: (item, _args, context) => loadNode(context, { id: bodyOf(item, "EntityChanged").entityId }),
};
