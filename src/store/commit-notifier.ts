/** Sends notifications about committed transactions, several together. */
export interface CommitNotifier {
  /**
   * Requests a notification of `channel` with a tenant as its payload. Cheap: may be called for every commit.
   * @param isLate true: nobody waits for it, so that it is sent after a moment, together with those of other commits
   */
  notify(channel: string, tenantId: string, isLate: boolean): void;
  /** Sends nothing from now on; what was not sent is found by the listeners' polls. */
  close(): void;
}

export interface CommitNotifierOptions {
  /** Sends one notification per pair of elements. A failure is ignored: listeners also poll. */
  readonly send: (channels: readonly string[], tenantIds: readonly string[]) => Promise<void>;
  /** Shortest interval between two sends that somebody waits for. Default 10 ms: a subscriber waits for it. */
  readonly intervalMs?: number;
  /** Time after which late notifications are sent, if no other is sent before. Default 50 ms. */
  readonly lateMs?: number;
}

/**
 * PostgreSQL serializes the commits of all transactions that send a notification, over all databases of the server, each
 * with its wait for the disk. So events are announced after the commit, by a transaction of its own that writes nothing,
 * at most a hundred times a second and process: at once when the last one was earlier than that. The commits of polls and
 * other background work are announced at most twenty times a second, and delay no other announcement: with thousands of
 * sources there are a hundred such commits a second, and every process would be woken for each of them.
 */
export function createCommitNotifier({ send, intervalMs = 10, lateMs = 50 }: CommitNotifierOptions): CommitNotifier {
  let pending = new Map<string, readonly [channel: string, tenantId: string]>();
  /** True if somebody waits for one of those that are pending. */
  let isAwaited = false;
  let rest: NodeJS.Timeout | undefined;
  let late: NodeJS.Timeout | undefined;
  let isSending = false;
  let isClosed = false;

  async function flush(): Promise<void> {
    const sent = [...pending.values()];
    const wasAwaited = isAwaited;
    pending = new Map();
    isAwaited = false;
    isSending = true;
    clearTimeout(late);
    late = undefined;
    await send(
      sent.map(([channel]) => channel),
      sent.map(([, tenantId]) => tenantId),
    ).catch(() => undefined);
    isSending = false;
    if (isClosed) return;
    if (wasAwaited) rest = setTimeout(sendAwaited, intervalMs);
    else if (isAwaited) void flush();
  }

  function sendAwaited(): void {
    rest = undefined;
    if (isAwaited) void flush();
  }

  function sendLate(): void {
    late = undefined;
    if (isSending) late = setTimeout(sendLate, lateMs);
    else if (pending.size > 0) void flush();
  }

  return {
    notify(channel, tenantId, isLate) {
      if (isClosed) return;
      pending.set(`${channel}\n${tenantId}`, [channel, tenantId]);
      if (isLate) {
        late ??= setTimeout(sendLate, lateMs);
        return;
      }
      isAwaited = true;
      if (rest === undefined && !isSending) void flush();
    },
    close() {
      isClosed = true;
      clearTimeout(rest);
      clearTimeout(late);
    },
  };
}
