import { useApp } from "../../state/app-context.ts";
import { linkTo, route } from "../../state/route.ts";
import { Page } from "../../ui/elements.tsx";
import { AuditTrail } from "./audit-trail.tsx";
import { Balances } from "./balances.tsx";
import { Completeness } from "./completeness.tsx";
import { Evidence } from "./evidence.tsx";
import { Items } from "./items.tsx";
import { Routes } from "./routes/routes.tsx";

const TABS = [
  ["items", "Payouts and bank", Items],
  ["completeness", "Completeness", Completeness],
  ["balances", "Balances", Balances],
  ["routes", "Routes", Routes],
  ["evidence", "Evidence", Evidence],
  ["audit", "Audit trail", AuditTrail],
] as const;
/** Views that are not offered without the scope admin. */
const OF_ADMINS: ReadonlySet<string> = new Set(["evidence", "audit"]);

/** What was paid out, and whether it arrived; the proofs of both. */
export function Reconciliation() {
  const { session } = useApp();
  const { tab = "items" } = route.value.params;
  const isAdmin = session.caller.value.scopes.has("admin");
  const View = TABS.find(([name]) => name === tab)?.[2] ?? Items;
  return (
    <Page
      title="Reconciliation"
      sentence="Whether the money that was paid out has arrived, to the cent, and whether nothing is missing here."
    >
      <nav class="tabs" aria-label="Views of the reconciliation">
        {TABS.filter(([name]) => isAdmin || !OF_ADMINS.has(name)).map(([name, text]) => (
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
