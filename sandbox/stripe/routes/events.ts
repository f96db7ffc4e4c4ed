import { z } from "zod";
import { missing } from "../world/errors.ts";
import { listText } from "../request/list.ts";
import { expand, parseParams } from "../request/params.ts";
import { DAY_S } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import type { Route } from "./route.ts";

/** Seconds for which Stripe stores events. Source: Stripe docs, "List all events": up to 30 days. */
export const EVENT_RETENTION_S: number = 30 * DAY_S;

const types = z.array(z.string()).max(20).optional();
const oldest = (world: World): number => world.now() - EVENT_RETENTION_S;

const list: Route = {
  method: "GET",
  path: "/v1/events",
  handle({ world }, { params, listFaults }) {
    const options = {
      type: "event" as const,
      url: "/v1/events",
      filters: [],
      since: oldest(world),
      extra: {
        shape: { type: z.string().optional(), types, delivery_success: z.string().optional() },
        matches: ({ type, types: requested }: typeof params) => {
          const list = Array.isArray(requested) ? requested.filter((each) => typeof each === "string") : [];
          const patterns = typeof type === "string" ? [type, ...list] : list;
          if (patterns.length === 0) return () => true;
          return (entry: { fields: { type?: string | undefined } }) =>
            patterns.some((each) => matchesType(each, entry.fields.type ?? ""));
        },
      },
    };
    return listText(world.store, options, params, listFaults);
  },
};

/** `charge.*` matches every type below `charge`. */
function matchesType(pattern: string, type: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** `/v1/events` */
export const eventRoutes: readonly Route[] = [
  list,
  {
    method: "GET",
    path: "/v1/events/:id",
    handle({ world }, { id, params }) {
      parseParams(z.strictObject({ expand }), params);
      const entry = world.store.find("event", id);
      if (entry === undefined || entry.created < oldest(world)) throw missing("event", id, "id");
      return world.store.text(entry);
    },
  },
];
