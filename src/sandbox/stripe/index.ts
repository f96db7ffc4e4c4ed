import type { Sandbox } from "../sandbox.ts";
import { startStripe } from "./running.ts";

/** A server that behaves like Stripe, as far as its payments API and webhooks are used. See README.md. */
export const stripeSandbox: Sandbox = { name: "stripe", start: startStripe };
