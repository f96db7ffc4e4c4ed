import type { ObjectMessage, RawPayload } from "../../connector-api/messages.ts";
import type { DateTime } from "../../domain/values.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { fieldDifferences } from "../../protocols/rest/contract-fields.ts";
import { problemOf } from "../../protocols/rest/item-problem.ts";
import { observedVersion } from "../../protocols/rest/observed.ts";
import type { PlaidAnswer } from "./client.ts";
import { BALANCE_KINDS, balanceIdOf, mapAccount, mapBalance } from "./map/account.ts";
import { ACCOUNT_FIELDS } from "./wire/documented-fields.ts";
import { accountIdWire, accountWire, type AccountWire } from "./wire/account.ts";

/** Time at which the accounts of a response were observed, and version of their balances. */
export interface AccountsSeen {
  readonly payload: RawPayload;
  readonly version: Version;
  readonly balances: Version;
  readonly asOf: DateTime;
}

/** Describes balances that were just requested from the bank. */
export function seenLive(answer: PlaidAnswer): AccountsSeen {
  const version = { ...observedVersion(answer), finality: FINALITY.ordinary };
  // The last second in which they can have been valid.
  const asOf = new Date(Number(version.until / 1000n) * 1000).toISOString();
  return { payload: answer.payload, version, balances: version, asOf };
}

/**
 * Describes balances of the moment at which Plaid last read the bank, which may be a day ago. With that date, they lose
 * against balances that were requested from the bank since, and win as soon as Plaid has read it again: no cached
 * response replaces a newer one.
 * @param updatedAtMs time on Plaid's clock
 */
export function seenCached(answer: PlaidAnswer, updatedAtMs: number): AccountsSeen {
  const live = seenLive(answer);
  const at = BigInt(updatedAtMs);
  if (at > live.version.until) return live; // Plaid read it in this very second, or its clocks differ
  const balances = { from: at, until: at, finality: FINALITY.ordinary };
  return { ...live, balances, asOf: new Date(updatedAtMs).toISOString() };
}

/**
 * Returns the messages of one account: itself, and its balances. Handles every input: an item that is not as documented
 * becomes a `malformed` message.
 */
export function accountMessages(item: unknown, index: number, seen: AccountsSeen): readonly ObjectMessage[] {
  const raw = { payload: seen.payload, path: `/accounts/${index}` };
  try {
    const wire = accountWire.parse(item);
    const { record, unknowns } = mapAccount(wire);
    const { version } = seen;
    const account: ObjectMessage = {
      type: "record",
      record,
      version,
      raw,
      unknowns: [...unknowns, ...fieldDifferences(item, ACCOUNT_FIELDS)],
    };
    return [account, ...BALANCE_KINDS.flatMap((kind) => balanceMessages(wire, kind, raw.path, seen))];
  } catch (reason) {
    return [
      { type: "malformed", entity: "Account", externalId: accountIdOf(item), ...problemOf(reason, item, ""), raw },
    ];
  }
}

function balanceMessages(
  wire: AccountWire,
  kind: (typeof BALANCE_KINDS)[number],
  path: string,
  { payload, balances: version, asOf }: AccountsSeen,
): readonly ObjectMessage[] {
  const raw = { payload, path };
  try {
    const updatedAtMs = Date.parse(wire.balances.last_updated_datetime ?? "");
    const own = Number.isNaN(updatedAtMs) ? asOf : new Date(updatedAtMs).toISOString();
    const record = mapBalance(wire, kind, own);
    return record === undefined ? [] : [{ type: "record", record, version, raw, unknowns: [] }];
  } catch (reason) {
    const externalId = balanceIdOf(wire.account_id, kind);
    return [{ type: "malformed", entity: "Balance", externalId, ...problemOf(reason, wire, `balances.${kind}`), raw }];
  }
}

/** Returns the id of an account that may be otherwise unreadable. */
export function accountIdOf(item: unknown): string | undefined {
  const parsed = accountIdWire.safeParse(item);
  return parsed.success ? parsed.data.account_id : undefined;
}
