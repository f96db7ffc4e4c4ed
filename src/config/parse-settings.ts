import { z } from "zod";
import { didYouMean } from "../domain/did-you-mean.ts";
import type { ConfigIssue } from "./issue.ts";

/**
 * Parses settings by a schema. Undefined after a mistake: then `issues` has all of them, in words, each with the path of
 * its key.
 * @param prefix path of the settings; "" for a whole file or the environment
 */
export function parseSettings<T>(
  schema: z.ZodType<T>,
  given: unknown,
  prefix: string,
  issues: ConfigIssue[],
): T | undefined {
  const knownKeys = new Map<readonly string[], readonly string[]>();
  const parsed = schema.safeParse(given, {
    error(issue) {
      if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject)
        knownKeys.set(issue.keys, Object.keys(issue.inst.shape));
      return sentenceOf(issue);
    },
  });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") issues.push(...unknownKeys(issue, knownKeys.get(issue.keys) ?? [], prefix));
    else issues.push({ path: pathOf(issue.path, prefix), expected: issue.message });
  }
  return undefined;
}

function unknownKeys(
  { path, keys }: z.core.$ZodIssueUnrecognizedKeys,
  known: readonly string[],
  prefix: string,
): ConfigIssue[] {
  return keys.map((key) => {
    const suggestion = didYouMean(key, known) || `; must be one of ${known.join(", ")}`;
    return { path: pathOf([...path, key], prefix), expected: `is not a setting${suggestion}` };
  });
}

/** `sources[0].config.apiKey` */
function pathOf(keys: readonly PropertyKey[], prefix: string): string {
  const path = keys.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    prefix,
  );
  return path === "" ? "SLUICE_CONFIG" : path;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of settings",
  record: "a group of names and values",
};

/** Describes a mistake for which the schema has no words of its own. Undefined: zod's words are used. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const noun = NOUNS[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `must be set, to ${noun}` : `must be ${noun}, not ${typeOf(issue.input)}`;
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      return `must be one of ${values.join(", ")}${didYouMean(issue.input, values)}`;
    }
    case "too_small":
      return sizeSentence(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return sizeSentence(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_format":
      return issue.format === "url" ? "must be a URL" : "must have another format";
    case "invalid_union":
      return "must have one of the documented forms";
    case "unrecognized_keys": // becomes one issue for each key
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "not_multiple_of":
      return undefined;
  }
}

function sizeSentence(origin: string, relation: string, limit: number | bigint): string {
  if (origin === "string") return `must have ${relation} ${limit} characters`;
  if (origin === "array" || origin === "set") return `must have ${relation} ${limit} entries`;
  return `must be ${relation} ${limit}`;
}

/** Type of a value, for people. */
function typeOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  return NOUNS[typeof value] ?? typeof value;
}
