import type { Parameters } from "structured-headers";
import { isSound, type LimitSignal } from "./limit-signal.ts";
import { parseItems } from "./structured-field.ts";

/**
 * Returns the signals of `RateLimit-Policy` and `RateLimit`, joined by the policy's name and, if present, its
 * partition. A policy without a state and a state without a policy are signals too. Policies that count bytes or open
 * connections instead of requests (`qu`) are skipped. Source: draft-ietf-httpapi-ratelimit-headers-09,
 * "RateLimit-Policy Field" and "RateLimit Field".
 */
export function namedLimits(headers: Readonly<Record<string, string>>): readonly LimitSignal[] {
  const policies = namedItems(headers["ratelimit-policy"]);
  const states = namedItems(headers["ratelimit"]);
  const joined = states.map((state) => {
    const policy = policyOf(state, policies);
    return { policy, state };
  });
  const stateless = policies.filter((policy) => !joined.some((pair) => pair.policy === policy));
  return [...joined, ...stateless.map((policy) => ({ policy, state: undefined }))]
    .filter(({ policy }) => policy === undefined || countsRequests(policy))
    .filter(({ policy, state }) => isComplete(policy, "q") && isComplete(state, "r"))
    .map(({ policy, state }) => signalOf(policy, state))
    .filter(isSound);
}

interface NamedItem {
  readonly name: string;
  readonly parameters: Parameters;
}

function namedItems(text: string | undefined): readonly NamedItem[] {
  const items = parseItems(text ?? "") ?? [];
  // The library represents a token as an object, so a string is one of the field's strings.
  return items.flatMap(([name, parameters]) => (typeof name === "string" ? [{ name, parameters }] : []));
}

function policyOf(state: NamedItem, policies: readonly NamedItem[]): NamedItem | undefined {
  const sameName = policies.filter(({ name }) => name === state.name);
  return sameName.find((policy) => partition(policy) === partition(state)) ?? sameName[0];
}

function partition({ parameters }: NamedItem): string | undefined {
  const key = parameters.get("pk");
  return key instanceof ArrayBuffer ? Buffer.from(key).toString("base64") : undefined;
}

function countsRequests({ parameters }: NamedItem): boolean {
  const unit = parameters.get("qu");
  return unit === undefined || unit === "requests";
}

/** Checks the required parameter: an item is malformed if it is missing or not an integer. */
function isComplete(item: NamedItem | undefined, required: "q" | "r"): boolean {
  return item === undefined || Number.isInteger(item.parameters.get(required));
}

function signalOf(policy: NamedItem | undefined, state: NamedItem | undefined): LimitSignal {
  return {
    policy: (state ?? policy)?.name,
    quota: integer(policy, "q"),
    windowMs: milliseconds(policy, "w"),
    remaining: integer(state, "r"),
    resetMs: milliseconds(state, "t"),
  };
}

/** Returns the parameter; NaN for a value of another type, so that the signal is not sound. */
function integer(item: NamedItem | undefined, key: string): number | undefined {
  const value = item?.parameters.get(key);
  if (value === undefined) return undefined;
  return typeof value === "number" ? value : Number.NaN; // a fraction is not sound either
}

function milliseconds(item: NamedItem | undefined, key: string): number | undefined {
  const seconds = integer(item, key);
  return seconds === undefined ? undefined : seconds * 1000;
}
