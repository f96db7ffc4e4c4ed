// Generated from the folders beside this file by tools/generate-registry.ts. Do not edit.
import type { AnyConnector } from "../connector-api/connector.ts";
import { connector as cardProcessor } from "./card-processor/index.ts";
import { connector as grpc } from "./grpc/index.ts";
import { connector as iso20022Bank } from "./iso20022-bank/index.ts";
import { connector as plaid } from "./plaid/index.ts";
import { connector as postgresLedger } from "./postgres-ledger/index.ts";
import { connector as stripe } from "./stripe/index.ts";

/** Every connector by its name. Look names up with `Object.hasOwn`: they come from outside. */
export const connectors: Readonly<Record<string, AnyConnector>> = {
  "card-processor": cardProcessor,
  grpc,
  "iso20022-bank": iso20022Bank,
  plaid,
  "postgres-ledger": postgresLedger,
  stripe,
};
