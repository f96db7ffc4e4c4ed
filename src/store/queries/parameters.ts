/** Parameter values of a statement that is assembled from parts. */
export interface Parameters {
  readonly values: readonly unknown[];
  /** Adds a value and returns its placeholder: `$3`. */
  add(value: unknown): string;
}

/** Creates an empty list of values. */
export function createParameters(): Parameters {
  const values: unknown[] = [];
  return { values, add: (value) => `$${values.push(value)}` };
}
