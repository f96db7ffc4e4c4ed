import { decimalText } from "../src/domain/money.ts";
import type { MoneyResolvers } from "./__generated__/types.ts";

export const Money: MoneyResolvers = {
  amount: ({ minor, exponent }) => decimalText(minor, exponent),
};
