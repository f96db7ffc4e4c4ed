import type { ReadInput } from "../../connector-api/connector.ts";
import type { ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { PlaidConfig } from "./config.ts";
import type { PlaidCursor } from "./cursor.ts";
import { readAccounts } from "./read-accounts.ts";
import { readTransactions } from "./read-transactions.ts";
import type { StreamName } from "./streams.ts";

type Input = ReadInput<PlaidConfig, PlaidCursor>;
type Messages = AsyncGenerator<ReadMessage<PlaidCursor>, void>;

const READERS: Readonly<Record<StreamName, (input: Input) => Messages>> = {
  accounts: (input) => readAccounts(input, input.cursor?.phase === "whole" ? input.cursor : undefined),
  transactions: (input) => readTransactions(input, input.cursor?.phase === "sync" ? input.cursor : undefined),
};

/** Reads a stream; see `Connector.read`. */
export async function* readStream(input: Input): Messages {
  const { stream, signal } = input;
  if (!isStream(stream)) throw new ServiceError("INVALID_INPUT", "Plaid has no such stream");
  // The consumer may take any time for a page, and an abort in between does not wait for the page's end.
  for await (const message of READERS[stream](input)) {
    if (signal.aborted) throw new ServiceError("CANCELED", "the read was canceled", { cause: signal.reason });
    yield message;
  }
}

function isStream(name: string): name is StreamName {
  return Object.hasOwn(READERS, name);
}
