import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createOpenUses } from "../../../src/api-keys/open-uses.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import type { EventFeed } from "../../../src/events/feed.ts";
import { createAccessEnds } from "../../../src/server/subscriptions/access-ends.ts";
import { type EventLog, useEventLog } from "../../helpers/event-log.ts";
import { SubscriptionWorld } from "../../helpers/subscription-world.ts";
import { take } from "../../helpers/take.ts";

let log: EventLog;
let feed: EventFeed;
beforeAll(async () => {
  log = await useEventLog();
  feed = log.openFeed();
});
afterAll(async () => log[Symbol.asyncDispose]());

const REVOKED = new ServiceError("UNAUTHENTICATED", "the API key was revoked");

test("a batch of events is not executed for a subscriber whose key was revoked, and the others receive it (F98)", async () => {
  await using world = new SubscriptionWorld(log, feed, { tenantId: "access-1" });
  const uses = createOpenUses();
  uses.add({ tenantId: "access-1", id: "key_1" }, () => undefined);
  const access = createAccessEnds({ watch: uses.add, isRevoked: uses.isRevoked });
  const revoked = await world.subscribe({ access, apiKeyId: "key_1" });
  await take(revoked, 1);
  uses.revoke("key_1");
  await world.append(1, 3);
  await expect(revoked.next()).rejects.toThrow(REVOKED);
  expect(world.executed.filter(({ principal }) => principal.apiKeyId === "key_1")).toHaveLength(1); // of its position
  const other = await world.subscribe({ access, apiKeyId: "key_2", variables: { after: "0" } });
  expect(await take(other, 3)).toHaveLength(3);
});

test("events that were executed before the key was revoked are not sent after it (F98)", async () => {
  await using world = new SubscriptionWorld(log, feed, { tenantId: "access-2" });
  let checks = 0;
  // Revoked between the third check, before the events are executed, and the fourth one, after that.
  const access = createAccessEnds({ watch: () => () => undefined, isRevoked: () => (checks += 1) > 3 });
  const stream = await world.subscribe({ access, apiKeyId: "key_1" });
  await take(stream, 1);
  const executed = world.executed.length;
  await world.append(1, 3);
  await expect(stream.next()).rejects.toThrow(REVOKED);
  expect(world.executed.length).toBeGreaterThan(executed);
});
