import { hash } from "node:crypto";
import type { UpstreamTarget } from "../connector-api/upstream-target.ts";

/**
 * Returns the name of a credential at its upstream, the same in every replica: 22 characters of a SHA-256, which
 * reveals nothing of it. Credentials with the same name share one budget.
 */
export function credentialName({ baseUrl, credential }: UpstreamTarget): string {
  const address = URL.canParse(baseUrl) ? new URL(baseUrl).href : baseUrl; // `https://API.bank.eu:443` is `https://api.bank.eu`
  return hash("sha256", `sluice budget\n${address}\n${credential}`, "base64url").slice(0, 22);
}
