import { linkTo, route } from "../../state/route.ts";
import { Page } from "../../ui/elements.tsx";
import { Balances } from "./balances.tsx";
import { Completeness } from "./completeness.tsx";
import { Evidence } from "./evidence.tsx";
import { Items } from "./items.tsx";

const TABS = [
  ["items", "Payouts and bank", Items],
  ["completeness", "Completeness", Completeness],
  ["balances", "Balances", Balances],
  ["evidence", "Evidence", Evidence],
] as const;

/** What was paid out, and whether it arrived; the proofs of both. */
export function Reconciliation() {
  const { tab = "items" } = route.value.params;
  const View = TABS.find(([name]) => name === tab)?.[2] ?? Items;
  return (
    <Page
      title="Reconciliation"
      sentence="Whether the money that was paid out has arrived, to the cent, and whether nothing is missing here."
    >
      <nav class="tabs" aria-label="Views of the reconciliation">
        {TABS.map(([name, text]) => (
          <a
            key={name}
            href={linkTo("reconciliation", undefined, { tab: name === "items" ? undefined : name })}
            aria-current={tab === name ? "page" : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      <View />
    </Page>
  );
}
