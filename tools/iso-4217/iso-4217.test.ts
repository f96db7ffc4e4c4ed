import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import {
  CURRENT_CODES,
  HISTORIC_CODES,
  LIST_ONE_PUBLISHED,
  LIST_THREE_PUBLISHED,
} from "../../src/domain/iso-4217.generated.ts";
import { HISTORIC_MINOR_UNITS } from "./historic-minor-units.ts";
import { readListOne, readListThree } from "./read-lists.ts";
import { renderCurrencies } from "./render.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const LIST_ONE = read("fixtures/list-one.xml");
const LIST_THREE = read("fixtures/list-three.xml");
const DATA_FILE = read("../../src/domain/iso-4217.generated.ts");

/** The row of a code in the text of a data file. */
const rowOf = (text: string, code: string): string | undefined => new RegExp(`^  \\["${code}".*$`, "m").exec(text)?.[0];

describe("the script reads excerpts of the published lists", () => {
  const made = renderCurrencies(readListOne(LIST_ONE), readListThree(LIST_THREE), HISTORIC_MINOR_UNITS);

  test.each(["BHD", "EUR", "CLF", "XCG", "JPY", "XAU", "ARY", "HRK", "ITL", "XFO"])(
    "C4: its result for %s equals the data file",
    (code) => {
      const row = rowOf(made, code);
      expect(row).toBeDefined();
      expect(rowOf(DATA_FILE, code)).toBe(row);
    },
  );

  test("entities without a currency are left out, and a code that is current too is not historic", () => {
    expect(made.match(/^ {2}\["/gm)).toHaveLength(10);
    expect(made).toContain("left out: EUR.");
    expect(made).toContain('LIST_ONE_PUBLISHED = "2026-01-01"');
  });
});

test("C4: the data file equals the script's result for its own rows, so it was not edited", () => {
  const stillCurrent = /left out: ([^.]*)\./.exec(DATA_FILE)?.[1]?.split(", ") ?? [];
  const current = {
    published: LIST_ONE_PUBLISHED,
    entries: CURRENT_CODES.map(([code, minorUnit]) => ({ code, minorUnit: minorUnit ?? undefined })),
  };
  const historic = {
    published: LIST_THREE_PUBLISHED,
    entries: [
      ...HISTORIC_CODES.map(([code, withdrawn]) => ({ code, withdrawn })),
      ...stillCurrent.map((code) => ({ code, withdrawn: "2000-01" })),
    ],
  };
  expect(renderCurrencies(current, historic, HISTORIC_MINOR_UNITS)).toBe(DATA_FILE);
});

test("every code with a minor unit from an earlier list is in list three, and has it from one list only", () => {
  const codes = HISTORIC_MINOR_UNITS.flatMap((source) =>
    Object.values(source.codes).flatMap((text) => text.split(" ")),
  );
  const historic = new Set(HISTORIC_CODES.map(([code]) => code));
  expect(codes.filter((code) => !historic.has(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

describe("a list that differs from the published format is refused with the element", () => {
  test.each([
    ["an invalid minor unit", LIST_ONE.replace("<CcyMnrUnts>3", "<CcyMnrUnts>many"), "CcyMnrUnts of BHD"],
    ["a code of four letters", LIST_ONE.replace("<Ccy>JPY", "<Ccy>JPYY"), 'Ccy must be three letters, got "JPYY"'],
    ["no date", LIST_ONE.replace("2026-01-01", ""), "Pblshd of ISO_4217 must be a date"],
    ["the other list", LIST_THREE, "the list must have CcyNtry elements"],
    ["an error page", "<html><body/></html>", "Pblshd of ISO_4217 must be a date"],
  ])("%s", (_name, xml, message) => {
    expect(() => readListOne(xml)).toThrow(message);
  });

  test("a code with two minor units", () => {
    const twice = LIST_ONE.replace(/(SPAIN[^]*?<CcyMnrUnts>)2/, "$13");
    expect(() => renderCurrencies(readListOne(twice), readListThree(LIST_THREE), [])).toThrow(
      "EUR has two minor units",
    );
  });
});
