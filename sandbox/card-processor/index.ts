import { ownState } from "../shared/own-state.ts";
import type { Sandbox } from "../shared/sandbox.ts";
import { startCardProcessor } from "./running.ts";

/** A server that behaves like a card processor with a gRPC interface. See README.md. */
export const cardProcessorSandbox: Sandbox = ownState({ name: "card-processor", start: startCardProcessor });
