/** Sends notifications about committed transactions, several together. */
export interface CommitNotifier {
  /** Requests a notification of `channel` with a tenant as its payload. Cheap: may be called for every commit. */
  notify(channel: string, tenantId: string): void;
  /** Sends nothing from now on; what was not sent is found by the listeners' polls. */
  close(): void;
}

export interface CommitNotifierOptions {
  /** Sends one notification per pair of elements. A failure is ignored: listeners also poll. */
  readonly send: (channels: readonly string[], tenantIds: readonly string[]) => Promise<void>;
  /** Shortest interval between two sends. Default 10 ms: a subscriber waits for it. */
  readonly intervalMs?: number;
}

/**
 * PostgreSQL serializes the commits of all transactions that send a notification, over all databases of the server, each
 * with its wait for the disk. So events are announced after the commit, by a transaction of its own that writes nothing,
 * at most a hundred times a second and process: at once when the last one was earlier than that.
 */
export function createCommitNotifier({ send, intervalMs = 10 }: CommitNotifierOptions): CommitNotifier {
  let pending = new Map<string, readonly [channel: string, tenantId: string]>();
  let timer: NodeJS.Timeout | undefined;
  let isSending = false;
  let isClosed = false;

  async function flush(): Promise<void> {
    const sent = [...pending.values()];
    pending = new Map();
    isSending = true;
    await send(
      sent.map(([channel]) => channel),
      sent.map(([, tenantId]) => tenantId),
    ).catch(() => undefined);
    isSending = false;
    if (!isClosed) timer = setTimeout(next, intervalMs);
  }

  function next(): void {
    timer = undefined;
    if (pending.size > 0) void flush();
  }

  return {
    notify(channel, tenantId) {
      if (isClosed) return;
      pending.set(`${channel}\n${tenantId}`, [channel, tenantId]);
      if (timer === undefined && !isSending) void flush();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
