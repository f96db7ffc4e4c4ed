import { z } from "zod";
import { gatewayTarget, parseAddress } from "./ip-address.ts";
import { contains } from "./network.ts";
import { METADATA_NETWORKS } from "./special-networks.ts";

/*
 * The one place that judges the URL of an upstream as its author wrote it. A URL parser would convert `2130706433`,
 * `0177.0.0.1`, `127.1` and fullwidth digits to the same address, so that nobody who reads the settings sees where the
 * calls go. Where a name leads is checked later, at each connection: see guarded-connect.ts.
 */

const PRINTABLE = /^[\x21-\x5b\x5d-\x7e]+$/; // without the backslash, which a URL parser reads as a slash
const PARTS = /^https?:\/\/([^/?#]*)(.*)$/i;
const HOST_AND_PORT =
  /^(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*)(?::\d{1,5})?$/i;

/** Returns what is wrong with the URL of an upstream, to complete "url …"; undefined if nothing is. */
export function problemOfUrl(text: string): string | undefined {
  const [, authority, rest] = PARTS.exec(text) ?? [];
  if (authority === undefined || rest === undefined) return "must be an http or https URL";
  if (authority.includes("@")) return "must have no user name or password";
  if (!PRINTABLE.test(text))
    return "must be printable ASCII without spaces and backslashes (an international name as xn--…)";
  if (rest.includes("#")) return "must have no fragment";
  const host = HOST_AND_PORT.exec(authority)?.[1];
  if (host === undefined || !URL.canParse(text)) return "must have a host name or an address in its usual notation";
  const { hostname } = new URL(text);
  if (hostname !== host.toLowerCase()) return `must name its host as ${hostname}`;
  return isMetadataService(hostname) ? "must not be a cloud's metadata service" : undefined;
}

/** Schema of an upstream's URL in settings. */
export const upstreamUrl = z
  .string()
  .superRefine((text, context) => {
    const problem = problemOfUrl(text);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  })
  .meta({ format: "uri" });

/** Schema of a base URL in settings: without a query, and without slashes at its end. */
export const upstreamBaseUrl = upstreamUrl
  .refine((text) => !text.includes("?"), "must have no query")
  .transform((text) => text.replace(/\/+$/, ""));

/** Schema of an upstream's host in settings, where a port and more are settings of their own. IPv6 without brackets. */
export const upstreamHost = z
  .string()
  .superRefine((text, context) => {
    const host = text.includes(":") ? `[${text}]` : text;
    const problem = /[/?#@\\[\]]/.test(text) ? "must be a host name or an address" : problemOfUrl(`https://${host}`);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  })
  .meta({ format: "hostname" });

/**
 * Resolves a link in an upstream's response. Credentials are sent to the configured host and to no other, so a link to
 * another host, or one with a host that is not written plainly, is not followed.
 * @returns undefined for a link that must not be followed
 */
export function resolveLink(base: URL, link: string): URL | undefined {
  if (/^\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(link)) {
    const [start] = /^https?:\/\/[^/?#]*/i.exec(link) ?? [];
    if (start === undefined || problemOfUrl(start) !== undefined) return undefined;
  }
  const target = URL.canParse(link, base) ? new URL(link, base) : undefined;
  return target?.origin === base.origin && target.username + target.password === "" ? target : undefined;
}

function isMetadataService(hostname: string): boolean {
  const address = parseAddress(hostname.replace(/^\[|\]$/g, ""));
  if (address === undefined) return false;
  const reached = [address, gatewayTarget(address)].filter((one) => one !== undefined);
  return reached.some((one) => METADATA_NETWORKS.some((network) => contains(network, one)));
}
