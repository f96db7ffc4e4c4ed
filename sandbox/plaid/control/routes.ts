import { z } from "zod";
import { faultsBody, type Faults } from "../../shared/faults.ts";
import { refusalBody, type Refusals } from "../http/refusals.ts";
import type { Dispatcher } from "../webhooks/dispatcher.ts";
import type { Hooks } from "../webhooks/hooks.ts";
import type { Keys } from "../webhooks/keys.ts";
import type { Activity } from "../world/activity.ts";
import type { World } from "../world/world.ts";
import { addPending, closeAccount, drift, postAs, putTransaction, removeOne, setInstitution } from "./changes.ts";
import { feed } from "./feed.ts";
import { truth } from "./truth.ts";

/** Everything that the control API can read and change. */
export interface ControlOptions {
  readonly world: World;
  readonly keys: Keys;
  readonly hooks: Hooks;
  readonly dispatcher: Dispatcher;
  readonly activity: Activity;
  readonly faults: Faults;
  readonly refusals: Refusals;
  readonly requests: () => Readonly<Record<string, number>>;
  readonly setPageSize: (size: number | undefined) => void;
  readonly onKeys: () => void;
  readonly signal: AbortSignal;
}

export interface ControlCall {
  readonly id: string;
  /** `{}` if there was none. */
  readonly body: unknown;
}

/** Handler that returns JSON; undefined if the object does not exist. */
export type ControlRoute = (options: ControlOptions, call: ControlCall) => unknown;

const activityBody = z.union([
  z.strictObject({ count: z.int().min(1).max(100_000) }),
  z.strictObject({ everyMs: z.number().nonnegative() }),
]);
const quiesceBody = z.strictObject({ timeoutMs: z.number().positive().default(10_000) });
const endpointBody = z.strictObject({ url: z.url({ protocol: /^https?$/u }) });
const webhookBody = z.strictObject({ type: z.string().min(1), code: z.string().min(1) });
const loginBody = z.strictObject({ works: z.boolean() });
const consentBody = z.strictObject({
  endsAt: z.iso.datetime({ offset: true }).nullable(),
  region: z.enum(["EU", "US"]).default("EU"),
});
const pageBody = z.strictObject({ size: z.int().min(1).max(500).optional() });
const rotateBody = z.strictObject({ overlapS: z.int().default(0) });

const faultList = ({ faults }: ControlOptions) => ({ faults: faults.list() });
const refusalList = ({ refusals }: ControlOptions) => ({ refusals: refusals.list() });

/** The control API by method and path. README.md has the table. */
export const CONTROL_ROUTES: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ["GET truth", ({ world }) => truth(world)],
  ["GET counters", ({ requests, dispatcher }) => ({ requests: requests(), webhooks: dispatcher.counts() })],
  ["POST activity", act],
  ["POST transactions", ({ world, activity }, { body }) => putTransaction(world, activity, body)],
  ["POST feed", ({ world, activity }, { body }) => feed(world, activity, body)],
  ["POST pending", ({ world, activity }, { body }) => addPending(world, activity, body)],
  ["POST postings", ({ world, activity }, { body }) => postAs(world, activity, body)],
  ["POST remove", ({ world, activity }, { body }) => removeOne(world, activity, body)],
  ["POST drift", ({ world }, { body }) => drift(world, body)],
  ["POST institution", ({ world }, { body }) => setInstitution(world, body)],
  ["DELETE accounts/:id", ({ world }, { id }) => closeAccount(world, id)],
  [
    "POST login",
    ({ hooks, world }, { body }) => {
      hooks.setLogin(loginBody.parse(body).works);
      return { error: world.state().error ?? null };
    },
  ],
  [
    "POST consent",
    ({ hooks, world }, { body }) => {
      const { endsAt, region } = consentBody.parse(body);
      hooks.setConsentEnd(endsAt ?? undefined, region);
      return { consent_expiration_time: world.state().consentEndsAt ?? null };
    },
  ],
  [
    "POST webhooks",
    ({ hooks }, { body }) => {
      const { type, code } = webhookBody.parse(body);
      hooks.fire(type, code);
      return { endpoints: hooks.list().length };
    },
  ],
  ["GET webhook-endpoints", ({ hooks }) => ({ endpoints: hooks.list() })],
  ["POST webhook-endpoints", ({ hooks }, { body }) => hooks.add(endpointBody.parse(body).url)],
  ["DELETE webhook-endpoints/:id", ({ hooks }, { id }) => (hooks.remove(id) ? { id, deleted: true } : undefined)],
  [
    "POST rotate-key",
    ({ keys, onKeys }, { body }) => {
      keys.rotate(rotateBody.parse(body).overlapS);
      onKeys();
      return { keys: keys.list() };
    },
  ],
  ["POST page-size", ({ setPageSize }, { body }) => (setPageSize(pageBody.parse(body).size), {})],
  ["GET faults", faultList],
  ["POST faults", (options, { body }) => (options.faults.add(faultsBody.parse(body)), faultList(options))],
  ["DELETE faults", (options) => (options.faults.clear(), faultList(options))],
  ["GET refusals", refusalList],
  ["POST refusals", (options, { body }) => (options.refusals.add(refusalBody.parse(body)), refusalList(options))],
  ["DELETE refusals", (options) => (options.refusals.clear(), refusalList(options))],
  ["POST quiesce", quiesce],
]);

function act({ activity }: ControlOptions, { body }: ControlCall) {
  const parsed = activityBody.parse(body);
  if ("everyMs" in parsed) {
    activity.setPace(parsed.everyMs);
    return parsed;
  }
  return { changes: activity.update(parsed.count).map((ids) => ({ transactions: ids })) };
}

async function quiesce({ activity, dispatcher, signal }: ControlOptions, { body }: ControlCall) {
  activity.stop();
  const timeout = AbortSignal.timeout(quiesceBody.parse(body).timeoutMs);
  const quiet = await dispatcher.idle(AbortSignal.any([signal, timeout]));
  return { quiet, webhooks: dispatcher.counts() };
}
