import { z } from "zod";

/** The task of the abusers, as their first argument. */
export const abusersTaskSchema = z.object({
  url: z.string(),
  tenantId: z.string(),
  clients: z.number(),
  query: z.string(),
});
export type AbusersTask = z.infer<typeof abusersTaskSchema>;

/** Last line of the abusers' output. */
export const abusersResultSchema = z.object({ answered: z.number(), refused: z.number() });
export type AbusersResult = z.infer<typeof abusersResultSchema>;
