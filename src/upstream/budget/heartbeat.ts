import type { Database } from "../../store/database.ts";
import type { Clock } from "../../runtime/clock.ts";
import { BEAT, FIRST_CONCURRENCY, LEAVE, REPLICA_LIFETIME_MS } from "./beat-statement.ts";
import type { JoinShare, ShareMember } from "./share.ts";

/** Interval between two heartbeats: the time for which a share that is no longer wanted stays with its replica. */
const BEAT_MS = 1_000;
/** Minimum time after which an increased load is reported. */
const EARLY_BEAT_MS = 100;

interface CountedCredential extends ShareMember {
  share: number;
  /** The number of wanted calls that the last heartbeat reported. */
  reportedNeed: number;
  total: number;
  replicas: number;
  busy: number;
}

interface BeatRow extends Record<string, unknown> {
  readonly credential: string;
  readonly share: number;
  readonly total: number;
  readonly replicas: number;
  readonly busy: number;
}

export interface Heartbeat {
  readonly join: JoinShare;
  /** Resolves when no statement is running. */
  close(): Promise<void>;
}

/** Starts the heartbeat: one statement a second for all credentials of this process. */
export function startHeartbeat(options: {
  readonly database: Database;
  /** Name of this process: different in each, and after each restart. */
  readonly replica: string;
  readonly clock: Clock;
  readonly onProblem: (reason: unknown) => void;
}): Heartbeat {
  const { database, replica, clock, onProblem } = options;
  const members = new Map<string, CountedCredential>();
  /** Credentials for which other replicas may count this one. */
  const joined = new Set<string>();
  let answeredAtMs = clock.monotonicMs();
  let begunAtMs = -Infinity;
  let beating: Promise<void> | undefined;
  let cancelNext: (() => void) | undefined;
  let closed = false;

  async function beat(): Promise<void> {
    const all = [...members.values()];
    const loads = all.map((member) => member.load());
    for (const [index, member] of all.entries()) {
      member.reportedNeed = loads[index]?.needed ?? 0;
      // The response grants no more than this; unused calls may be granted to another replica before the response
      // arrives.
      member.share = Math.min(member.share, member.reportedNeed + 1);
    }
    const values = [
      replica,
      all.map(({ credential }) => credential),
      loads.map(({ calls }) => calls),
      loads.map(({ needed }) => needed),
      all.map(({ maxConcurrent }) => maxConcurrent ?? null),
      all.map(({ share }) => share),
    ];
    let rows = await database.query<BeatRow>(BEAT, values);
    if (rows.length < all.length) {
      await database.query(
        "insert into budget_buckets (credential, bucket) select unnest($1::text[]), 'concurrency' on conflict do nothing",
        [all.map(({ credential }) => credential).toSorted()],
      );
      rows = await database.query<BeatRow>(BEAT, values);
    }
    answeredAtMs = clock.monotonicMs();
    for (const row of rows) take(members.get(row.credential), row);
  }

  function take(member: CountedCredential | undefined, row: BeatRow): void {
    if (member === undefined) return;
    const changed = member.share !== row.share;
    Object.assign(member, { share: row.share, total: row.total, replicas: row.replicas, busy: row.busy });
    if (changed) member.onChange();
  }

  function schedule(delayMs: number): void {
    cancelNext?.();
    if (closed) return;
    cancelNext = clock.schedule(delayMs, run);
  }

  function run(): void {
    if (closed || beating !== undefined || members.size === 0) return;
    begunAtMs = clock.monotonicMs();
    beating = beat()
      .catch((reason: unknown) => {
        onProblem(reason);
        for (const member of members.values()) member.onChange(); // the even share may apply from this change on
      })
      .finally(() => {
        beating = undefined;
        schedule([...members.values()].some(needsMore) ? EARLY_BEAT_MS : BEAT_MS);
      });
  }

  /** Returns true if the load grew while the last heartbeat was running. */
  const needsMore = (member: CountedCredential): boolean =>
    member.load().needed > Math.max(member.reportedNeed, member.share);

  /**
   * Returns true if this replica has been cut off from the store for as long as the others need to count it as
   * terminated: it may then use only an even share.
   */
  const isCutOff = (): boolean => clock.monotonicMs() - answeredAtMs > REPLICA_LIFETIME_MS;

  return {
    join(given) {
      const total = given.maxConcurrent ?? FIRST_CONCURRENCY;
      const member: CountedCredential = { ...given, share: 0, reportedNeed: 0, total, replicas: 1, busy: 0 };
      members.set(given.credential, member);
      joined.add(given.credential);
      schedule(0);
      return {
        calls: () => (isCutOff() ? Math.max(1, Math.floor(member.total / member.replicas)) : member.share),
        replicas: () => member.replicas,
        busyReplicas: () => member.busy + 1,
        grow: () => {
          if (member.load().needed > member.reportedNeed)
            schedule(Math.max(0, begunAtMs + EARLY_BEAT_MS - clock.monotonicMs()));
        },
        leave: () => void members.delete(given.credential),
      };
    },
    async close() {
      closed = true;
      cancelNext?.();
      await beating;
      // Its share is free at once; if the store is unavailable, after the life of a replica.
      if (joined.size > 0) await database.query(LEAVE, [replica, [...joined]]).catch(onProblem);
    },
  };
}
