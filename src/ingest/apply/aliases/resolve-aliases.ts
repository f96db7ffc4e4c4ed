import type { HintMessage, ObjectMessage } from "../../../connector-api/messages.ts";
import { entityId, type EntityType } from "../../../domain/ids.ts";
import type { Transaction } from "../../../store/database.ts";
import { mergeObjects, type RowChange } from "../../../store/entities/merge-objects.ts";
import { type AliasScope, findAliasesOf, findAliasesOfCanonical, lockAliases, saveAliases } from "./alias-table.ts";
import { mergeAliases, type Merge, type Name, type AliasLink } from "./merge-aliases.ts";

type Message = ObjectMessage | HintMessage;

/** Known aliases of the ids in a batch. */
export interface Aliases {
  /** Undefined: the object has had no other id. */
  of(entity: EntityType, externalId: string): Name | undefined;
  /** Objects that were merged into another one, to be announced in addition to the changes of the batch itself. */
  readonly changes: readonly RowChange[];
}

export interface ResolveAliasesInput {
  readonly sourceId: string;
  /** `Connector.renames` */
  readonly renames: readonly EntityType[];
  /** Messages that can be stored. */
  readonly messages: readonly Message[];
}

/** Aliases of objects that have had no other ids. */
export const NO_ALIASES: Aliases = { of: () => undefined, changes: [] };

/** Returns whether the stored aliases decide which objects the messages are about. */
export function needsAliases({ renames, messages }: Omit<ResolveAliasesInput, "sourceId">): boolean {
  return renames.length > 0 && messages.some((message) => renames.includes(entityOf(message)));
}

/**
 * Determines from a batch which ids belong to one object before anything of it is written, so that nothing depends on
 * where in the batch, or in which batch, an id is said to replace another. References to an object by its id in other
 * objects (such as a ledger entry's origin) are not followed: none of the types that are renamed is referenced by
 * others.
 */
export async function resolveAliases(
  tx: Transaction,
  { sourceId, renames, messages }: ResolveAliasesInput,
): Promise<Aliases> {
  if (!needsAliases({ renames, messages })) return NO_ALIASES;
  const byEntity = Map.groupBy(messages, entityOf);
  const concerned = renames.filter((entity) => byEntity.has(entity));
  await lockAliases(tx, sourceId);
  const known = new Map<EntityType, ReadonlyMap<string, Name>>();
  const changes: RowChange[] = [];
  for (const entity of concerned) {
    const learned = await learnOf(tx, { sourceId, entity }, byEntity.get(entity) ?? []);
    known.set(entity, learned.names);
    changes.push(...learned.changes);
  }
  return { of: (entity, externalId) => known.get(entity)?.get(externalId), changes };
}

async function learnOf(
  tx: Transaction,
  scope: AliasScope,
  messages: readonly Message[],
): Promise<{ readonly names: ReadonlyMap<string, Name>; readonly changes: readonly RowChange[] }> {
  const aliasLinks = messages.flatMap(renamingOf);
  const ownIds = messages.flatMap((message) => externalIdOf(message) ?? []);
  const ids = new Set([...ownIds, ...aliasLinks.map(({ from }) => from)]);
  const names = new Map((await findAliasesOf(tx, scope, ids)).map((name) => [name.externalId, name]));
  const newLinks = aliasLinks.filter((renaming) => isNewLink(names, renaming));
  if (newLinks.length === 0) return { names, changes: [] };
  const roots = new Set(
    newLinks.flatMap(({ from, to }) => [names.get(from)?.root ?? [], names.get(to)?.root ?? []].flat()),
  );
  const learned = mergeAliases(await findAliasesOfCanonical(tx, scope, roots), newLinks);
  if (learned.names.length > 0) await saveAliases(tx, scope, learned.names);
  for (const name of learned.names) names.set(name.externalId, name);
  return { names, changes: await mergeObjects(tx, scope.entity, rowsOf(tx, scope, learned.merges)) };
}

function rowsOf(tx: Transaction, { sourceId, entity }: AliasScope, merges: readonly Merge[]) {
  const idOf = (externalId: string) => entityId(tx.tenantId, sourceId, entity, externalId);
  return merges.map(({ root, holder, absorbed }) => ({
    rootId: idOf(root),
    rootExternalId: root,
    holderId: idOf(holder),
    absorbedIds: absorbed.map(idOf),
  }));
}

/**
 * An upstream may repeat forever which id an object replaced, and an id is replaced only once: a repetition costs one
 * lookup.
 */
function isNewLink(names: ReadonlyMap<string, Name>, { from, to }: AliasLink): boolean {
  const newer = names.get(to);
  return names.get(from)?.replaced !== true && (newer === undefined || newer.root === to);
}

function renamingOf(message: Message): readonly AliasLink[] {
  if (message.type !== "record" || message.replaces === undefined) return [];
  return message.replaces === message.record.externalId
    ? []
    : [{ from: message.replaces, to: message.record.externalId }];
}

function entityOf(message: Message): EntityType {
  return message.type === "record" ? message.record.type : message.entity;
}

function externalIdOf(message: Message): string | undefined {
  return message.type === "record" ? message.record.externalId : message.externalId;
}
