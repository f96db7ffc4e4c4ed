import { describe, expect, test } from "@jest/globals";
import { KINDS } from "./plan/message.ts";
import { truthOf } from "./plan/truth.ts";
import { decimalOf } from "./render/decimal.ts";
import { FILE_FAULTS } from "./plan/fault.ts";
import { VERSIONS } from "./plan/version.ts";
import { bytesOf, malformation, messagesOf } from "./testing.ts";

const textOf = (request: Parameters<typeof messagesOf>[0]): string =>
  messagesOf(request)
    .map((message) => bytesOf(message).toString("utf8"))
    .join("");

describe("the renderer", () => {
  test("the same seed renders the same bytes", () => {
    expect(messagesOf({ days: [3] }).map(bytesOf)).toEqual(messagesOf({ days: [3] }).map(bytesOf));
    expect(messagesOf({ days: [3] }).map(bytesOf)).not.toEqual(messagesOf({ days: [3] }, { seed: 4 }).map(bytesOf));
  });

  test.each(VERSIONS)("version %s is well-formed for every kind of message", (version) => {
    for (const kind of KINDS)
      for (const message of messagesOf({ days: [0], kind, version })) {
        const xml = bytesOf(message).toString("utf8");
        expect(malformation(xml)).toBeUndefined();
        expect(xml).toContain(`xsd:${kind}.001.${String(version).padStart(2, "0")}"`);
      }
  });

  test.each([
    [{ prefix: "c", envelope: true, together: true }, "utf8"],
    [{ encoding: "iso-8859-1", unsignedBalances: true, bareEntries: true }, "latin1"],
    [{ encoding: "utf-16le", pretty: false }, "utf-16le"],
    [{ encoding: "utf-16be", zone: "+14:00", noEndToEnd: true }, "utf-16be"],
    [{ balanceCodes: "interim", accountId: "iban-in-other", fractionDigits: 5, pages: 3 }, "utf8"],
  ] as const)("dialect %j is well-formed and loses no character", (dialect, encoding) => {
    for (const message of messagesOf({ days: [0], dialect }, { entriesPerDay: 100 })) {
      const bytes = bytesOf(message);
      const xml =
        encoding === "latin1" ? bytes.toString("latin1") : new TextDecoder(encoding, { fatal: true }).decode(bytes);
      expect(malformation(xml)).toBeUndefined();
      const plain = xml.replace(/&#x([\da-f]+);/gu, (_all, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      );
      for (const word of ["Müller &amp; Söhne", "株式会社サンプル", "😀"]) expect(plain).toContain(word);
    }
  });

  test("versions differ where their definitions differ", () => {
    const [first, second, third, fourth, seventh, eighth] = [1, 2, 3, 4, 7, 8].map((version) =>
      textOf({ days: [0, 1, 2], version: version as 1, dialect: { pretty: false } }),
    );
    expect(first).toContain("<BkToCstmrStmtV01>");
    expect(first).not.toContain("<NtryDtls>");
    expect(first).toContain("<Tp><Cd>OPBD</Cd></Tp>");
    expect(second).toContain("<Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>");
    expect(second).toMatch(/<TxDtls>(?:<Refs>.*?<\/Refs>)?<AmtDtls>/u);
    expect(second).toContain("<BIC>");
    expect(third).toContain("<BICFI>");
    expect(third).toMatch(/<\/Refs><Amt Ccy="EUR">/u);
    expect(third).toContain("<TtlNetNtryAmt>");
    expect(fourth).toContain("<TtlNetNtry><Amt>");
    expect(fourth).toContain("<Sts>BOOK</Sts>");
    expect(fourth).toContain("<Dbtr><Nm>");
    expect(seventh).toContain("<Sts><Cd>BOOK</Cd></Sts>");
    expect(seventh).toContain("<Dbtr><Pty><Nm>");
    expect(seventh).not.toContain("<UETR>");
    expect(eighth).toContain("<UETR>");
  });

  test("control totals, charges and balances are written as the dialect defines", () => {
    const one = (request: object) =>
      textOf({
        days: [0, 1],
        account: 0,
        ...request,
        dialect: { pretty: false, ...(request as { dialect?: object }).dialect },
      });
    expect(one({ dialect: { signedDebits: true } })).toMatch(/<TtlDbtNtries><NbOfNtries>\d+<\/NbOfNtries><Sum>-\d/u);
    const unlisted = one({ dialect: { entries: "totals", balanceSubType: "OWN" } });
    expect(unlisted).not.toContain("<Ntry>");
    expect(unlisted).toMatch(/<TtlCdtNtries><NbOfNtries>[1-9]/u);
    expect(unlisted).toContain("<Cd>OPBD</Cd></CdOrPrtry><SubTp><Prtry>OWN</Prtry></SubTp>");
    const bare = one({ kind: "camt.052", dialect: { entries: "none", balanceCodes: "information" } });
    expect(bare).not.toMatch(/<Ntry>|<TxsSummry>/u);
    expect(bare).toMatch(/<Cd>OPAV<.*<Cd>INFO</u);
    const counted = (reportTotals: string) =>
      Number(
        /<TtlNtries><NbOfNtries>(\d+)/u.exec(one({ days: [0], kind: "camt.052", dialect: { reportTotals } }))?.[1] ??
          -1,
      );
    expect(counted("none")).toBe(-1);
    expect(counted("all")).toBeGreaterThan(counted("booked"));
    const foreign = textOf({ days: [0, 1, 2, 3], dialect: { pretty: false, charges: "total" } });
    expect(foreign).toMatch(/<Chrgs><TtlChrgsAndTaxAmt Ccy="[A-Z]{3}">[\d.]+<\/TtlChrgsAndTaxAmt><\/Chrgs>/u);
    expect(foreign).not.toContain("<Rcrd>");
  });

  test.each([
    [5n, 2, undefined, "0.05"],
    [1050n, 2, 5, "10.50000"],
    [7n, 0, undefined, "7"],
    [-12345n, 3, undefined, "12.345"],
    [7n, 0, 4, "7.0000"],
  ] as const)("%s at %s is written exactly", (minor, exponent, fractionDigits, expected) => {
    expect(decimalOf(minor, exponent, fractionDigits)).toBe(expected);
  });
});

describe("the answer key", () => {
  test("statements balance, and each opens with the closing balance of the previous one (seeds 1 to 3: two, no and three decimals)", () => {
    for (const seed of [1, 2, 3]) {
      const closings = new Map<string, bigint | null>();
      for (const message of messagesOf({ days: Array.from({ length: 12 }, (_, day) => day) }, { seed })) {
        const [statement] = truthOf(message).statements;
        if (statement === undefined) throw new Error("no statement");
        expect(statement).toMatchObject({ isBalanced: true, difference: 0n, isSummaryRight: true, detailsDiffer: 0 });
        expect(statement.opening).toBe(closings.get(statement.account.iban) ?? statement.opening);
        closings.set(statement.account.iban, statement.closing);
      }
      expect(closings.size).toBe(2);
    }
  });

  test("pages form a chain within the statement, and their sum is the sum of the day", () => {
    const [whole] = messagesOf({ days: [4], account: 0 }).map((message) => truthOf(message).statements[0]);
    const pages = messagesOf({ days: [4], account: 0, dialect: { pages: 3, pagesAs: "files" } }).flatMap(
      (message) => truthOf(message).statements,
    );
    expect(pages.map(({ page }) => page)).toEqual([1, 2, 3].map((number) => ({ number, isLast: number === 3 })));
    expect(pages[1]?.opening).toBe(pages[0]?.closing);
    expect(pages[2]?.closing).toBe(whole?.closing);
    expect(pages.reduce((sum, { booked }) => sum + booked, 0n)).toBe(whole?.booked);
  });

  test("a statement without entries is balanced by its control totals, and one with OPAV and INFO has no booked sum", () => {
    const truth = (dialect: object) => messagesOf({ days: [4], account: 0, dialect }).map(truthOf)[0]?.statements[0];
    expect(truth({ entries: "totals" })).toMatchObject({ isBalanced: true, counts: { entries: 0, credits: 0 } });
    expect(truth({ entries: "totals" })?.booked).toBe(truth({})?.booked);
    expect(truth({ balanceCodes: "information" })).toMatchObject({ isBalanced: null, difference: null });
  });

  test("the answer key contains the effect of each fault", () => {
    const truth = (fault: string, extra: object = {}) =>
      messagesOf({ days: [4], account: 0, fault: fault as "truncated", ...extra }).map(truthOf)[0];
    expect(truth("amount-missing")?.statements[0]).toMatchObject({ isBalanced: false, counts: { faulty: 1 } });
    expect(truth("summary-wrong")?.statements[0]).toMatchObject({ isBalanced: true, isSummaryRight: false });
    expect(truth("details-off")?.statements[0]).toMatchObject({ isBalanced: true, detailsDiffer: 1 });
    const off = messagesOf({ days: [4], account: 0, fault: { name: "closing-off", minor: 3 } }).map(truthOf)[0];
    expect(off?.statements[0]).toMatchObject({ isBalanced: false, difference: 3n });
    for (const [fault, refusal] of Object.entries(FILE_FAULTS)) expect(truth(fault)?.refusal).toBe(refusal);
  });
});

describe("faults of messages", () => {
  test("each fault changes the bytes as documented", () => {
    const bytes = (fault: string) =>
      messagesOf({ days: [0], account: 0, fault: fault as "truncated" }).map(bytesOf)[0] ?? Buffer.of();
    const good =
      messagesOf({ days: [0], account: 0 })
        .map(bytesOf)[0]
        ?.toString("utf8") ?? "";
    expect(good.startsWith(bytes("truncated").toString("utf8").slice(0, -4))).toBe(true);
    expect(malformation(bytes("truncated").toString("utf8"))).toBeDefined();
    expect(malformation(bytes("two-roots").toString("utf8"))).toBe("2 roots");
    expect(bytes("doctype-file").toString("utf8")).toContain("<AddtlInf>&xxe;</AddtlInf>");
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes("wrong-encoding"))).toThrow(/not valid/u);
    expect(bytes("unknown-version").toString("utf8")).toContain("camt.053.001.99");
    expect(
      bytes("direction-foobar")
        .toString("utf8")
        .match(/FOOBAR/gu),
    ).toHaveLength(1);
    expect(bytes("number-garbled").toString("utf8")).toMatch(/<Amt Ccy="EUR">1\.\d+,\d\d-<\/Amt>/u);
  });

  test("faults of a delivery leave its files valid", () => {
    const messagesWith = (fault: string) => messagesOf({ days: [0, 1, 2], account: 0, fault: fault as "truncated" });
    const days = (fault: string) => messagesWith(fault).map((message) => truthOf(message).statements[0]?.days);
    expect(days("day-left-out")).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect(days("days-swapped")).toEqual([
      [1, 1],
      [0, 0],
      [2, 2],
    ]);
    expect(days("overlapping")).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const [first, again] = messagesWith("re-sent").map(bytesOf);
    expect(again).toEqual(first);
    const [one, doubled] = messagesWith("day-doubled").map(truthOf);
    expect(doubled?.messageId).not.toBe(one?.messageId);
    expect(doubled?.statements).toEqual(one?.statements);
    expect(messagesWith("restated").map(({ version }) => version)).toEqual([8, 4, 8, 4, 8, 4]);
  });
});
