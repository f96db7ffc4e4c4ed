import { expect, test } from "@jest/globals";
import { type SearchableEntry, referenceValues, searchText } from "./found-by.ts";

const ENTRY: SearchableEntry = {
  references: [
    { scheme: "EndToEndId", value: "E2E-1" },
    { scheme: "Prtry", value: "E2E-1" },
  ],
  counterparty: {
    name: "Ada",
    ultimateName: "Ada's Estate",
    identifiers: [],
    account: { scheme: "IBAN", value: "NL91ABNA0417164300" },
  },
  remittance: "invoice 7",
  additionalInfo: undefined,
};
const DETAIL = {
  direction: "CREDIT",
  amounts: [],
  charges: [],
  references: [{ scheme: "Prtry", value: "D-1" }],
} as const;
const REMITTANCE = { unstructured: ["first", "first"], creditorReferences: [{ value: "RF18" }], additional: ["more"] };

test("an entry without details is found by its own texts, each once", () => {
  expect(referenceValues(ENTRY)).toEqual(["E2E-1"]);
  expect(searchText(ENTRY)).toBe("invoice 7\nAda\nAda's Estate\nNL91ABNA0417164300\nE2E-1");
});

test("an entry is also found by its details and batches", () => {
  const entry = {
    ...ENTRY,
    creditorReference: "RF00",
    batches: [{ messageId: "M-1" }, { paymentInformationId: "P-1" }],
    details: [{ ...DETAIL, remittance: REMITTANCE, debtor: { name: "Bob", identifiers: [] }, additionalInfo: "late" }],
  };
  const references = ["E2E-1", "RF00", "M-1", "P-1", "D-1", "RF18"];
  expect(referenceValues(entry)).toEqual(references);
  const own = ["invoice 7", "RF00", "Ada", "Ada's Estate", "NL91ABNA0417164300"];
  expect(searchText(entry).split("\n")).toEqual([
    ...own,
    ...references.filter((value) => value !== "RF00"),
    "Bob",
    "first",
    "more",
    "late",
  ]);
});

test("no more search values are stored than can be indexed", () => {
  const long = {
    ...ENTRY,
    references: [{ scheme: "Prtry", value: "x".repeat(501) }],
    remittance: "y".repeat(60_000),
  } as const;
  expect(referenceValues(long)).toEqual([]);
  expect(searchText(long)).toHaveLength(50_000);
  const values = Array.from({ length: 2_500 }, (_, n) => ({ scheme: "Prtry", value: `R-${n}` }) as const);
  expect(referenceValues({ ...ENTRY, references: values })).toHaveLength(2_000);
});
