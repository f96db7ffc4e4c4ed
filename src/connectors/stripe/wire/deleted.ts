import { z } from "zod";
import { id } from "./primitives.ts";

/** Stripe's response for an object that was deleted. */
export const deletedWire = z.object({ id, deleted: z.literal(true) });
