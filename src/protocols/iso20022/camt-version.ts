import type { CamtKind } from "./camt.ts";
import { quote, refuse } from "./refuse.ts";

/** A supported message. */
export interface CamtVersion {
  readonly kind: CamtKind;
  /** `camt.053.001.08` */
  readonly version: string;
}

/** The element below Document. The .01 versions append `V01` to it. */
export const MESSAGE_ELEMENT = {
  "camt.052": "BkToCstmrAcctRpt",
  "camt.053": "BkToCstmrStmt",
  "camt.054": "BkToCstmrDbtCdtNtfctn",
} as const satisfies Record<CamtKind, string>;

/** The repeated element below it. */
export const STATEMENT_ELEMENT = {
  "camt.052": "Rpt",
  "camt.053": "Stmt",
  "camt.054": "Ntfctn",
} as const satisfies Record<CamtKind, string>;

const NEWEST = 13;

/**
 * Returns the message that a Document's namespace names at its end: banks use their own prefix, as in
 * `urn:swift:xsd:camt.053.001.02`.
 * @throws CamtRefused NOT_CAMT | UNSUPPORTED_VERSION
 */
export function versionOfNamespace(uri: string): CamtVersion {
  const [identifier = "", area = "", variant = "", version = ""] =
    /([a-z]{4}\.\d{3})\.(\d{3})\.(\d{2,3})$/.exec(uri.trim()) ?? [];
  if (identifier === "")
    return refuse("NOT_CAMT", `the Document's namespace ${quote(uri)} is not one of an ISO 20022 message`);
  if (!isKind(area))
    return refuse("NOT_CAMT", `the Document is a ${identifier}, which is not a camt.052, .053 or .054`);
  const number = Number(version);
  if (variant !== "001" || version.length !== 2 || number < 1 || number > NEWEST) {
    return refuse("UNSUPPORTED_VERSION", `${identifier} is not supported: ${area}.001.01 to .${NEWEST} are`);
  }
  return { kind: area, version: identifier };
}

function isKind(text: string): text is CamtKind {
  return Object.hasOwn(MESSAGE_ELEMENT, text);
}
