import { expect, test } from "@jest/globals";
import { pointerTo } from "./record-pointer.ts";

test.each([
  ["/added/0", "amount", "/added/0/amount"],
  ["/data/3", "lines[2].amount.value", "/data/3/lines/2/amount/value"],
  ["", "amount", "/amount"],
  ["/data/3", "", "/data/3"],
  ["/Document/Stmt[2]", "Ntry[1]/Amt", "/Document/Stmt[2]/Ntry[1]/Amt"],
  ["/Document/Stmt[2]", "/Document/Stmt[2]/Ntry[1]", "/Document/Stmt[2]/Ntry[1]"],
])("the record at %j with the field %j is faulty at %s", (place, field, expected) => {
  expect(pointerTo(place, field)).toBe(expected);
});
