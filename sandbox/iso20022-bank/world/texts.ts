/** Names that files must contain unchanged: umlauts, other scripts, mark-up characters, a quotation mark. */
export const NAMES = [
  "Jürgen Groß",
  "Société d'Électricité SA",
  "Łódź Handel Sp. z o.o.",
  "O'Brien & Sons <Ltd>",
  "Ελληνικά Προϊόντα ΑΕ",
  "株式会社サンプル",
  "Ünal Çelik",
  "Anna-Lena Öztürk",
  "Northwind Traders Ltd",
  'Bäckerei "Zum Löwen"',
] as const;

/** Typical remittance texts. `N` is replaced by a number. */
export const REMITTANCES = [
  "Rechnung N vom 05.01.",
  "Invoice N, thank you",
  "Miete für Wohnung N – Danke!",
  "Zahlung N für Grüße & Küsse",
  "N 😀 ありがとう",
  "Kundennr. 000N / Beleg 1e5",
  "Faktura nr N/2026 – opłata za usługi",
] as const;

type ReturnReason = readonly [code: string, text: string];

/** Reasons for the return of a payment. Source: ISO 20022 external code set, ExternalReturnReason1Code. */
export const RETURN_REASONS: readonly [ReturnReason, ...ReturnReason[]] = [
  ["AC04", "Konto aufgelöst"],
  ["AM04", "Insufficient funds"],
  ["MD01", "Kein Mandat"],
  ["MS03", "Reason not specified"],
];
