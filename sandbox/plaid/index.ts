import type { Sandbox } from "../shared/sandbox.ts";
import { ownState } from "../shared/own-state.ts";
import { startPlaid } from "./running.ts";

/** A server that behaves like Plaid towards one Item, for accounts, transactions and webhooks. See README.md. */
export const plaidSandbox: Sandbox = ownState({ name: "plaid", start: startPlaid });
