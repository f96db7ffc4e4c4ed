import type { BudgetPolicy } from "../connector-api/budget.ts";
import type { AnyChannelKind } from "../connector-api/channel.ts";
import type { AnyConnector } from "../connector-api/connector.ts";

/** Settings of an upstream that may change while it is open. */
export interface UpstreamSettings {
  readonly budget: BudgetPolicy;
  /** Networks beyond the public ones that its address may be in, in CIDR notation. */
  readonly networks: readonly string[];
  /** Absent: it is called by HTTP only. */
  readonly channel?: ChannelSettings;
}

/** How the channel of an upstream is opened. */
export interface ChannelSettings {
  readonly kind: AnyChannelKind;
  /** Parsed by the connector's own schema. Holds secrets: never logged. */
  readonly config: unknown;
}

/** Returns the setting of a connector that has a channel. */
export function channelOf({ channel }: AnyConnector, config: unknown): Pick<UpstreamSettings, "channel"> {
  return channel === undefined ? {} : { channel: { kind: channel, config } };
}
