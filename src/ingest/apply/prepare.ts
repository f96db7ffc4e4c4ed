import type { MalformedMessage, RecordMessage } from "../../connector-api/messages.ts";
import { ENTITY_TYPES } from "../../domain/ids.ts";
import type { Observation } from "../../store/entities/observation.ts";
import { type PreparedObservations, prepareObservations } from "../../store/entities/write-observations.ts";
import type { RefetchRequest } from "../refetch-queue/request-refetches.ts";
import { type Aliases, needsAliases, NO_ALIASES } from "./aliases/resolve-aliases.ts";
import { type Applicable, type ApplyInput, locate, observe } from "./applicable.ts";
import type { Quarantined } from "./quarantine.ts";
import { holdsUnstorable, storableFault, unstorableMessage } from "./storable-text.ts";

/** Messages of one source, with everything that applying them needs and that depends on nothing stored. */
export interface PreparedInput {
  readonly input: ApplyInput;
  readonly quarantined: readonly Quarantined[];
  readonly refetches: readonly RefetchRequest[];
  readonly records: readonly RecordMessage[];
  /** Items that contain an object, in order. */
  readonly storable: readonly Applicable[];
  /** Undefined: the stored aliases decide which objects the items are about. */
  readonly observed: ObservedObjects | undefined;
}

/** Observations, ready to be written. */
export interface ObservedObjects {
  /** In the order in which the types are written. */
  readonly prepared: readonly PreparedObservations[];
  /** Observations that refer to their object by an id that was replaced. */
  readonly outdated: readonly Observation[];
}

/**
 * Prepares messages to be applied: separates what is to be quarantined or fetched again, and determines ids, values and
 * content hashes. Needs no transaction, so that it can be done while another one is committed.
 */
export function prepare(tenantId: string, input: ApplyInput): PreparedInput {
  const quarantined: Quarantined[] = [];
  const refetches: RefetchRequest[] = [];
  const records: RecordMessage[] = [];
  const storable: Applicable[] = [];
  const park = (item: Applicable, message: MalformedMessage) =>
    quarantined.push({ message: storableFault(message), raw: locate(item, input.payloads) });
  for (const item of input.items) {
    const { message } = item;
    if (message.type === "hint") refetches.push({ ...message, traceparent: input.traceparentOf?.(item.deliveryId) });
    else if (message.type === "malformed") park(item, message);
    else if (holdsUnstorable(message)) park(item, unstorableMessage(message));
    else {
      if (message.type === "record") records.push(message);
      storable.push(item);
    }
  }
  const needsNames = needsAliases({ renames: input.renames, messages: storable.map(({ message }) => message) });
  const observed = needsNames ? undefined : observeAll(tenantId, input, storable, NO_ALIASES);
  return { input, quarantined, refetches, records, storable, observed };
}

/** Converts items into the observations of their objects. */
export function observeAll(
  tenantId: string,
  input: ApplyInput,
  items: readonly Applicable[],
  names: Aliases,
): ObservedObjects {
  const byType = new Map<string, Observation[]>();
  const outdated: Observation[] = [];
  for (const item of items) {
    const seen = observe(tenantId, input, item, names);
    if (seen?.outdated === true) outdated.push(seen.observation);
    else if (seen !== undefined) append(byType, seen.observation);
  }
  const prepared = ENTITY_TYPES.flatMap((type) => {
    const observations = byType.get(type);
    return observations === undefined ? [] : [prepareObservations(tenantId, type, observations)];
  });
  return { prepared, outdated };
}

function append(byType: Map<string, Observation[]>, observation: Observation): void {
  const list = byType.get(observation.entity);
  if (list === undefined) byType.set(observation.entity, [observation]);
  else list.push(observation);
}
