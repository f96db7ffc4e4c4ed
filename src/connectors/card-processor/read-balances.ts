import type { MalformedMessage, ObjectMessage, RawPointer, ReadMessage } from "../../connector-api/messages.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { ServiceError } from "../../domain/error.ts";
import { problemOf } from "../../protocols/rest/item-problem.ts";
import { callMethod, type CardProcessorCall, MEDIA_TYPE } from "./client.ts";
import type { CardProcessorCursor } from "./cursor.ts";
import { BALANCE_ACCOUNT_ID, mapBalanceAccount, mapFunds } from "./map/balances.ts";
import { messageOf } from "./messages.ts";
import { balancesWire } from "./wire/objects.ts";
import { plainOf } from "./wire/plain.ts";

/** Reads the balances, which are always returned together. */
export async function* readBalances(call: CardProcessorCall): AsyncGenerator<ReadMessage<CardProcessorCursor>, void> {
  const { messages, asOf } = await fetchBalances(call);
  yield* messages;
  yield { type: "checkpoint", cursor: { phase: "changes", since: asOf }, progress: 1 };
}

/** Returns the account and its balances. Unreadable funds fail alone. */
export async function fetchBalances(
  call: CardProcessorCall,
): Promise<{ readonly messages: readonly ObjectMessage[]; readonly asOf: string }> {
  const answer = await callMethod(call, "GetBalances", {});
  const parsed = balancesWire.safeParse(plainOf(answer));
  if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the response has no time of the balances");
  const { balances, as_of: asOf } = parsed.data;
  const payload = { bytes: answer.bytes, mediaType: MEDIA_TYPE };
  const version = versionAt(asOf);
  const funds = balances.flatMap((entry, index): readonly ObjectMessage[] => {
    const raw = { payload, path: `/balances/${index}` };
    try {
      return mapFunds(entry, asOf).map((one) => messageOf(one, { version, sourceUpdatedAt: asOf, raw }));
    } catch (reason) {
      return [malformedFunds(reason, entry, index, raw)];
    }
  });
  const raw = { payload, path: "" };
  return { messages: [messageOf(mapBalanceAccount(), { version, sourceUpdatedAt: undefined, raw }), ...funds], asOf };
}

/** Pending money becomes available with time, without a change: the time of the response orders balances. */
function versionAt(asOf: string): Version {
  const ms = BigInt(Date.parse(asOf));
  return { from: ms, until: ms, finality: FINALITY.ordinary };
}

/** The position serves as the id: the same fault is the same record at each read. */
function malformedFunds(reason: unknown, entry: unknown, index: number, raw: RawPointer): MalformedMessage {
  const { path, problem } = problemOf(reason, entry, "available");
  const externalId = `${BALANCE_ACCOUNT_ID}:balances.${index}`;
  return { type: "malformed", entity: "Balance", externalId, path: `balances.${index}.${path}`, problem, raw };
}
