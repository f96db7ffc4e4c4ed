import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { lockObjects } from "../../store/entities/compare-content.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Confirmed, ConfirmInput } from "./confirm-input.ts";
import {
  compareObserved,
  type Contents,
  forgetCompared,
  leaveToNextLook,
  markAbsent,
  markUnresolved,
  recordCompared,
  type Suspect,
} from "./compared-objects.ts";
import { type Difference, recordOverwritten } from "./differences.ts";
import { type ObservedObject, observedObjects, recordsByType } from "./observed-objects.ts";
import { findStoredIds, repairDifferences } from "./repair-differences.ts";

/** What is concluded about the suspects of one type. */
interface Conclusions {
  /** Both sides are the same by now. */
  readonly settled: string[];
  /** Both sides are the same by now, because a read has overwritten stored values that no write had made. */
  readonly overwritten: Difference[];
  /** Neither side has it by now. */
  readonly absent: string[];
  /** The upstream, or the store, has changed since the first look. */
  readonly changing: string[];
  /** The upstream had it at the first look, and no longer has it. */
  readonly vanished: string[];
  readonly unreadable: string[];
  readonly differences: Difference[];
}

/**
 * Looks at suspects a second time. A difference is proven if the upstream gives the same answer as at the first look,
 * between which the stream's own reads have caught up, and the store has something else, written before the upstream
 * was asked. Such differences are repaired in the same transaction. Whatever changed in between is left to the next
 * round.
 */
export async function confirmSuspects(tx: Transaction, input: ConfirmInput): Promise<Confirmed> {
  const { source, suspects, messages, requestedAt } = input;
  const types = new Set(suspects.map(({ type }) => type));
  const observed = await observedObjects(tx, source, types, messages);
  let repaired = 0;
  const events: NewEvent[] = [];
  for (const type of [...types].toSorted()) {
    const own = suspects.filter((suspect) => suspect.type === type);
    await lockObjects(tx, type, own.map(({ id }) => id).toSorted());
    const objects = own.flatMap(({ id }) => observed.get(id) ?? []);
    const records = recordsByType(source.id, objects).get(type) ?? [];
    const contents = new Map(
      (await compareObserved(tx, type, records, requestedAt, input.startedAt)).map((row) => [row.id, row]),
    );
    const stored = await findStoredIds(tx, type, own, requestedAt);
    const found = conclude(own, observed, contents, stored);
    const result = await repairDifferences(tx, { ...input, type, differences: found.differences, observed });
    await recordOverwritten(tx, input.compared, found.overwritten);
    repaired += result.repaired + found.overwritten.length;
    events.push(...result.events);
    await record(tx, input, type, found, observed);
  }
  return { repaired, events };
}

function conclude(
  suspects: readonly Suspect[],
  observed: ReadonlyMap<string, ObservedObject>,
  contents: ReadonlyMap<string, Contents>,
  stored: ReadonlyMap<string, { readonly isWrittenSince: boolean }>,
): Conclusions {
  const found: Conclusions = {
    settled: [],
    overwritten: [],
    absent: [],
    changing: [],
    vanished: [],
    unreadable: [],
    differences: [],
  };
  for (const suspect of suspects) {
    const type = observed.get(suspect.id)?.message.type;
    const row = contents.get(suspect.id);
    if (type === "malformed") found.unreadable.push(suspect.id);
    else if (row === undefined) concludeAbsent(found, suspect, stored.get(suspect.id));
    else if (row.isEqual && wasCorrupt(suspect, row)) found.overwritten.push({ suspect, kind: "ALTERED" });
    else if (row.isEqual) found.settled.push(suspect.id);
    else if (row.isWrittenSince || row.content !== suspect.content) found.changing.push(suspect.id);
    else found.differences.push({ suspect, kind: row.ourContent === null ? "MISSING" : "ALTERED" });
  }
  return found;
}

/** The upstream has not changed between the looks, and the stored values have, without a change by any write. */
function wasCorrupt(suspect: Suspect, row: Contents): boolean {
  const { content, ourContent } = suspect;
  return content === row.content && ourContent !== null && ourContent !== row.content && row.isUnchanged;
}

function concludeAbsent(
  found: Conclusions,
  suspect: Suspect,
  stored: { readonly isWrittenSince: boolean } | undefined,
): void {
  if (stored === undefined) found.absent.push(suspect.id);
  else if (suspect.content !== null) found.vanished.push(suspect.id);
  else if (stored.isWrittenSince) found.changing.push(suspect.id);
  else found.differences.push({ suspect, kind: "INVENTED" });
}

const UNREADABLE = "the upstream's item does not have the documented shape: it is quarantined";

async function record(
  tx: Transaction,
  { source, compared, look }: ConfirmInput,
  type: EntityType,
  found: Conclusions,
  observed: ReadonlyMap<string, ObservedObject>,
): Promise<void> {
  const objectsOf = (ids: readonly string[]): ObservedObject[] => ids.flatMap((id) => observed.get(id) ?? []);
  const recordsOf = (ids: readonly string[]) => recordsByType(source.id, objectsOf(ids)).get(type) ?? [];
  await recordCompared(
    tx,
    compared,
    type,
    recordsOf([...found.settled, ...found.overwritten.map(({ suspect }) => suspect.id), ...found.changing]),
    {
      look,
      unequal: "SUSPECT",
    },
  );
  const present = found.differences.filter(({ kind }) => kind !== "INVENTED").map(({ suspect }) => suspect.id);
  await recordCompared(tx, compared, type, recordsOf(present), {
    look,
    unequal: "UNRESOLVED",
    problem: "not repaired",
  });
  const invented = found.differences.filter(({ kind }) => kind === "INVENTED").map(({ suspect }) => suspect.id);
  await markUnresolved(tx, compared, invented, "not repaired"); // those that were deleted are no longer there
  await forgetCompared(tx, compared, found.absent);
  await markAbsent(tx, compared, look, found.vanished);
  await leaveToNextLook(
    tx,
    compared,
    look,
    found.changing.filter((id) => !observed.has(id)),
  );
  await markUnresolved(tx, compared, found.unreadable, UNREADABLE);
}
