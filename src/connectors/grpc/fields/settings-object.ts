import { z } from "zod";
import { didYouMean } from "../../../domain/did-you-mean.ts";

/** Returns the schema of an object of settings; a name that it does not have is refused with the most similar one. */
export function settingsObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined; // the default text
      const keys = issue["keys"] as readonly string[]; // of this code
      return keys.map((key) => `there is no setting ${JSON.stringify(key)}${didYouMean(key, names)}`).join("; ");
    },
  });
}
