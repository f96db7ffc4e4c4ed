import { ServiceError } from "../../domain/error.ts";

/** More than any input type and any key of an entity has. */
const MAX_FIELDS = 100;

/**
 * Limits the number of items and fields of every value within the variables, before coercion looks at each of them. Texts
 * are limited by the arguments that take them. One pass, without recursion.
 * @param variables those that the operation declares: the others are not used
 * @param maxItems of a list
 * @throws ServiceError INVALID_INPUT naming the variable
 */
export function limitVariables(variables: Readonly<Record<string, unknown>>, maxItems: number): void {
  for (const [name, variable] of Object.entries(variables)) {
    const rest = [variable];
    while (rest.length > 0) {
      const value = rest.pop();
      if (typeof value !== "object" || value === null) continue;
      const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      if (items.length > (Array.isArray(value) ? maxItems : MAX_FIELDS)) {
        throw tooLarge(name, Array.isArray(value) ? "a list has too many items" : "an object has too many fields");
      }
      for (const item of items) rest.push(item);
    }
  }
}

function tooLarge(name: string, reason: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `the variable ${JSON.stringify(name)} is too large: ${reason}`);
}
