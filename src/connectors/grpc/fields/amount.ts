import { z } from "zod";
import type { Money } from "../../../domain/money.ts";
import { fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import type { FieldReader } from "../../../protocols/protobuf/field-readers.ts";
import { type CurrencySource, type MoneyFields, moneyReader } from "../../../protocols/protobuf/money.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import type { FieldKind } from "./field-kind.ts";
import { ItemFault, type Read } from "./item.ts";
import type { Place } from "./place.ts";
import { settingsObject } from "./settings-object.ts";
import { isFloat, path, scalarText, textOf, textSetting, type TextSetting } from "./text.ts";

/** How an amount is stated. There is no default: the same integer may mean cents or whole units. */
const amountSetting = settingsObject({
  path,
  as: z.enum(["minorUnits", "unitsNanos", "decimal", "money"], {
    error: "must be given: minorUnits, unitsNanos, decimal or money",
  }),
  /** Of minorUnits: digits after the decimal point, or the field that has their number. */
  exponent: z.union([z.int().min(0).max(18), z.strictObject({ path })]).optional(),
  /** Currency of this amount, if it is not that of the item. */
  currency: textSetting.optional(),
  /** Of unitsNanos: names of the two fields. */
  units: path.optional(),
  nanos: path.optional(),
  /** Texts of another field with which the amount is negative: `{path: side, values: [DEBIT]}`. */
  negativeWhen: z.strictObject({ path, values: z.array(z.string().min(1)).min(1) }).optional(),
});
type AmountSetting = z.infer<typeof amountSetting>;

/** An exact amount. */
export const amount: FieldKind<AmountSetting, Money | undefined> = {
  schema: amountSetting,
  compile(setting, place, { type, currency: shared }) {
    const { as, exponent, units, nanos } = setting;
    if (exponent !== undefined && as !== "minorUnits")
      place.in("exponent").report("must be given with minorUnits only");
    if ((units ?? nanos) !== undefined && as !== "unitsNanos") {
      place.in(units === undefined ? "nanos" : "units").report("must be given with unitsNanos only");
    }
    if (setting.currency !== undefined && as === "money") {
      place.in("currency").report("must not be given with money, which states its own");
    }
    const currency = currencyOf(setting.currency, place, type) ?? shared;
    if (as !== "money" && currency === undefined) place.report(`needs the field currency, because ${as} states none`);
    const reader = place.in("path").attempt(() => readerOf(type, setting, currency ?? { code: "" }));
    const isNegative = signOf(setting, place, type);
    return (
      reader &&
      ((item) => {
        try {
          const money = reader.read(item.message);
          return money !== undefined && isNegative(item) ? negative(money, reader.path) : money;
        } catch (reason) {
          throw ItemFault.of(reason, reader.path);
        }
      })
    );
  },
};

/** Returns the source of a currency; undefined if the setting is left out, or wrong, which is reported. */
export function currencyOf(
  setting: TextSetting | undefined,
  place: Place,
  type: MessageType,
): CurrencySource | undefined {
  if (setting === undefined) return undefined;
  if (typeof setting !== "string" && "value" in setting) return { code: setting.value };
  const read = place.in("currency").attempt(() => textOf(type, setting));
  // of an item only its message is read
  return read === undefined ? { code: "" } : { read: (message) => read({ message, observedAt: "", unknowns: [] }) };
}

function signOf({ negativeWhen }: AmountSetting, place: Place, type: MessageType): Read<boolean> {
  if (negativeWhen === undefined) return () => false;
  const { path: signPath, values } = negativeWhen;
  const read = place
    .in("negativeWhen")
    .in("path")
    .attempt(() => scalarText(type, signPath));
  return (item) => values.includes(read?.(item) ?? "");
}

function negative(money: Money, amountPath: string): Money {
  if (money.minor < 0n) throw new ItemFault(amountPath, "must not be negative, because another field has the sign");
  return { ...money, minor: -money.minor };
}

function readerOf(type: MessageType, setting: AmountSetting, currency: CurrencySource): FieldReader<Money> {
  requireExact(type, setting.path);
  return moneyReader(type, fieldsOf(setting, currency));
}

function fieldsOf(setting: AmountSetting, currency: CurrencySource): MoneyFields {
  const { path: amountPath, as, exponent, units = "units", nanos = "nanos" } = setting;
  if (as === "money") return { kind: "money_message", path: amountPath };
  if (as === "decimal") return { kind: "decimal", text: amountPath, currency };
  if (as === "minorUnits") {
    return { kind: "minor_units", minor: amountPath, currency, ...(exponent !== undefined && { exponent }) };
  }
  return { kind: "units_nanos", units: `${amountPath}.${units}`, nanos: `${amountPath}.${nanos}`, currency };
}

function requireExact(type: MessageType, amountPath: string): void {
  const { field } = fieldPath(type, amountPath);
  const [inner] = field.desc.fieldKind === "message" ? (field.message?.fields ?? []) : [field];
  if (isFloat(inner?.desc.scalar)) {
    throw pathError(amountPath, "is a floating-point number, which cannot hold an amount exactly");
  }
}
