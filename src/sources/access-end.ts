import type { AccessEndMessage } from "../connector-api/messages.ts";
import type { Transaction } from "../store/database.ts";

/**
 * Records when the upstream will end the access of a source, by the last of the messages. A read that states no end leaves
 * one that was announced until its time is over: it is not in what is read. Nothing is written if nothing changes.
 */
export async function recordAccessEnd(
  tx: Transaction,
  sourceId: string,
  messages: readonly { readonly type: string }[],
): Promise<void> {
  const last = messages.filter((message): message is AccessEndMessage => message.type === "accessEnd").at(-1);
  if (last === undefined) return;
  const { at = null, isAnnounced = false, renewal } = last;
  await tx.query(
    `update sources set access_ends_at = $2, access_end_announced = $3, access_renewal = $4
     where id = $1 and ($2::timestamptz is not null or $5 or not access_end_announced or access_ends_at <= now())
       and (access_ends_at, access_end_announced, access_renewal) is distinct from ($2::timestamptz, $3::boolean, $4)`,
    [sourceId, at, at !== null && isAnnounced, at === null ? null : renewal, isAnnounced],
    { prepared: true },
  );
}
