/** What a replica asks for of one credential's concurrent calls. */
export interface Load {
  /** Calls under way. */
  readonly calls: number;
  /** Calls under way and waiting. */
  readonly wanted: number;
}

/** How many calls this replica may have under way with one credential, and who else there is. */
export interface Share {
  /** Calls at a time. */
  calls(): number;
  /** Replicas that are alive, this one included. */
  replicas(): number;
  /** Replicas that have calls to make, this one included. */
  busyReplicas(): number;
  /** The load has grown beyond the share: do not wait for the next heartbeat. */
  grow(): void;
  /** The source is closed. */
  leave(): void;
}

/** Joins one credential's replicas; `onChange` is called when the share has changed. */
export type JoinShare = (member: {
  readonly credential: string;
  /** Undefined: to be found out. */
  readonly maxConcurrent: number | undefined;
  readonly load: () => Load;
  readonly onChange: () => void;
}) => Share;

/** The only replica there is: for tests, tools and processes without a store. */
export const wholeShare: JoinShare = ({ maxConcurrent }) => ({
  calls: () => maxConcurrent ?? Infinity,
  replicas: () => 1,
  busyReplicas: () => 1,
  grow: () => undefined,
  leave: () => undefined,
});
