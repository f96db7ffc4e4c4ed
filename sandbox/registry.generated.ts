// Generated from the folders beside this file by tools/generate-registry.ts. Do not edit.
import type { Sandbox } from "./shared/sandbox.ts";
import { cardProcessorSandbox as cardProcessor } from "./card-processor/index.ts";
import { iso20022BankSandbox as iso20022Bank } from "./iso20022-bank/index.ts";
import { plaidSandbox as plaid } from "./plaid/index.ts";
import { stripeSandbox as stripe } from "./stripe/index.ts";

/** Every sandbox by the name of the connector that it stands in for. Look names up with `Object.hasOwn`. */
export const sandboxes: Readonly<Record<string, Sandbox>> = {
  "card-processor": cardProcessor,
  "iso20022-bank": iso20022Bank,
  plaid,
  stripe,
};
