import { linkTo, route } from "../../state/route.ts";
import { Page } from "../../ui/elements.tsx";
import { Payouts } from "./payouts.tsx";
import { Statements } from "./statements.tsx";

const TABS = [
  ["statements", "Statements"],
  ["payouts", "Payouts"],
] as const;

/** What the banks say, and what processors have paid out. */
export function Money() {
  const { tab = "statements" } = route.value.params;
  return (
    <Page title="Money" sentence="Whether the statements of the banks close, and what was paid out.">
      <nav class="tabs" aria-label="Views of money">
        {TABS.map(([name, text]) => (
          <a
            key={name}
            href={linkTo("money", undefined, { tab: name })}
            aria-current={tab === name ? "page" : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      {tab === "payouts" ? <Payouts /> : <Statements />}
    </Page>
  );
}
