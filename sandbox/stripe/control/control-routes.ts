import { z } from "zod";
import { faultsBody } from "../../shared/faults.ts";
import { fieldsOf } from "../world/fields.ts";
import type { Entry } from "../world/object-store.ts";
import { STORED_TYPES } from "../world/wire.ts";
import type { EventType, StoredType } from "../world/wire.ts";
import type { Change } from "../world/change-log.ts";
import type { ControlCall, ControlOptions, ControlRoute } from "./control-route.ts";
import { ACCOUNT_ROUTES } from "./account-routes.ts";
import { PAYOUT_ROUTES } from "./payout-routes.ts";
import { COUNTER_ROUTES } from "./counter-routes.ts";
import { LIMIT_ROUTES } from "./limit-routes.ts";

const storedType = z.enum(STORED_TYPES);
const activityBody = z.union([
  z.strictObject({ count: z.int().min(1).max(100_000) }),
  z.strictObject({ everyMs: z.number().nonnegative() }),
]);
const quiesceBody = z.strictObject({ timeoutMs: z.int().positive().default(30_000) }).default({ timeoutMs: 30_000 });
const apiVersion = z.string().regex(/^\d{4}-\d{2}-\d{2}/u, "a version such as 2020-08-27");
const accountBody = z.strictObject({ apiVersion });
const endpointBody = z.strictObject({
  url: z.url({ protocol: /^http$/u }),
  secrets: z.array(z.string().min(1)).min(1).optional(),
  enabledEvents: z.array(z.string()).min(1).default(["*"]),
  apiVersion: apiVersion.optional(),
  payload: z.enum(["snapshot", "thin"]).optional(),
  connect: z.boolean().default(false),
});
const keysBody = z.strictObject({
  add: z.array(z.string().min(1)).default([]),
  restrict: z.array(z.string().min(1)).default([]),
  revoke: z.array(z.string().min(1)).default([]),
});
const objectBody = z.strictObject({
  type: storedType,
  json: z.string(),
  id: z.string().optional(),
  created: z.int().optional(),
  event: z.string().optional(),
});

const faultList = ({ faults }: ControlOptions) => ({ json: { faults: faults.list() } });
const endpointList = ({ endpoints }: ControlOptions) => ({ json: { endpoints: endpoints.list() } });
const keyList = ({ keys }: ControlOptions) => ({ json: { keys: Object.fromEntries(keys.list()) } });

/** The control API by method and path. README.md has the table. */
export const ROUTES: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ["GET state", ({ account }) => ({ lines: everything(account) })],
  ["GET objects", ({ account }, { query }) => ({ text: objectsText(account, storedType.parse(query.get("type"))) })],
  ["POST objects", putObject],
  ...COUNTER_ROUTES,
  ["GET webhook-endpoints", endpointList],
  ["POST webhook-endpoints", addEndpoint],
  ["POST webhook-endpoints/:id", changeEndpoint],
  ["DELETE webhook-endpoints/:id", removeEndpoint],
  ["GET faults", faultList],
  ["POST faults", addFaults],
  [
    "DELETE faults",
    (options) => {
      options.faults.clear();
      return faultList(options);
    },
  ],
  ["GET keys", keyList],
  ["POST keys", changeKeys],
  ...LIMIT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...PAYOUT_ROUTES,
  [
    "DELETE idempotency-keys",
    ({ idempotencyKeys }) => {
      idempotencyKeys.forget();
      return { json: {} };
    },
  ],
  ["POST account", changeAccount],
  ["POST activity", act],
  ["POST quiesce", quiesce],
  ["POST resend", resend],
]);

function* everything({ world }: ControlOptions["account"]): Generator<string> {
  for (const type of STORED_TYPES) for (const entry of world.store.all(type)) yield world.store.text(entry);
}

/** The true state of one type, oldest first. Texts that are not JSON are named, not included. */
function objectsText({ world, ledger }: ControlOptions["account"], type: StoredType): string {
  ledger.settleDue();
  world.commit();
  const entries = world.store.all(type);
  const deleted = entries.filter((entry) => entry.deleted).map((entry) => entry.id);
  const live = entries.filter((entry) => !entry.deleted);
  const malformed = live.filter((entry) => isRaw(entry) && parse(world.store.text(entry)) === undefined);
  const texts = live.filter((entry) => !malformed.includes(entry)).map((entry) => world.store.text(entry));
  const head = JSON.stringify({ type, count: texts.length, deleted, malformed: malformed.map((entry) => entry.id) });
  return `${head.slice(0, -1)},"objects":[${texts.join(",")}]}`;
}

/** Returns whether a text was added by a tester: only those can be malformed. */
const isRaw = (entry: Entry): boolean => entry.fields.testCard === "raw";

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function putObject({ account: { world } }: ControlOptions, call: ControlCall) {
  const body = objectBody.parse(call.body);
  const known = parse(body.json);
  const named = z.object({ id: z.string(), created: z.int() }).partial().safeParse(known).data;
  const id = body.id ?? named?.id ?? world.newId("raw_1");
  const created = body.created ?? named?.created ?? world.now();
  const before = world.store.find(body.type, id);
  const fields = { ...(known === undefined ? {} : fieldsOf(known)), testCard: "raw" };
  const entry = world.store.putText({ type: body.type, id, created, text: body.json, fields });
  world.note(entry, before === undefined ? "created" : "updated");
  // Testers may use types that do not exist.
  if (body.event !== undefined) world.emit(body.event as EventType, body.json);
  const { events } = world.commit();
  return { json: { id, created, events: events.map((event) => event.id) } };
}

function addEndpoint({ account, endpoints, webhookSecret, onEndpoint }: ControlOptions, call: ControlCall) {
  const { secrets = [webhookSecret], ...body } = endpointBody.parse(call.body);
  const endpoint = endpoints.add({ ...body, id: account.world.newId("we_1"), secrets });
  onEndpoint(endpoint);
  return { json: endpoint };
}

function changeEndpoint({ endpoints, onEndpoint }: ControlOptions, { id, body }: ControlCall) {
  const endpoint = endpoints.find(id);
  if (endpoint === undefined) return undefined;
  endpoint.secrets = z.strictObject({ secrets: z.array(z.string().min(1)).min(1) }).parse(body).secrets;
  onEndpoint(endpoint);
  return { json: endpoint };
}

function removeEndpoint({ endpoints, onEndpoint }: ControlOptions, { id }: ControlCall) {
  const endpoint = endpoints.find(id);
  if (endpoint === undefined) return undefined;
  endpoints.remove(id);
  onEndpoint(endpoint);
  return { json: { id, deleted: true } };
}

function addFaults(options: ControlOptions, call: ControlCall) {
  options.faults.add(faultsBody.parse(call.body));
  return faultList(options);
}

function changeAccount({ version }: ControlOptions, call: ControlCall) {
  version.set(accountBody.parse(call.body).apiVersion);
  return { json: { apiVersion: version.get() } };
}

function changeKeys(options: ControlOptions, call: ControlCall) {
  const { add, restrict, revoke } = keysBody.parse(call.body);
  const change = (keys: readonly string[], state: "active" | "restricted" | "revoked"): void => {
    for (const key of keys) {
      options.keys.set(key, state);
      options.onKey(key, state);
    }
  };
  change(add, "active");
  change(restrict, "restricted");
  change(revoke, "revoked");
  return keyList(options);
}

function act({ activity }: ControlOptions, call: ControlCall) {
  const body = activityBody.parse(call.body);
  if ("everyMs" in body) {
    activity.setPace(body.everyMs);
    return { json: { everyMs: body.everyMs } };
  }
  const changes = Array.from({ length: body.count }, () => {
    const { changed, events } = activity.change();
    return {
      objects: changed.map(describe),
      events: events.map((event) => ({ id: event.id, type: event.fields.type })),
    };
  });
  return { json: { changes } };
}

const describe = ({ entry, kind }: Change) => ({ type: entry.type, id: entry.id, change: kind });

async function quiesce({ activity, dispatcher, signal }: ControlOptions, call: ControlCall) {
  const { timeoutMs } = quiesceBody.parse(call.body);
  activity.stop();
  const quiet = await dispatcher.idle(AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  return { json: { quiet, webhooks: dispatcher.counts() } };
}

/** Sends an old event again, like "Resend" in the dashboard. */
function resend({ account, endpoints, dispatcher }: ControlOptions, call: ControlCall) {
  const { event: id } = z.strictObject({ event: z.string() }).parse(call.body);
  const event = account.world.store.find("event", id);
  if (event === undefined) return undefined;
  const receivers = endpoints.subscribedTo(event.fields.type ?? "", account.connected === undefined);
  for (const endpoint of receivers) dispatcher.enqueue(endpoint, event);
  return { json: { event: id, endpoints: receivers.length } };
}
