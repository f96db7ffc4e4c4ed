import type { Subject } from "../subject.ts";
import { subject as stripe } from "./stripe.ts";

/** By the name of the connector. One without a subject runs the static part only. */
export const subjects: Readonly<Record<string, Subject>> = { stripe };
