import type { Database } from "../../store/database.ts";
import type { Clock } from "../clock.ts";
import { BEAT, FIRST_CONCURRENCY, LEAVE, REPLICA_LIFE_MS } from "./beat-statement.ts";
import type { JoinShare, Load } from "./share.ts";

/** Between two heartbeats: how long a share that is no longer wanted stays with its holder. */
const BEAT_MS = 1_000;
/** The soonest that a grown load is told. */
const EARLY_BEAT_MS = 100;

interface Member {
  readonly credential: string;
  readonly maxConcurrent: number | undefined;
  readonly load: () => Load;
  readonly onChange: () => void;
  share: number;
  /** What the last heartbeat said that is wanted. */
  toldWanted: number;
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
  /** Resolves when no statement is under way. */
  close(): Promise<void>;
}

/** One statement a second for all credentials of this process. */
export function startHeartbeat(options: {
  readonly database: Database;
  /** Names this process: different in each, also after a restart. */
  readonly replica: string;
  readonly clock: Clock;
  readonly onProblem: (reason: unknown) => void;
}): Heartbeat {
  const { database, replica, clock, onProblem } = options;
  const members = new Map<string, Member>();
  /** Credentials under which others may count this replica. */
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
      member.toldWanted = loads[index]?.wanted ?? 0;
      // It will be told no more than this; what it does not use may be another's before the answer is here.
      member.share = Math.min(member.share, member.toldWanted + 1);
    }
    const values = [
      replica,
      all.map(({ credential }) => credential),
      loads.map(({ calls }) => calls),
      loads.map(({ wanted }) => wanted),
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

  function take(member: Member | undefined, row: BeatRow): void {
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
        for (const member of members.values()) member.onChange(); // it may be the one after which the even part holds
      })
      .finally(() => {
        beating = undefined;
        schedule([...members.values()].some(wantsMore) ? EARLY_BEAT_MS : BEAT_MS);
      });
  }

  /** The load grew while the last heartbeat was under way. */
  const wantsMore = (member: Member): boolean => member.load().wanted > Math.max(member.toldWanted, member.share);

  /** Cut off from the store for as long as the others need to count this replica as gone: what is left is an even part. */
  const isCutOff = (): boolean => clock.monotonicMs() - answeredAtMs > REPLICA_LIFE_MS;

  return {
    join(given) {
      const total = given.maxConcurrent ?? FIRST_CONCURRENCY;
      const member: Member = { ...given, share: 0, toldWanted: 0, total, replicas: 1, busy: 0 };
      members.set(given.credential, member);
      joined.add(given.credential);
      schedule(0);
      return {
        calls: () => (isCutOff() ? Math.max(1, Math.floor(member.total / member.replicas)) : member.share),
        replicas: () => member.replicas,
        busyReplicas: () => member.busy + 1,
        grow: () => {
          if (member.load().wanted > member.toldWanted)
            schedule(Math.max(0, begunAtMs + EARLY_BEAT_MS - clock.monotonicMs()));
        },
        leave: () => void members.delete(given.credential),
      };
    },
    async close() {
      closed = true;
      cancelNext?.();
      await beating;
      // What it holds is free at once; where the store is away, after the life of a replica.
      if (joined.size > 0) await database.query(LEAVE, [replica, [...joined]]).catch(onProblem);
    },
  };
}
