/** Values of a statement that is put together from parts. */
export interface Parameters {
  readonly values: readonly unknown[];
  /** Takes a value and returns its placeholder: `$3`. */
  add(value: unknown): string;
}

/** Starts with no values. */
export function createParameters(): Parameters {
  const values: unknown[] = [];
  return { values, add: (value) => `$${values.push(value)}` };
}
