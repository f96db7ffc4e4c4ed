import type { UpdateSourceInput } from "../../operations/__generated__/operations.ts";

/** What the form of a source's settings contains. */
export interface SettingsForm {
  readonly schedule: string;
  /** `keep`: as they are. `own`: the connector's. `these`: those of the next two fields. */
  readonly limits: "keep" | "own" | "these";
  /** `account=10, endpoint/charges=5` */
  readonly rates: string;
  readonly maxConcurrent: string;
  readonly networks: "keep" | "these";
  /** Networks, separated by commas. */
  readonly networkList: string;
  /** Name of a setting of the connector; empty: none is changed. */
  readonly name: string;
  /** Its value; empty removes it. */
  readonly value: string;
}

/** Returns an interval as the mutation takes it. @param seconds null: the source is not polled */
export function scheduleText(seconds: number | null): string {
  if (seconds === null) return "manual";
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/**
 * Returns the input of the mutation with what was changed; undefined: nothing was.
 * @param schedule the present one
 * @throws Error with a sentence for the user
 */
export function changeOf(sourceId: string, schedule: string, form: SettingsForm): UpdateSourceInput | undefined {
  const input: UpdateSourceInput = {
    sourceId,
    ...(form.schedule !== schedule && { schedule: form.schedule }),
    ...(form.limits === "own" && { budget: null }),
    ...(form.limits === "these" && { budget: budgetOf(form) }),
    ...(form.networks === "these" && { networks: listed(form.networkList) }),
    ...(form.name !== "" && { settings: { [form.name]: valueOf(form.value) } }),
  };
  return Object.keys(input).length > 1 ? input : undefined;
}

const listed = (text: string): readonly string[] =>
  text.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));

function budgetOf({ rates, maxConcurrent }: SettingsForm): NonNullable<UpdateSourceInput["budget"]> {
  return {
    rates: listed(rates).map((rate) => {
      const [, bucket, number] = /^(\S+)\s*=\s*(\d+(?:\.\d+)?)$/.exec(rate) ?? [];
      if (bucket === undefined) throw new Error(`Limits must be written like account=10, not ${rate}`);
      return { bucket, perSecond: Number(number) };
    }),
    ...(maxConcurrent !== "" && { maxConcurrent: Number(maxConcurrent) }),
  };
}

/** JSON where it is JSON, and text otherwise, so that addresses need no quotation marks. */
function valueOf(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
