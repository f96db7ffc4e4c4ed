import type { EntityType } from "../../domain/ids.ts";
import type { Invariant } from "./invariant.ts";
import { LEDGER_INVARIANTS } from "./ledger-invariants.ts";
import { PAYMENT_INVARIANTS } from "./payment-invariants.ts";
import { STATEMENT_INVARIANTS } from "./statement-invariants.ts";

/** All rules about stored objects. docs/invariants.md lists the same rules, which is checked by a test. */
export const INVARIANTS: readonly Invariant[] = [...PAYMENT_INVARIANTS, ...LEDGER_INVARIANTS, ...STATEMENT_INVARIANTS];

/** The types that have a rule about them. */
export const SUBJECT_TYPES: readonly EntityType[] = [...new Set(INVARIANTS.map(({ subject }) => subject))];
