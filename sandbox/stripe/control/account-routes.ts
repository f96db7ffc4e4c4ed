import { z } from "zod";
import type { ControlCall, ControlOptions, ControlRoute } from "./control-route.ts";

const createBody = z.strictObject({
  id: z
    .string()
    .regex(/^acct_[A-Za-z0-9]+$/u)
    .optional(),
  payments: z.int().nonnegative().max(100_000).default(0),
});
const accessBody = z.strictObject({ access: z.boolean() });

/** Routes for accounts that are connected to the platform. */
export const ACCOUNT_ROUTES: readonly (readonly [string, ControlRoute])[] = [
  ["GET accounts", ({ connected }) => ({ json: { accounts: connected.list().map(({ id }) => id) } })],
  ["POST accounts", createAccount],
  ["POST accounts/:id", changeAccess],
];

function createAccount({ connected }: ControlOptions, { body }: ControlCall) {
  return { json: { id: connected.create({ id: undefined, ...createBody.parse(body ?? {}) }).id } };
}

/** Revokes the platform's access to an account on behalf of its owner, or grants it again. */
function changeAccess({ connected }: ControlOptions, { id, body }: ControlCall) {
  const account = connected.find(id);
  if (account === undefined) return undefined;
  account.isAccessible = accessBody.parse(body).access;
  return { json: { id, access: account.isAccessible } };
}
