import type { EntityType } from "../../../domain/ids.ts";
import type { Contract } from "../../../protocols/protobuf/contract.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import type { ItemReader } from "../entities/entity-mapping.ts";
import { type Mistake, Place } from "../fields/place.ts";
import { isNumber } from "../fields/version.ts";
import { compileFetch, type FetchPlan } from "./fetch-plan.ts";
import { compileList, type ListPlan } from "./list-plan.ts";
import { compileWatch, type WatchPlan } from "./watch-plan.ts";
import type { StreamSettings, StreamsSettings } from "./stream-settings.ts";
import { MAPPINGS, type StreamName } from "../entities/streams.ts";

/** A stream whose settings were checked against the contract. */
export interface StreamPlan {
  readonly name: StreamName;
  readonly entity: EntityType;
  readonly itemType: MessageType;
  readonly reader: ItemReader;
  /** True if versions are numbers of the upstream's own: the time of a response has no place among them. */
  readonly hasNumberedVersions: boolean;
  /** True if versions are times of the upstream, in microseconds. */
  readonly hasTimedVersions: boolean;
  readonly list: ListPlan | undefined;
  readonly fetch: FetchPlan | undefined;
  readonly watch: WatchPlan | undefined;
}

export type Plan = ReadonlyMap<string, StreamPlan>;

/** Checks the settings of all streams against the contract, and returns every mistake. */
export function compilePlan(
  contract: Contract,
  settings: Readonly<Record<string, unknown>>,
): { readonly plan: Plan; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const root = new Place(mistakes);
  const plan = new Map<string, StreamPlan>();
  for (const name of Object.keys(MAPPINGS) as StreamName[]) {
    const stream = (settings as StreamsSettings)[name]; // parsed by the schema of the streams
    const compiled = stream && compileStream(contract, name, stream, root.in(name));
    if (compiled !== undefined) plan.set(name, compiled);
  }
  requireOneTokenByMethod(plan, root);
  requireIds(plan, root);
  return { plan, mistakes };
}

function compileStream(
  contract: Contract,
  name: StreamName,
  settings: StreamSettings,
  place: Place,
): StreamPlan | undefined {
  const list = compileList(contract, settings, place);
  const fetch = compileFetch(contract, settings, place);
  const watch = compileWatch(contract, settings, place);
  const { version } = settings.fields;
  if (watch !== undefined && version === undefined) {
    place.in("fields").in("version").report("must be given with watch: a late change would replace a newer state");
  }
  if (settings.since !== undefined && settings.fields["updatedAt"] === undefined) {
    place.in("fields").in("updatedAt").report("must be given with since: the next read begins with its newest value");
  }
  if (fetch !== undefined && name === "balances") {
    place.in("fetch").report("must not be given: a balance has no id of the upstream's");
  }
  const itemType = list?.itemType ?? fetch?.itemType ?? watch?.itemType;
  if (itemType === undefined) return undefined; // reported
  requireSameType(itemType, fetch?.itemType, place.in("fetch"));
  requireSameType(itemType, watch?.itemType, place.in("watch").in("item"));
  const { entity, compile } = MAPPINGS[name];
  const reader = compile(settings.fields, place.in("fields"), itemType);
  if (reader === undefined) return undefined;
  const hasNumberedVersions = typeof version === "string" && isNumber(version, itemType);
  if (hasNumberedVersions && watch?.deleted !== undefined && watch.deleted.version === undefined) {
    place.in("watch").in("deleted").in("version").report("must be given, because the versions of objects are numbers");
  }
  const hasTimedVersions = typeof version === "string" && !hasNumberedVersions;
  return { name, entity, itemType, reader, hasNumberedVersions, hasTimedVersions, list, fetch, watch };
}

function requireSameType(expected: MessageType, type: MessageType | undefined, place: Place): void {
  if (type === undefined || type === expected) return;
  place.report(`must return ${expected.name}, as the stream's other methods do, and returns ${type.name}`);
}

/** A list that is called for each id of another stream needs that stream's list, which is called once. */
function requireIds(plan: Plan, root: Place): void {
  for (const { name, list } of plan.values()) {
    const from = list?.each?.from;
    if (from === undefined) continue;
    const other = plan.get(from)?.list;
    if (other !== undefined && other.each === undefined && from !== name) continue;
    root.in(name).in("each").in("from").report("must be another stream with a list that is called once: accounts");
  }
}

/** Streams that share a server stream share its position. */
function requireOneTokenByMethod(plan: Plan, root: Place): void {
  const tokens = new Map<string, string>();
  for (const { name, watch } of plan.values()) {
    if (watch === undefined) continue;
    const token = `${watch.token.text} ${Buffer.from(watch.request("1")).toString("hex")}`;
    const other = tokens.get(watch.method.path) ?? token;
    if (other !== token) root.in(name).in("watch").report("must be requested as the other streams of this method are");
    tokens.set(watch.method.path, other);
  }
}
