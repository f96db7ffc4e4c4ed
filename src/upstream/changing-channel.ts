import { isDeepStrictEqual } from "node:util";
import type { Channel } from "../connector-api/channel.ts";
import type { UpstreamTarget } from "../connector-api/upstream-target.ts";
import { ServiceError } from "../domain/error.ts";
import { createSocketFactory } from "../protocols/rest/guarded-socket.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** A channel whose settings may change while it is used. */
export interface ChangingChannel {
  /**
   * Returns the channel by the newest settings, opened when it is first needed.
   * @throws ServiceError INTERNAL for another kind than the settings', and what `ChannelKind.open` throws
   */
  current(via: unknown): OpenChannel;
  /** Calls that begin from now on use the settings; those in flight end as they were, and followed streams end. */
  change(settings: UpstreamSettings): void;
  close(): Promise<void>;
}

export interface OpenChannel {
  readonly channel: Channel;
  /** Aborted when the channel was replaced: what would use it for ever must end. */
  readonly replaced: AbortSignal;
}

/** Creates it without opening a channel. The caller closes it. */
export function createChangingChannel(target: UpstreamTarget, first: UpstreamSettings): ChangingChannel {
  let settings = first;
  let opened: (OpenChannel & { readonly replace: () => void }) | undefined;
  const closing = new Set<Promise<void>>();

  function open(via: unknown): OpenChannel & { readonly replace: () => void } {
    const { budget, networks, channel } = settings;
    if (channel === undefined || channel.kind !== via) {
      throw new ServiceError("INTERNAL", "internal error", { detail: "the call is not of the connector's channel" });
    }
    const controller = new AbortController();
    const opening = channel.kind.open({
      target,
      config: channel.config,
      maxConcurrent: budget.maxConcurrent,
      createSocket: createSocketFactory({ baseUrl: target.baseUrl, networks }),
    });
    return { channel: opening, replaced: controller.signal, replace: () => controller.abort() };
  }

  function close(): void {
    if (opened === undefined) return;
    opened.replace();
    const closed = opened.channel.close().finally(() => closing.delete(closed));
    opened = undefined;
    closing.add(closed);
  }

  return {
    current: (via) => (opened ??= open(via)),
    change(changed) {
      if (!isSameChannel(changed, settings)) close();
      settings = changed;
    },
    async close() {
      close();
      await Promise.all(closing);
    },
  };
}

function isSameChannel(one: UpstreamSettings, other: UpstreamSettings): boolean {
  const partsOf = ({ budget, networks, channel }: UpstreamSettings) => [
    budget.maxConcurrent,
    networks.toSorted(),
    channel?.config,
  ];
  return one.channel?.kind === other.channel?.kind && isDeepStrictEqual(partsOf(one), partsOf(other));
}
