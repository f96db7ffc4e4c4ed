import { objectInVersion } from "../world/api-version.ts";
import type { Entry, ObjectStore } from "../world/object-store.ts";
import type { Endpoint } from "./endpoints.ts";

/** The body of an event in the form that an endpoint requires. */
export function eventBody(endpoint: Endpoint, event: Entry, store: ObjectStore): string {
  const text = store.text(event);
  if (endpoint.payload === "thin") return thinBody(text);
  return endpoint.apiVersion === undefined ? text : inVersion(text, endpoint.apiVersion, store);
}

/** The same event written in another version. */
function inVersion(text: string, version: string, store: ObjectStore): string {
  const event = JSON.parse(text) as { data: { object: object } }; // written by this sandbox
  const object = objectInVersion(JSON.stringify(event.data.object), version, (id) => {
    const entry = store.find("charge", id);
    return entry === undefined ? undefined : store.text(entry);
  });
  const data = { ...event.data, object: JSON.parse(object) as unknown };
  return JSON.stringify({ ...event, api_version: version, data });
}

const COLLECTIONS: Readonly<Record<string, string>> = {
  customer: "customers",
  payment_intent: "payment_intents",
  charge: "charges",
  refund: "refunds",
  dispute: "disputes",
  payout: "payouts",
};

/** An event that only names its object, as an event destination with thin payloads receives it. */
function thinBody(text: string): string {
  const { id, account, created, livemode, type, data } = JSON.parse(text) as {
    id: string;
    account?: string;
    created: number;
    livemode: boolean;
    type: string;
    data: { object: { id?: string; object: string } };
  }; // written by this sandbox
  const { id: objectId, object } = data.object;
  const collection = COLLECTIONS[object];
  const related =
    objectId === undefined || collection === undefined
      ? null
      : { id: objectId, type: object, url: `/v1/${collection}/${objectId}` };
  return JSON.stringify({
    id,
    object: "v2.core.event",
    type: `v1.${type}`,
    created: new Date(created * 1000).toISOString(),
    livemode,
    ...(account !== undefined && { context: account }),
    related_object: related,
  });
}
