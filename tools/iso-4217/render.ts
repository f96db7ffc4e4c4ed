import type { CurrentEntry, HistoricEntry, PublishedList } from "./read-lists.ts";
import type { MinorUnitSource } from "./historic-minor-units.ts";

/** TypeScript text of the data file generated from the two published lists. */
export function renderCurrencies(
  current: PublishedList<CurrentEntry>,
  historic: PublishedList<HistoricEntry>,
  sources: readonly MinorUnitSource[],
): string {
  const currentUnits = unitsByCode(current.entries);
  const all = latestWithdrawals(historic.entries);
  const withdrawn = [...all].filter(([code]) => !currentUnits.has(code));
  const stillCurrent = [...all.keys()].filter((code) => currentUnits.has(code));
  const historicUnits = unitsOfSources(sources);
  return `// Made by tools/iso-4217/generate.ts from the lists of the ISO 4217 maintenance agency (SIX). Do not edit.

/** Publication date of list one, "Current currency and funds codes". */
export const LIST_ONE_PUBLISHED = "${current.published}";
/** Publication date of list three, "Codes for historic denominations of currencies and funds". */
export const LIST_THREE_PUBLISHED = "${historic.published}";

/** Minor unit of each current code; null where list one says \`N.A.\` */
export const CURRENT_CODES: readonly (readonly [code: string, minorUnit: number | null])[] = [
${[...currentUnits]
  .toSorted(byCode)
  .map(([code, unit]) => `  ["${code}", ${unit ?? null}],\n`)
  .join("")}];

/**
 * Historic codes: when each was withdrawn, as list three says, and the minor unit that the last list one with it gave it.
 * Null where none is known: see tools/iso-4217/historic-minor-units.ts, which has the sources. Codes that list three has for
 * an earlier name or territory of a currency that is still current are left out: ${stillCurrent.toSorted().join(", ")}.
 */
export const HISTORIC_CODES: readonly (readonly [code: string, withdrawn: string, minorUnit: number | null])[] = [
${withdrawn
  .toSorted(byCode)
  .map(([code, date]) => `  ["${code}", "${date}", ${historicUnits.get(code) ?? null}],\n`)
  .join("")}];
`;
}

/** @throws Error for a code with two minor units */
function unitsByCode(entries: readonly CurrentEntry[]): ReadonlyMap<string, number | undefined> {
  const units = new Map<string, number | undefined>();
  for (const { code, minorUnit } of entries) {
    if (units.has(code) && units.get(code) !== minorUnit) throw new Error(`${code} has two minor units in list one`);
    units.set(code, minorUnit);
  }
  return units;
}

/**
 * Takes the latest withdrawal of a code, which may have been withdrawn by several territories, or under several names,
 * one after the other.
 */
function latestWithdrawals(entries: readonly HistoricEntry[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const { code, withdrawn } of entries) {
    const known = latest.get(code);
    if (known === undefined || known < withdrawn) latest.set(code, withdrawn);
  }
  return latest;
}

function unitsOfSources(sources: readonly MinorUnitSource[]): ReadonlyMap<string, number> {
  // The first source is the newest, so it is written last.
  const rows = sources.toReversed().flatMap(({ codes }) => Object.entries(codes));
  return new Map(rows.flatMap(([unit, codes]) => codes.split(" ").map((code) => [code, Number(unit)] as const)));
}

function byCode([one]: readonly [string, ...unknown[]], [other]: readonly [string, ...unknown[]]): number {
  return one < other ? -1 : 1;
}
