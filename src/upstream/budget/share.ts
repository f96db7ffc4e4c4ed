/** A replica's demand for one credential's concurrent calls. */
export interface Load {
  /** Calls in flight. */
  readonly calls: number;
  /** Calls in flight and waiting. */
  readonly needed: number;
}

/** Number of calls that this replica may have in flight with one credential, and number of replicas. */
export interface Share {
  /** Returns the maximum number of concurrent calls. */
  calls(): number;
  /** Returns the number of replicas that are alive, including this one. */
  replicas(): number;
  /** Returns the number of replicas that have calls to make, including this one. */
  busyReplicas(): number;
  /** Signals that the load has grown beyond the share: do not wait for the next heartbeat. */
  grow(): void;
  /** Changes the limit of concurrent calls over all replicas; undefined: to be found out. */
  setMaxConcurrent(maxConcurrent: number | undefined): void;
  /** Leaves, because the source is closed. */
  leave(): void;
}

/** What a replica says of one credential when it joins the others that use it. */
export interface ShareMember {
  readonly credential: string;
  /** Undefined: to be found out. */
  readonly maxConcurrent: number | undefined;
  readonly load: () => Load;
  /** Called when the share has changed. */
  readonly onChange: () => void;
}

/** Joins one credential's replicas. */
export type JoinShare = (member: ShareMember) => Share;

/** The share of a single replica: for tests, tools and processes without a store. */
export const wholeShare: JoinShare = (member) => {
  let { maxConcurrent } = member;
  return {
    calls: () => maxConcurrent ?? Infinity,
    replicas: () => 1,
    busyReplicas: () => 1,
    grow: () => undefined,
    setMaxConcurrent(changed) {
      maxConcurrent = changed;
      member.onChange();
    },
    leave: () => undefined,
  };
};
