// Generated from the folders beside this file by tools/generate-registry.ts. Do not edit.
import type { Sandbox } from "./sandbox.ts";
import { stripeSandbox as stripe } from "./stripe/index.ts";

/** Every sandbox by the name of the connector that it stands in for. Look names up with `Object.hasOwn`. */
export const sandboxes: Readonly<Record<string, Sandbox>> = {
  stripe,
};
