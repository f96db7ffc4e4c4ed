import { CHANNEL_RULES } from "./channel-rules.ts";
import { contentRules } from "./content-rules.ts";
import { LIMIT_RULES } from "./limit-rules.ts";
import { PROCESS_RULES } from "./process-rules.ts";
import { READ_RULES } from "./read-rules.ts";
import type { Rule } from "./rule.ts";
import { SOURCE_RULES } from "./source-rules.ts";

/** Rules about specific facts; a finding whose kind is the id of one of them is explained by it. */
const SPECIFIC: readonly Rule[] = [...SOURCE_RULES, ...LIMIT_RULES, ...READ_RULES, ...CHANNEL_RULES, ...PROCESS_RULES];

/** Kinds of findings about the same rows that a rule of another name reads. */
const READ_BY_OTHERS = ["SOURCE_FAILING", "MALFORMED_FIELD"];

/** Every rule, in the order in which diagnoses of the same state are listed. docs/diagnosis.md has the same table. */
export const RULES: readonly Rule[] = [
  ...SPECIFIC,
  ...contentRules([...SPECIFIC.map(({ id }) => id), ...READ_BY_OTHERS]),
];
