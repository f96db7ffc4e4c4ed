import type { Sandbox } from "../sandbox.ts";
import { startPlaid } from "./running.ts";

/** A server that behaves like Plaid towards one Item, as far as accounts, transactions and webhooks go. See README.md. */
export const plaidSandbox: Sandbox = { name: "plaid", start: startPlaid };
