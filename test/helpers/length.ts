/** Set by `npm run test:soak`, which runs the tests named `*.soak.test.ts` in their long form. */
const LENGTH_VARIABLE = "TEST_LENGTH";

/**
 * How much a test that judges by quantity does: rounds, kills, objects, the duration of a measurement. Both forms run
 * the same assertions; the short one is part of `npm test`.
 */
export function amountOf<T>({ short, long }: { readonly short: T; readonly long: T }): T {
  return process.env[LENGTH_VARIABLE] === "long" ? long : short;
}
