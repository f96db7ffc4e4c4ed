import type { Sandbox } from "../shared/sandbox.ts";
import { ownState } from "../shared/own-state.ts";
import { startStripe } from "./running.ts";

/** A server that behaves like Stripe, for the parts of its payments API and webhooks that are used. See README.md. */
export const stripeSandbox: Sandbox = ownState({ name: "stripe", start: startStripe });
