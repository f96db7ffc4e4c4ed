import { expect, test } from "@jest/globals";
import { addUp, type FullMoney, largestOf, subtract } from "./sum-parts.ts";

const money = (minor: string, exponent = 2, currency = "EUR"): FullMoney => ({ amount: "", currency, minor, exponent });

test("amounts above 2^53 are added and subtracted to the cent", () => {
  expect(addUp([money("90071992547409931"), money("2")])?.minor).toBe(90071992547409933n);
  expect(subtract(money("90071992547409933"), [money("90071992547409931")])?.minor).toBe(2n);
});

test("amounts with different numbers of decimal places are added with the larger one", () => {
  expect(addUp([money("1050"), money("-1", 4)])).toEqual({ minor: 104_999n, exponent: 4, currency: "EUR" });
  expect(subtract(money("1", 4), [money("1")])).toEqual({ minor: -99n, exponent: 4, currency: "EUR" });
});

test("amounts of several currencies have no sum and no difference", () => {
  expect(addUp([money("1"), money("1", 2, "USD")])).toBeUndefined();
  expect(subtract(money("1"), [money("1", 2, "USD")])).toBeUndefined();
  expect(addUp([])).toBeUndefined();
});

test("the largest part is that with the largest absolute value", () => {
  expect(largestOf([3n, -7n, 5n].map((minor) => ({ name: "", minor })))).toBe(7n);
});
