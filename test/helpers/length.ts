/** Set by `npm run test:soak`, which runs the tests named `*.soak.test.ts` in their long form. */
const LENGTH_VARIABLE = "TEST_LENGTH";

/**
 * How much a test that judges by quantity does: rounds, kills, objects, the duration of a measurement. Both forms run
 * the same assertions; the short one is part of `npm test`.
 */
export function amountOf<T>({ short, long }: { readonly short: T; readonly long: T }): T {
  return process.env[LENGTH_VARIABLE] === "long" ? long : short;
}

/** A positive whole number that an environment variable sets, for a run by hand that takes longer; undefined without one. */
export function numberFrom(variable: string): number | undefined {
  const given = Number(process.env[variable]);
  return Number.isSafeInteger(given) && given > 0 ? given : undefined;
}
