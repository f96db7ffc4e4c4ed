import { z } from "zod";
import type { Company } from "../../shared/company.ts";
import { type Faults, faultsBody } from "../../shared/faults.ts";
import type { ChangeStreams } from "../grpc/changes.ts";
import { CONNECTION_FAULTS, type ConnectionFault } from "../grpc/front.ts";
import { limitBody, type Limiter } from "../grpc/limits.ts";
import type { Activity } from "../world/activity.ts";
import { deleteCardholder } from "../world/cardholders.ts";
import { CURRENCIES } from "../world/currencies.ts";
import { endSettlement, settle } from "../world/settlements.ts";
import type { World } from "../world/world.ts";
import { objectOf, putObject } from "./objects.ts";
import { settlementsAtBank, truth } from "./truth.ts";

/** Everything that the control API can read and change. */
export interface ControlOptions {
  readonly world: World;
  readonly company: Company;
  readonly activity: Activity;
  readonly faults: Faults;
  readonly limiter: Limiter;
  readonly streams: ChangeStreams;
  readonly disturb: (fault: ConnectionFault) => number;
  readonly calls: () => Readonly<Record<string, number>>;
  readonly nowMs: () => number;
}

export interface ControlCall {
  readonly id: string;
  readonly query: URLSearchParams;
  /** `{}` if there was none. */
  readonly body: unknown;
}

/** Handler that returns JSON; undefined if the object does not exist. */
export type ControlRoute = (options: ControlOptions, call: ControlCall) => unknown;

const activityBody = z.union([
  z.strictObject({ count: z.int().min(1).max(100_000) }),
  z.strictObject({ everyMs: z.number().nonnegative() }),
]);
const connectionsBody = z.strictObject({ fault: z.enum(CONNECTION_FAULTS) });
const streamsBody = z.strictObject({ cut: z.enum(["unavailable", "reset"]) });
const currencyNames = CURRENCIES.map(([currency]) => currency);
const settleBody = z.strictObject({ currency: z.enum(currencyNames) });
const settlementBody = z.strictObject({ step: z.enum(["pay", "return"]) });

const faultList = ({ faults }: ControlOptions) => ({ faults: faults.list() });

/** The control API by method and path. README.md has the table. */
export const CONTROL_ROUTES: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ["GET truth", ({ world, nowMs }) => truth(world, nowMs())],
  [
    "GET counters",
    ({ calls, streams, limiter }) => ({
      calls: calls(),
      streams: { open: streams.count(), sent: streams.sent() },
      peakPerSecond: limiter.peak(),
    }),
  ],
  ["POST activity", act],
  ["POST objects", ({ world, nowMs }, { body }) => putObject(world, body, nowMs())],
  ["GET objects/:id", ({ world }, { id, query }) => objectOf(world, query.get("kind") ?? "", id)],
  ["DELETE cardholders/:id", removeCardholder],
  ["GET settlements", ({ world }) => settlementsAtBank(world)],
  ["POST settlements", settleNow],
  ["POST settlements/:id", advance],
  ["POST connections", ({ disturb }, { body }) => ({ connections: disturb(connectionsBody.parse(body).fault) })],
  ["POST streams", ({ streams }, { body }) => ({ streams: streams.cut(streamsBody.parse(body).cut) })],
  [
    "POST forget",
    ({ world }) => {
      world.forget();
      world.commit();
      return { oldest: world.state().oldest };
    },
  ],
  ["GET limits", ({ limiter }) => limiter.get()],
  [
    "POST limits",
    ({ limiter }, { body }) => {
      limiter.set(limitBody.parse(body));
      return limiter.get();
    },
  ],
  ["GET faults", faultList],
  ["POST faults", (options, { body }) => (options.faults.add(faultsBody.parse(body)), faultList(options))],
  ["DELETE faults", (options) => (options.faults.clear(), faultList(options))],
]);

function act({ activity }: ControlOptions, { body }: ControlCall) {
  const parsed = activityBody.parse(body);
  if ("count" in parsed) return { changes: activity.act(parsed.count).map((objects) => ({ objects })) };
  activity.setPace(parsed.everyMs);
  return parsed;
}

function removeCardholder({ world, nowMs }: ControlOptions, { id }: ControlCall) {
  const found = world.find("Cardholder", id)?.value;
  if (found === undefined || found.deletedAt !== undefined) return undefined;
  deleteCardholder(world, found, nowMs());
  world.commit();
  return { id, deleted: true };
}

function settleNow({ world, company, nowMs }: ControlOptions, { body }: ControlCall) {
  const settlement = settle(world, company, settleBody.parse(body).currency, nowMs());
  world.commit();
  return { id: settlement?.id ?? null };
}

function advance({ world, nowMs }: ControlOptions, { id, body }: ControlCall) {
  const { step } = settlementBody.parse(body);
  const found = world.find("Settlement", id)?.value;
  if (found?.status !== "SETTLEMENT_STATUS_SENT") return undefined;
  endSettlement(world, found, step === "return", nowMs());
  world.commit();
  return { id };
}
