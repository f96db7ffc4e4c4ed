import type { Database } from "../../store/database.ts";
import type { Clock } from "../../runtime/clock.ts";
import { BEAT, FIRST_CONCURRENCY, LEAVE, REPLICA_LIFETIME_MS } from "./beat-statement.ts";
import type { JoinShare, ShareMember } from "./share.ts";

/** Interval between two heartbeats: the time for which a share that is no longer wanted stays with its replica. */
const BEAT_MS = 1_000;
/** Minimum time after which an increased load is reported. */
const EARLY_BEAT_MS = 100;
/** The same for the first calls of credentials that were not in use, each of which waits for it. */
const FIRST_BEAT_MS = 10;
/** Time without calls after which a credential is no longer reported: its row is touched only while it is used. */
const UNUSED_MS = 3_000;
/** Row in which all replicas are counted, whatever credentials they use. No credential has this name. */
const ALL_REPLICAS = "(all replicas)";

interface CountedCredential extends Omit<ShareMember, "maxConcurrent"> {
  maxConcurrent: number | undefined;
  share: number;
  /** The number of wanted calls that the last heartbeat reported. */
  reportedNeed: number;
  total: number;
  busy: number;
  /** Last time at which it had calls, on the monotonic clock. */
  usedAtMs: number;
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

export interface HeartbeatOptions {
  readonly database: Database;
  /** Name of this process: different in each, and after each restart. */
  readonly replica: string;
  readonly clock: Clock;
  readonly onProblem: (reason: unknown) => void;
}

/**
 * Starts the heartbeat: one statement a second for all credentials of this process that are in use, and one more when
 * others begin to be used. The number of credentials that are not in use does not matter.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { database, replica, clock, onProblem } = options;
  const used = new Map<string, CountedCredential>();
  /** Times of the last reports: other replicas may count this one for these credentials. */
  const reported = new Map<string, number>();
  const presence = countedOf({
    credential: ALL_REPLICAS,
    maxConcurrent: undefined,
    load: () => ({ calls: 0, needed: 0 }),
    onChange: () => undefined,
  });
  let replicas = 1;
  /** Undefined until the first member joined: only then is there a heartbeat to be answered. */
  let answeredAtMs: number | undefined;
  let begunAtMs = -Infinity;
  /** Time of the next heartbeat for all that are in use; in between there may be some for a few. */
  let nextFullMs = -Infinity;
  let nextAtMs = Infinity;
  let beating: Promise<void> | undefined;
  let cancelNext: (() => void) | undefined;
  let closed = false;

  async function beat(all: readonly CountedCredential[]): Promise<void> {
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
      replicas,
    ];
    let rows = await database.query<BeatRow>(BEAT, values, { prepared: true });
    // Another process has inserted a row at the same moment.
    if (rows.length < all.length) rows = await database.query<BeatRow>(BEAT, values, { prepared: true });
    answeredAtMs = clock.monotonicMs();
    for (const row of rows) take(row);
  }

  function take(row: BeatRow): void {
    if (row.credential === ALL_REPLICAS) replicas = row.replicas;
    const member = used.get(row.credential);
    if (member === undefined) return;
    const changed = member.share !== row.share;
    Object.assign(member, { share: row.share, total: row.total, busy: row.busy });
    if (changed) member.onChange();
  }

  /** Ends the reports of credentials without calls, and returns those to report now. */
  function dueAt(nowMs: number): readonly CountedCredential[] {
    const isFull = nowMs >= nextFullMs;
    if (isFull) {
      nextFullMs = nowMs + BEAT_MS;
      for (const member of used.values()) if (isUnused(member, nowMs)) forget(member);
      for (const [credential, atMs] of reported) if (nowMs - atMs > REPLICA_LIFETIME_MS) reported.delete(credential);
    }
    const due = [...(isFull ? [presence] : []), ...[...used.values()].filter((member) => isFull || needsMore(member))];
    for (const { credential } of due) reported.set(credential, nowMs);
    return due;
  }

  function isUnused(member: CountedCredential, nowMs: number): boolean {
    if (member.load().needed > 0) member.usedAtMs = nowMs;
    return nowMs - member.usedAtMs > UNUSED_MS;
  }

  /** Without a report, other replicas soon count its share as free. */
  function forget(member: CountedCredential): void {
    used.delete(member.credential);
    Object.assign(member, { share: 0, reportedNeed: 0, busy: 0 });
  }

  /** Schedules a heartbeat, unless an earlier one is scheduled. */
  function scheduleAt(atMs: number): void {
    if (closed || (cancelNext !== undefined && nextAtMs <= atMs)) return;
    cancelNext?.();
    nextAtMs = atMs;
    cancelNext = clock.schedule(Math.max(0, atMs - clock.monotonicMs()), run);
  }

  function run(): void {
    cancelNext = undefined;
    if (closed || beating !== undefined) return;
    const nowMs = clock.monotonicMs();
    const due = dueAt(nowMs);
    if (due.length === 0) return scheduleAt(nextFullMs); // calls that were to be reported have ended
    begunAtMs = nowMs;
    beating = beat(due)
      .catch((reason: unknown) => {
        onProblem(reason);
        for (const member of used.values()) member.onChange(); // the even share may apply from this change on
      })
      .finally(() => {
        beating = undefined;
        scheduleAt(nextFullMs);
        for (const member of used.values()) if (needsMore(member)) scheduleAt(earliestOf(member));
      });
  }

  /** Returns true if the load grew while the last heartbeat was running. */
  const needsMore = (member: CountedCredential): boolean =>
    member.load().needed > Math.max(member.reportedNeed, member.share);

  const earliestOf = ({ reportedNeed }: CountedCredential): number =>
    begunAtMs + (reportedNeed === 0 ? FIRST_BEAT_MS : EARLY_BEAT_MS);

  /**
   * Returns true if this replica has been cut off from the store for as long as the others need to count it as
   * terminated: it may then use only an even share.
   */
  const isCutOff = (): boolean => clock.monotonicMs() - (answeredAtMs ?? Infinity) > REPLICA_LIFETIME_MS;

  function grow(member: CountedCredential): void {
    if (member.load().needed <= member.reportedNeed) return;
    member.usedAtMs = clock.monotonicMs();
    used.set(member.credential, member);
    scheduleAt(earliestOf(member));
  }

  return {
    join(given) {
      const member = countedOf(given);
      answeredAtMs ??= clock.monotonicMs();
      scheduleAt(nextFullMs);
      return {
        calls: () => (isCutOff() ? Math.max(1, Math.floor(member.total / replicas)) : member.share),
        replicas: () => replicas,
        busyReplicas: () => member.busy + 1,
        grow: () => grow(member),
        // The next heartbeat reports it, and returns the share of it.
        setMaxConcurrent: (maxConcurrent) => void (member.maxConcurrent = maxConcurrent),
        leave: () => void (used.get(given.credential) === member && forget(member)),
      };
    },
    async close() {
      closed = true;
      cancelNext?.();
      await beating;
      // Its share is free at once; if the store is unavailable, after the life of a replica.
      if (reported.size > 0) await database.query(LEAVE, [replica, [...reported.keys()]]).catch(onProblem);
    },
  };
}

function countedOf(given: ShareMember): CountedCredential {
  const total = given.maxConcurrent ?? FIRST_CONCURRENCY;
  return { ...given, share: 0, reportedNeed: 0, total, busy: 0, usedAtMs: -Infinity };
}
