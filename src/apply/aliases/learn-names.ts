import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { mergeObjects, type RowChange } from "../../store/entities/merge-objects.ts";
import { type AliasScope, findNames, findNamesOfRoots, lockNames, saveNames } from "./alias-table.ts";
import { foldRenamings, type Merge, type Name, type Renaming } from "./fold-renamings.ts";

type Message = ObjectMessage | HintMessage;

/** What is known of the ids that a batch speaks of. */
export interface Names {
  /** Undefined: the id is the only one that its object has had. */
  of(entity: EntityType, externalId: string): Name | undefined;
  /** Objects that turned out to be one with another, to be told beside what the batch itself changes. */
  readonly changes: readonly RowChange[];
}

export interface LearnNamesInput {
  readonly sourceId: string;
  /** `Connector.renames` */
  readonly renames: readonly EntityType[];
  /** That can be stored. */
  readonly messages: readonly Message[];
}

const NO_NAMES: Names = { of: () => undefined, changes: [] };

/**
 * Learns from a batch which ids are of one object, before anything of it is written: so nothing depends on where in the batch, or in
 * which one, an id is said to replace another. What other objects say of one by its id (an entry of its origin) is not followed: none
 * of the kinds that are renamed is named by others.
 */
export async function learnNames(tx: Transaction, { sourceId, renames, messages }: LearnNamesInput): Promise<Names> {
  if (renames.length === 0) return NO_NAMES;
  const byEntity = Map.groupBy(messages, entityOf);
  const concerned = renames.filter((entity) => byEntity.has(entity));
  if (concerned.length === 0) return NO_NAMES;
  await lockNames(tx, sourceId);
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
  const renamings = messages.flatMap(renamingOf);
  const spoken = messages.flatMap((message) => externalIdOf(message) ?? []);
  const ids = new Set([...spoken, ...renamings.map(({ from }) => from)]);
  const names = new Map((await findNames(tx, scope, ids)).map((name) => [name.externalId, name]));
  const news = renamings.filter((renaming) => isNews(names, renaming));
  if (news.length === 0) return { names, changes: [] };
  const roots = new Set(
    news.flatMap(({ from, to }) => [names.get(from)?.root ?? [], names.get(to)?.root ?? []].flat()),
  );
  const learned = foldRenamings(await findNamesOfRoots(tx, scope, roots), news);
  if (learned.names.length > 0) await saveNames(tx, scope, learned.names);
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

/** An upstream may say of an object for ever which id it replaced: that costs one look. */
function isNews(names: ReadonlyMap<string, Name>, { from, to }: Renaming): boolean {
  const older = names.get(from);
  return older === undefined || !older.replaced || older.root !== names.get(to)?.root;
}

function renamingOf(message: Message): readonly Renaming[] {
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
