import type { Sandbox } from "../sandbox.ts";
import { startBank } from "./running.ts";

/** A bank that gives out camt.052, .053 and .054 files, good and bad ones, and knows what is in them. See README.md. */
export const iso20022BankSandbox: Sandbox = { name: "iso20022-bank", start: startBank };
