import { API_VERSION } from "./wire.ts";

/** The API version in which the account's events are written. It is not preserved over a restart. */
export interface AccountVersion {
  get(): string;
  set(version: string): void;
}

/** Creates the version of a new account: its default is the version of this sandbox. */
export function createAccountVersion(): AccountVersion {
  let current = API_VERSION;
  return { get: () => current, set: (version) => void (current = version) };
}

/** Version from which refunds of charges have events of their own; before it only the charge has one. */
const REFUND_EVENTS_SINCE = "2024-10-28";
/** Version from which an intent contains only the id of its latest charge, and no list of charges. */
const NO_CHARGE_LISTS_SINCE = "2022-11-15";

/** Returns whether an account or an endpoint of this version receives events of this type. */
export function hasEvents(type: string, version: string): boolean {
  return !type.startsWith("refund.") || !isBefore(version, REFUND_EVENTS_SINCE);
}

/**
 * The JSON text of an object in events of another version. Only that of an intent differs here: older versions contain
 * its charges.
 * @param chargeText JSON text of a charge by its id
 */
export function objectInVersion(
  objectText: string,
  version: string,
  chargeText: (id: string) => string | undefined,
): string {
  if (!objectText.includes('"object":"payment_intent"') || !isBefore(version, NO_CHARGE_LISTS_SINCE)) return objectText;
  const latest = /"latest_charge":"([^"]+)"/.exec(objectText)?.[1];
  const charges = latest === undefined ? undefined : chargeText(latest);
  const list = `{"object":"list","data":[${charges ?? ""}],"has_more":false,"total_count":${charges === undefined ? 0 : 1}}`;
  return `${objectText.slice(0, -1)},"charges":${list}}`;
}

/** Versions begin with their date. */
function isBefore(version: string, date: string): boolean {
  return version.slice(0, date.length) < date;
}
