import type { Sandbox } from "../shared/sandbox.ts";
import { ownState } from "../shared/own-state.ts";
import { startBank } from "./running.ts";

/**
 * A bank that publishes valid and invalid camt.052, .053 and .054 files, and provides their expected contents. See
 * README.md.
 */
export const iso20022BankSandbox: Sandbox = ownState({ name: "iso20022-bank", start: startBank });
