/** The API call that caused an event; null for an action of Stripe itself. */
export interface RequestReference {
  readonly id: string | null;
  readonly idempotencyKey: string | null;
}

export const NO_REQUEST: RequestReference = { id: null, idempotencyKey: null };

export interface EventInput {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly type: string;
  /** The version in which the object is written. */
  readonly apiVersion: string;
  /** The object after the change, as JSON text. */
  readonly objectText: string;
  /** JSON text of the changed attributes' old values; undefined when the type has none. */
  readonly previous: string | undefined;
  readonly request: RequestReference;
  /** Number of endpoints that it will be sent to. */
  readonly pending: number;
  /** The connected account that it concerns; undefined for the platform's own. */
  readonly account: string | undefined;
}

/**
 * The JSON text of an event, assembled from texts: the object is not parsed again, and a number in it that a double
 * cannot represent is preserved.
 */
export function eventText(input: EventInput): string {
  const { id, created, type, apiVersion, objectText, previous, request, pending } = input;
  const account = input.account === undefined ? "" : `"account":"${input.account}",`;
  const data = previous === undefined ? objectText : `${objectText},"previous_attributes":${previous}`;
  const cause = JSON.stringify({ id: request.id, idempotency_key: request.idempotencyKey });
  return (
    `{"id":"${id}","object":"event",${account}"api_version":"${apiVersion}","created":${created},"data":{"object":${data}},` +
    `"livemode":false,"pending_webhooks":${pending},"request":${cause},"type":"${type}"}`
  );
}

/**
 * Old values of changed attributes. One level deep into hashes, as Stripe does: for a changed `metadata` only the
 * changed keys, and null for a key that did not exist; arrays as a whole.
 */
export function previousAttributes(before: object, after: object): Record<string, unknown> {
  const previous: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now]: unknown[] = [Reflect.get(before, key), Reflect.get(after, key)];
    if (old === now) continue;
    if (isHash(old) && isHash(now)) {
      const inner = previousAttributes(old, now);
      if (Object.keys(inner).length > 0) previous[key] = inner;
    } else if (JSON.stringify(old) !== JSON.stringify(now)) previous[key] = old ?? null;
  }
  return previous;
}

function isHash(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
