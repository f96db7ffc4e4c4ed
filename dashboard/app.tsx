import type { ComponentChildren } from "preact";
import { useApp } from "./state/app-context.ts";
import { Overview } from "./pages/overview.tsx";
import { linkTo, route } from "./state/route.ts";
import { TokenForm } from "./pages/token-form.tsx";
import { Empty, Page, State } from "./ui/elements.tsx";
import { lazyPage } from "./ui/lazy-page.tsx";

const Alerts = lazyPage("Alerts", async () => (await import("./pages/alerts/alerts.tsx")).Alerts);
const Deliveries = lazyPage("Deliveries", async () => (await import("./pages/deliveries/deliveries.tsx")).Deliveries);
const Events = lazyPage("Events", async () => (await import("./pages/events.tsx")).Events);
const Findings = lazyPage("Findings", async () => (await import("./pages/findings/findings.tsx")).Findings);
const Money = lazyPage("Money", async () => (await import("./pages/money/money.tsx")).Money);
const Quarantine = lazyPage("Quarantine", async () => (await import("./pages/quarantine/quarantine.tsx")).Quarantine);
const Reconciliation = lazyPage(
  "Reconciliation",
  async () => (await import("./pages/reconciliation/reconciliation.tsx")).Reconciliation,
);
const RunPage = lazyPage("Run", async () => (await import("./pages/run-page.tsx")).RunPage);
const Runs = lazyPage("Runs", async () => (await import("./pages/runs.tsx")).Runs);
const SourcePage = lazyPage("Source", async () => (await import("./pages/source/source.tsx")).SourcePage);

const NAVIGATION = [
  ["overview", "Overview"],
  ["runs", "Runs"],
  ["deliveries", "Deliveries"],
  ["quarantine", "Quarantine"],
  ["findings", "Findings"],
  ["alerts", "Alerts"],
  ["money", "Money"],
  ["reconciliation", "Reconciliation"],
  ["events", "Events"],
] as const;

export function Root() {
  const { session } = useApp();
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href={linkTo("overview")}>
          Sluice
        </a>
        <nav aria-label="Pages">
          {NAVIGATION.map(([page, name]) => (
            <a key={page} href={linkTo(page)} aria-current={isCurrent(page) ? "page" : undefined}>
              {name}
            </a>
          ))}
          <a href="/graphql">Explore</a>
        </nav>
        <Connection />
      </header>
      <Notices />
      {session.state.value === "refused" ? <TokenForm /> : <CurrentPage />}
    </>
  );
}

/** The fragment is the router's: the focus is moved by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main h1")?.focus();
}

const isCurrent = (page: string): boolean =>
  route.value.page === page || (page === "overview" && route.value.page === "sources");

function CurrentPage(): ComponentChildren {
  switch (route.value.page) {
    case "overview":
      return <Overview />;
    case "sources":
      return <SourcePage key={route.value.id} />;
    case "runs":
      return route.value.id === undefined ? <Runs /> : <RunPage key={route.value.id} />;
    case "deliveries":
      return <Deliveries />;
    case "quarantine":
      return <Quarantine />;
    case "findings":
      return <Findings />;
    case "alerts":
      return <Alerts />;
    case "money":
      return <Money />;
    case "reconciliation":
      return <Reconciliation />;
    case "events":
      return <Events />;
    default:
      return (
        <Page title="Not found">
          <Empty title="There is no such page.">
            Go to the <a href={linkTo("overview")}>overview</a>.
          </Empty>
        </Page>
      );
  }
}

/** The state of the connection, the tenant, and the way out. */
function Connection() {
  const { session, time } = useApp();
  const state = session.state.value;
  const { tenant } = session.caller.value;
  return (
    <div class="connection">
      <span role="status">
        {state === "open" && <State tone="good">Live</State>}
        {state === "connecting" && <State tone="busy">Connecting…</State>}
        {state === "lost" && <State tone="bad">Connection lost: connecting again; nothing will be missed</State>}
        {state === "refused" && <State tone="idle">Not signed in</State>}
      </span>
      {tenant !== undefined && state !== "refused" && <span class="tenant">{tenant}</span>}
      <span class="quiet" title="Times are displayed in this zone">
        {time.zone}
      </span>
      {session.hasToken.value && (
        <button type="button" class="small" onClick={session.signOut}>
          Sign out
        </button>
      )}
    </div>
  );
}

function Notices() {
  const { notices, dismiss } = useApp();
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ key, text, isFailure }) => (
        <p key={key} class={isFailure ? "failure" : ""}>
          <span>{text}</span>
          <button type="button" class="small" onClick={() => dismiss(key)}>
            Dismiss
          </button>
        </p>
      ))}
    </div>
  );
}
