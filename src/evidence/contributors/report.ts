import { decimalText } from "./csv.ts";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { readMatchTotals } from "./payout-matches.ts";
import { readProofs } from "./payout-proofs.ts";
import { readTotals } from "./totals.ts";
import { OF_SOURCES, periodValues } from "./scope.ts";

/** A page for people, which prints: no script, and nothing that a browser would load from elsewhere. */
export const report: Contributor = {
  name: "report",
  members: (source) => [{ name: "report.html", bytes: inPieces(linesOf(source)) }],
};

const HEAD = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence</title>
<style>
body { font: 11pt/1.4 sans-serif; margin: 2cm; color: #111 }
table { border-collapse: collapse; width: 100%; margin: 0 0 1cm }
th, td { border-bottom: 1px solid #999; padding: 2pt 6pt; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
thead { display: table-header-group }
tr { break-inside: avoid }
</style>
</head>
<body>`;

async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  const { tenantId, from, to, sourceIds } = source;
  yield HEAD;
  yield `<h1>Evidence of ${escaped(tenantId)}</h1>`;
  yield `<p>From ${escaped(from)} (inclusive) to ${escaped(to)} (exclusive). Sources: ${escaped(sourceIds?.join(", ") ?? "all")}.</p>`;
  yield "<p>The manifest has the hash of every file and a signature. <code>verify-evidence.ts</code> checks both, the audit trail and the totals.</p>";
  yield "<h2>Control totals</h2>";
  yield "<table><thead><tr><th>objects</th><th>amount</th><th>account</th><th>kind</th><th>currency</th><th>count</th><th>sum</th></tr></thead><tbody>";
  for await (const { table, amount, account, direction, currency, exponent, count, sum } of readTotals(source)) {
    const texts = [table, amount.replace(/_minor$/, ""), account ?? "", direction ?? "", currency].map(cell).join("");
    yield `<tr>${texts}<td class="number">${count}</td><td class="number">${decimalText(sum, exponent)}</td></tr>`;
  }
  yield "</tbody></table>";
  yield* payoutSections(source);
  yield "<h2>Findings</h2>";
  yield "<table><thead><tr><th>opened</th><th>closed</th><th>source</th><th>kind</th><th>summary</th></tr></thead><tbody>";
  const rows = source.rows<Record<"opened" | "closed" | "source" | "kind" | "summary", string | null>>(
    `select opened_at as opened, closed_at as closed, source_id as source, kind, summary from findings
     where opened_at < $2::timestamptz and (closed_at is null or closed_at >= $1::timestamptz)
       and ${OF_SOURCES} order by opened_at, id`,
    periodValues(source),
  );
  for await (const { opened, closed, source: id, kind, summary } of rows)
    yield `<tr>${[opened, closed ?? "open", id, kind, summary].map(cell).join("")}</tr>`;
  yield "</tbody></table>";
  yield "</body></html>";
}

async function* payoutSections(source: PackSource): AsyncGenerator<string, void> {
  yield "<h2>Payouts and the bank</h2>";
  yield "<table><thead><tr><th>objects</th><th>state</th><th>currency</th><th>count</th><th>sum</th></tr></thead><tbody>";
  for await (const { type, state, currency, count, sum } of readMatchTotals(source))
    yield `<tr>${[type, state, currency].map(cell).join("")}<td class="number">${count}</td><td class="number">${sum}</td></tr>`;
  yield "</tbody></table>";
  yield "<h2>Payouts that are not proven</h2>";
  yield "<table><thead><tr><th>payout</th><th>source</th><th>state</th><th>currency</th><th>amount</th><th>unexplained</th></tr></thead><tbody>";
  for await (const proof of readProofs(source)) {
    const { externalId, sourceId, state, currency, exponent, amountMinor, unexplainedMinor } = proof;
    if (state === "PROVEN") continue;
    const texts = [externalId, sourceId, state, currency].map(cell).join("");
    const unexplained = unexplainedMinor === null ? "" : decimalText(unexplainedMinor, exponent);
    yield `<tr>${texts}<td class="number">${decimalText(amountMinor, exponent)}</td><td class="number">${unexplained}</td></tr>`;
  }
  yield "</tbody></table>";
}

function cell(text: string | null): string {
  return `<td>${escaped(text ?? "")}</td>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
