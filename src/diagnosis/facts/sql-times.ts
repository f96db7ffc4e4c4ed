/** Returns the SQL expression of a time as epoch milliseconds. */
export const msOf = (time: string): string => `(extract(epoch from ${time}) * 1000)::float8`;

/** Highest number to which waiting rows of a source are counted: a larger backlog is no other diagnosis. */
export const COUNT_LIMIT = 10_000;
