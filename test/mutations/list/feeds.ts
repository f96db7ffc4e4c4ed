import type { Mutation } from "../mutation.ts";

const FOLLOW = ["test/integration/feeds/follow.test.ts"];
const LARGE = ["test/integration/feeds/large.test.ts"];
const LIFECYCLE = ["test/integration/feeds/lifecycle.test.ts"];
const GAP = ["test/integration/feeds/gap.test.ts"];

/** Change feeds. */
export const FEEDS: readonly Mutation[] = [
  {
    breaks: "A position is acknowledged only after it is stored.",
    file: "src/ingest/feeds/follow-feed.ts",
    find: "    const { needsRefetch, startedRun } = await commit(options, next);\n",
    replace:
      "    next.opened.committed(unit.position);\n    const { needsRefetch, startedRun } = await commit(options, next);\n",
    tests: FOLLOW,
  },
  {
    breaks: "A unit is committed only when the one before it is.",
    file: "src/ingest/feeds/follow-feed.ts",
    find: "if (!(await committed) || signal.aborted) await unit.dispose();",
    replace: "if (signal.aborted) await unit.dispose();",
    tests: FOLLOW,
  },
  {
    breaks: "A unit is prepared while the one before it is committed.",
    file: "src/ingest/feeds/unit-queue.ts",
    find: "    (small !== undefined && isFull()) ||\n",
    replace: "",
    tests: ["src/ingest/feeds/unit-queue.test.ts"],
  },
  {
    breaks: "Changes are stored with the position after them.",
    file: "src/ingest/feeds/commit-unit.ts",
    find: 'set: "position = $1, position_at = now()"',
    replace: 'set: "position = coalesce(position, $1), position_at = now()"',
    tests: FOLLOW,
  },
  {
    breaks: "A change that the database rejects is quarantined alone.",
    file: "src/ingest/feeds/apply-isolated.ts",
    find: "    if (!isOfOneChange(reason)) throw reason;\n",
    replace: "    throw reason;\n",
    tests: FOLLOW,
  },
  {
    breaks: "No more changes are requested than memory may have.",
    file: "src/ingest/feeds/unit-queue.ts",
    find: "while (isFull() && ended === undefined) await emptied.wait(emptied.count());",
    replace: "if (ended !== undefined) await emptied.wait(emptied.count());",
    tests: FOLLOW,
  },
  {
    breaks: "The streams of a feed that begins are read further.",
    file: "src/ingest/feeds/commit-unit.ts",
    find: "  if (isFirst) {",
    replace: "  if (!isFirst) {",
    tests: FOLLOW,
  },
  {
    breaks: "A large transaction is committed only by the owner of the lease.",
    file: "src/ingest/feeds/commit-unit.ts",
    find: "  await leasedFeeds.extend(tx, lease, positionOf(prepared.unit));\n",
    replace: "  await leasedFeeds.extend(tx, lease, positionOf(prepared.unit)).catch(() => undefined);\n",
    tests: LARGE,
  },
  {
    breaks: "Each change of a large transaction has its event.",
    file: "src/events/staged-events.ts",
    find: "(row?.count ?? 0n) === 0n",
    replace: "(row?.count ?? 0n) >= 0n",
    tests: ["test/integration/events/staged.test.ts"],
  },
  {
    breaks: "The feed of a paused source ends.",
    file: "src/ingest/feeds/feed-renewals.ts",
    find: "coalesce(not sources.paused and sources.disconnected_at is null, false) as needed",
    replace: "coalesce(sources.disconnected_at is null, false) as needed",
    tests: LIFECYCLE,
  },
  {
    breaks: "One process follows a feed.",
    file: "src/ingest/feeds/feed-lease.ts",
    find: 'const IS_DUE = `next_attempt_at <= now() and ${isUnleased("change_feeds")}`;',
    replace: 'const IS_DUE = `next_attempt_at <= now() and (${isUnleased("change_feeds")} or true)`;',
    tests: LIFECYCLE,
  },
  {
    breaks: "Nothing of a feed is written after its source was disconnected.",
    file: "src/ingest/feeds/register-feeds.ts",
    find: "set lease_owner = null, lease_until = null, lease_token = lease_token + 1\n",
    replace: "set lease_token = lease_token\n",
    tests: LIFECYCLE,
  },
  {
    breaks: "The finding about a gap is open until the full read has ended.",
    file: "src/ingest/feeds/feed-gap.ts",
    find: "where feed.source_id = $1 and feed.gap_at is not null",
    replace: "where feed.source_id = $1 and feed.gap_at is null",
    tests: GAP,
  },
  {
    breaks: "The finding about a gap is open until what the full read has not listed was fetched again.",
    file: "src/ingest/feeds/feed-gap.ts",
    find: "const isDone = waiting === 0;",
    replace: "const isDone = true;",
    tests: GAP,
  },
  {
    breaks: "The finding about a gap counts what was fetched again because the full read has not listed it.",
    file: "src/ingest/feeds/feed-gap.ts",
    find: "withChanges(listed, namedOf(fetched))",
    replace: "listed",
    tests: GAP,
  },
  {
    breaks: "An upstream that may soon forget changes is a finding.",
    file: "src/ingest/feeds/feed-reporter.ts",
    find: "retention = alarm.check(message.retention);",
    replace: "retention = undefined;",
    tests: LIFECYCLE,
  },
  {
    breaks: "Changes that wait to be stored count as a lag.",
    file: "src/ingest/feeds/feed-reporter.ts",
    find: "if (ms < slowMs) return lag;",
    replace: "if (ms >= 0) return lag;",
    tests: ["src/ingest/feeds/feed-reporter.test.ts"],
  },
  {
    breaks: "The lag is reported while no change is taken.",
    file: "src/protocols/postgres-cdc/following.ts",
    find: "    if (onLag !== undefined) return onLag(lag);\n",
    replace: "",
    tests: ["test/integration/postgres-cdc/slot.test.ts"],
  },
  {
    breaks: "A feed is behind no more once it has received what the last report named.",
    file: "src/protocols/postgres-cdc/following.ts",
    find: "onFailure: () => this.#takeOldReport(),",
    replace: "onFailure: () => undefined,",
    tests: ["test/integration/postgres-cdc/slot.test.ts"],
  },
  {
    breaks: "The lag in time is known without a message of the server, by the ends of its log.",
    file: "src/protocols/postgres-cdc/stream/lag.ts",
    find: "    if (this.#ends.at(-1) !== end) this.#ends.push(end);\n",
    replace: "",
    tests: ["src/protocols/postgres-cdc/stream/lag.test.ts"],
  },
  {
    breaks: "A large transaction that ends with its process is no failure.",
    file: "src/ingest/feeds/commit-unit.ts",
    find: "if (signal.aborted) throw abortReason(signal);",
    replace: "signal.throwIfAborted();",
    tests: LARGE,
  },
  {
    breaks: "The position of a small transaction is written only by the owner of the lease.",
    file: "src/ingest/feeds/commit-unit.ts",
    find: "  await leasedFeeds.extend(tx, input.lease, positionOf(input.prepared.unit));\n",
    replace: "  await leasedFeeds.extend(tx, input.lease, positionOf(input.prepared.unit)).catch(() => undefined);\n",
    tests: LIFECYCLE,
  },
  {
    breaks: "A feed continues at the position that was stored with its changes.",
    file: "src/ingest/feeds/feed-lease.ts",
    find: "position: position ?? undefined, state, failures };",
    replace: "position: undefined, state, failures };",
    tests: ["test/integration/feeds/crash.test.ts"],
  },
  {
    breaks: "A batch that is fetched for a gap is reported to it in the transaction that writes it.",
    file: "src/ingest/refetch/missing-fetches.ts",
    find: "return [...events, ...(await missing.report(tx, { runId, sourceId }, events))];",
    replace: "return events;",
    tests: ["test/integration/feeds/crash.test.ts"],
  },
];
