import { singleBucket } from "../../connector-api/budget.ts";
import type { Connector } from "../../connector-api/connector.ts";
import { ServiceError } from "../../domain/error.ts";
import { authHeaders, bankConfig, type BankConfig } from "./config.ts";
import { bankCursor, type BankCursor } from "./cursor.ts";
import { bankFiles } from "./files.ts";
import { checkAddress, readAddress } from "./read.ts";
import { STATEMENTS } from "./streams.ts";
import { bankWebhook } from "./webhook.ts";

/**
 * Connector for a bank that uses ISO 20022: its statements, reports and notifications, as files from any of the
 * supported ways.
 */
export const connector: Connector<BankConfig, BankCursor> = {
  name: "iso20022-bank",
  config: bankConfig,
  cursor: bankCursor,
  streams: [STATEMENTS],
  target: (config) =>
    config.url === undefined
      ? undefined
      : { baseUrl: new URL(config.url).origin, credential: JSON.stringify(authHeaders(config)) },
  // Banks publish little about their limits and receive few calls: five calls a second read a year of daily files in
  // minutes.
  budget: () => singleBucket({ requestsPerSecond: 5, maxConcurrent: 2 }),
  check: checkAddress,
  read: readAddress,
  fetch: {},
  fetchMany: () => {
    throw new ServiceError(
      "UPSTREAM_REJECTED",
      "a bank has no call to fetch a single entry: the next statement contains it",
    );
  },
  webhook: bankWebhook,
  files: bankFiles,
};
