import type { BudgetPolicy } from "../connector-api/budget.ts";
import type { AnyConnector } from "../connector-api/connector.ts";
import { systemClock } from "../runtime/clock.ts";
import { Budget } from "./budget/budget.ts";
import { createLocalStore } from "./budget/local-store.ts";
import { wholeShare } from "./budget/share.ts";
import type { SharedBudgets } from "./budget/shared-budgets.ts";
import { credentialName } from "./credential-name.ts";

/** What a budget that all sources of a platform share is found by. */
export interface PlatformBudgetNeeds {
  readonly shared: SharedBudgets;
  readonly platformBudgets: PlatformBudgets;
}

/** Returns the option of an upstream that shares a budget with the other sources of its platform. */
export function platformBudgetOf(
  connector: AnyConnector,
  config: unknown,
  { shared, platformBudgets }: PlatformBudgetNeeds,
): { readonly takePlatformBudget?: () => TakenBudget } {
  const target = connector.target(config);
  const policy = connector.platformBudget?.(config);
  if (target?.platformCredential === undefined || policy === undefined) return {};
  const credential = credentialName({ baseUrl: target.baseUrl, credential: `platform ${target.platformCredential}` });
  return { takePlatformBudget: () => platformBudgets.take(credential, { policy, shared }) };
}

export interface PlatformBudgetOptions {
  readonly policy: BudgetPolicy;
  /** Store of the budget that all replicas share. Absent: this process is the only one. */
  readonly shared?: SharedBudgets;
}

/** A budget in use, until `release` is called. */
export interface TakenBudget {
  readonly budget: Budget;
  release(): void;
}

/** The budgets that the upstreams of a platform share in this process; each exists while one of them is open. */
export interface PlatformBudgets {
  take(credential: string, options: PlatformBudgetOptions): TakenBudget;
}

export function createPlatformBudgets(): PlatformBudgets {
  const taken = new Map<string, { readonly budget: Budget; users: number }>();
  return {
    take(credential, options) {
      const entry = taken.get(credential) ?? { budget: open(credential, options), users: 0 };
      taken.set(credential, entry);
      entry.users += 1;
      return {
        budget: entry.budget,
        release() {
          entry.users -= 1;
          if (entry.users > 0) return;
          taken.delete(credential);
          entry.budget.close();
        },
      };
    },
  };
}

function open(credential: string, { policy, shared }: PlatformBudgetOptions): Budget {
  return new Budget({
    credential,
    policy,
    clock: systemClock,
    store: shared?.store(credential) ?? createLocalStore(systemClock),
    join: shared?.join ?? wholeShare,
    onClosed: () => undefined, // no response closes it
  });
}
