import { createGroupCommit } from "../../runtime/group-commit.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Database } from "../../store/database.ts";
import type { LeaseGrant, LeaseRequest } from "./budget-store.ts";
import type { ClockOffset } from "./clock-offset.ts";
import { leaseStatement, SERVER_CLOCK } from "./lease-statement.ts";
import { inTime } from "./store-deadline.ts";

/** Requests of one credential for permits, each bucket once. */
export interface CredentialLease {
  readonly credential: string;
  readonly asks: readonly LeaseRequest[];
  /** Number of replicas that have calls to make with the credential. */
  readonly replicas: number;
}

/** Leases permits for all credentials of this process. */
export interface SharedLeases {
  /**
   * Returns one grant for each request, in any order. Requests of several credentials that arrive while the store answers
   * others are one statement.
   * @throws ServiceError STORE_UNAVAILABLE
   */
  lease(request: CredentialLease): Promise<readonly LeaseGrant[]>;
}

const LEASE = leaseStatement();
/** Statements at a time: one that waits for another replica's row does not delay those that come after it. */
const MAX_IN_FLIGHT = 2;
/** Buckets of one statement, whose rows are locked until it ends. */
const MAX_BUCKETS = 128;

interface LeasedRow extends Record<string, unknown> {
  readonly credential: string;
  readonly bucket: string;
  readonly now_ms: number;
  readonly immediate: number;
  readonly turns: number;
  readonly start_ms: number;
  readonly step: number;
  readonly ask_again_ms: number;
  readonly closed_until_ms: number;
  readonly used_rate: number;
}

export interface SharedLeasesOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Between this process and the store. */
  readonly offset: ClockOffset;
}

/**
 * Thousands of credentials that are each called a few times ask for a permit or two at a time: the statement costs as much
 * for one of them as for twenty.
 */
export function createSharedLeases({ database, clock, offset }: SharedLeasesOptions): SharedLeases {
  const group = createGroupCommit<CredentialLease, readonly LeaseGrant[]>({
    commit,
    sizeOf: ({ asks }) => asks.length,
    maxBatchSize: MAX_BUCKETS,
    maxInFlight: MAX_IN_FLIGHT,
  });

  /** One that does not answer must not keep those behind it waiting. */
  function query<Row extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return inTime(database.query<Row>(text, values, { prepared: true }), clock);
  }

  /** Measures the clock offset: turns that are used later than they are due would crowd those after them. */
  async function compareClocks(): Promise<void> {
    const [row] = await query<{ now_ms: number }>(`select ${SERVER_CLOCK} as now_ms`, []);
    offset.after(clock.monotonicMs(), row?.now_ms);
  }

  async function commit(requests: readonly CredentialLease[]): Promise<readonly (readonly LeaseGrant[])[]> {
    while (offset.isRough()) await compareClocks();
    const grants = new Map<CredentialLease, LeaseGrant[]>(requests.map((request) => [request, []]));
    // Two budgets of one credential exist for a moment while its upstream is opened again: they take turns.
    for (const once of oncePerCredential(requests)) await leaseOnce(once, grants);
    return [...grants.values()];
  }

  /** @param requests at most one of each credential */
  async function leaseOnce(
    requests: readonly CredentialLease[],
    grants: ReadonlyMap<CredentialLease, LeaseGrant[]>,
  ): Promise<void> {
    const rows = await query<LeasedRow>(LEASE, parametersOf(requests));
    const toMonotonic = offset.after(clock.monotonicMs(), rows[0]?.now_ms);
    const byCredential = Map.groupBy(rows, ({ credential }) => credential);
    const missing = requests.flatMap((request) => {
      const own = byCredential.get(request.credential) ?? [];
      grants.get(request)?.push(...own.map((row) => grantOf(row, toMonotonic)));
      const asks = request.asks.filter(({ bucket }) => own.every((row) => row.bucket !== bucket));
      return asks.length === 0 ? [] : [{ request, rest: { ...request, asks } }];
    });
    if (missing.length === 0) return;
    // Another process has inserted their rows at the same moment: the next statement finds them.
    const rest = missing.map(({ rest: each }) => each);
    const ofRest = new Map(missing.map(({ request, rest: each }) => [each, grants.get(request) ?? []]));
    await leaseOnce(rest, ofRest);
  }

  return { lease: (request) => group.add(request) };
}

/** Divides requests so that each part has every credential once at most, in their order. */
function oncePerCredential(requests: readonly CredentialLease[]): readonly (readonly CredentialLease[])[] {
  const counts = new Map<string, number>();
  const parts: CredentialLease[][] = [];
  for (const request of requests) {
    const count = counts.get(request.credential) ?? 0;
    counts.set(request.credential, count + 1);
    (parts[count] ??= []).push(request);
  }
  return parts;
}

function parametersOf(requests: readonly CredentialLease[]): readonly unknown[] {
  const all = requests.flatMap(({ credential, asks, replicas }) => asks.map((ask) => ({ credential, ask, replicas })));
  return [
    all.map(({ credential }) => credential),
    all.map(({ replicas }) => replicas),
    all.map(({ ask }) => ask.bucket),
    all.map(({ ask }) => ask.declared ?? null),
    all.map(({ ask }) => ask.needed),
    all.map(({ ask }) => ask.interactive),
    all.map(({ ask }) => ask.pace?.rate ?? null),
    all.map(({ ask }) => ask.pace?.forMs ?? null),
  ];
}

function grantOf(row: LeasedRow, toMonotonic: number): LeaseGrant {
  return {
    bucket: row.bucket,
    immediate: row.immediate,
    turns: row.turns,
    startMs: row.start_ms + toMonotonic,
    intervalMs: row.step,
    askAgainMs: row.ask_again_ms + toMonotonic,
    closedUntilMs: row.closed_until_ms + toMonotonic,
    rate: row.used_rate,
  };
}
