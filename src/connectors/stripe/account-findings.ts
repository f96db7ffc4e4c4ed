import type { FindingMessage } from "../../connector-api/messages.ts";
import { ERROR_CODES, type ServiceError } from "../../domain/error.ts";
import { AccountInaccessible } from "./client.ts";

const NOT_CONFIGURED = "CONNECTED_ACCOUNT_NOT_CONFIGURED";
const INACCESSIBLE = "CONNECTED_ACCOUNT_INACCESSIBLE";
const UNREADABLE = "CONNECTED_ACCOUNT_UNREADABLE";
const UNLISTED = "CONNECTED_ACCOUNTS_UNLISTED";

/** Returns a finding: webhooks arrive for a connected account that the source's settings do not name. */
export function notConfigured(account: string): FindingMessage {
  return {
    type: "finding",
    kind: NOT_CONFIGURED,
    subject: account,
    finding: {
      cause: "WEBHOOK",
      summary: `Events arrive for the connected account ${account}, which the source does not read`,
      evidence: { account },
      remedy: `Add ${account} to the source's connectedAccounts, or set them to all. Until then its deliveries are stored, and nothing is read from them.`,
    },
  };
}

/** Returns a finding: a stream of a connected account could not be read. The other accounts continue. */
export function unreadable(account: string, stream: string, error: ServiceError): FindingMessage {
  const cause = ERROR_CODES[error.code].cause ?? "FORMAT_MISMATCH";
  const evidence = { account, stream, code: error.code };
  if (error instanceof AccountInaccessible) {
    return {
      type: "finding",
      kind: INACCESSIBLE,
      subject: account,
      finding: {
        cause,
        summary: `The connected account ${account} can't be read: ${error.publicMessage}`,
        evidence: { account, code: error.code },
        remedy: `Ask the account's owner to connect it again, or take ${account} out of the source's connectedAccounts.`,
      },
    };
  }
  return {
    type: "finding",
    kind: UNREADABLE,
    subject: `${account} ${stream}`,
    finding: {
      cause,
      summary: `${stream} of the connected account ${account} could not be read: ${error.publicMessage}`,
      evidence,
      remedy: "The next read continues from the last checkpoint. Objects that were read before remain available.",
    },
  };
}

/** Resolves earlier findings about a stream of a connected account that was read to its end. */
export function readable(account: string, stream: string): readonly FindingMessage[] {
  return [
    { type: "finding", kind: NOT_CONFIGURED, subject: account, finding: undefined },
    { type: "finding", kind: INACCESSIBLE, subject: account, finding: undefined },
    { type: "finding", kind: UNREADABLE, subject: `${account} ${stream}`, finding: undefined },
  ];
}

/**
 * Returns a finding if the connected accounts could not be listed, or resolves it. The previously known ones are read
 * in either case.
 */
export function unlisted(error: ServiceError | undefined): FindingMessage {
  const finding = error && {
    cause: ERROR_CODES[error.code].cause ?? ("FORMAT_MISMATCH" as const),
    summary: `The connected accounts could not be listed: ${error.publicMessage}`,
    evidence: { code: error.code },
    remedy:
      "Give the key the right to read connected accounts, or name the accounts in the source's connectedAccounts.",
  };
  return { type: "finding", kind: UNLISTED, subject: "all", finding };
}
