import { formatMoney, groupDigits } from "../../format/money.ts";
import { Details } from "../../ui/details.tsx";
import { Facts, Time } from "../../ui/elements.tsx";
import { COMPARED_STATES, type ComparedDay } from "./compared-day-calendar.ts";

/** What is stored of a stream's day, and what the source has of it. */
export function ComparedDayDetails({ result }: { readonly result: ComparedDay }) {
  const { stream, day, state, reason, checkedAt, ours, theirs } = result;
  const hashes = ours === null || theirs === null ? undefined : ours.hash === theirs.hash ? "the same" : "another one";
  return (
    <Details title={`${stream}, ${day ?? "objects without a day"}`}>
      <Facts
        facts={[
          ["Result", COMPARED_STATES[state].text],
          ["Reason", reason],
          ["Compared", <Time at={checkedAt} />],
          ["Stored", contentText(ours)],
          ["At the source", contentText(theirs)],
          ["Hash of all values", hashes],
          ["Missing", result.missing],
          ["Altered", result.altered],
          ["Invented", result.invented],
          ["Repaired", result.repaired],
          ["Not concluded", result.unsettled],
        ]}
      />
    </Details>
  );
}

function contentText(content: ComparedDay["ours"]): string | undefined {
  if (content === null) return undefined;
  const sums = content.sums.map(({ amount }) => formatMoney(amount));
  return [`${groupDigits(content.count)} objects`, ...sums].join(" · ");
}
