import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../state/app-context.ts";
import { formatAge, formatDuration } from "../format/time.ts";

/** How something is, as far as it concerns the reader. */
export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

/** A state in words, with a mark whose form and colour repeat it. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return (
    <span class={`state ${tone}`}>
      <span class="mark" aria-hidden="true" />
      {children}
    </span>
  );
}

/** `PENDING_RETRY` in words: `pending retry`. */
export const words = (code: string): string => code.toLowerCase().replaceAll("_", " ");

/** `PENDING_RETRY` as a label: `Pending retry`. */
export const label = (code: string): string => words(code).replace(/^./, (letter) => letter.toUpperCase());

/** A time in the browser's zone; the full one, with its zone, as a title. */
export function Time({ at, none = "—" }: { readonly at: string | null | undefined; readonly none?: string }) {
  const { time, now } = useApp();
  if (at === null || at === undefined) return <span class="none">{none}</span>;
  return (
    <time dateTime={at} title={time.full(at)}>
      {time.short(at, now.value)}
    </time>
  );
}

/** A sentence of the service; the times in it are displayed in the browser's zone. */
export const Sentence = ({ text }: { readonly text: string }): ComponentChildren =>
  text.split(/(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*Z)/).map((part, index) => (index % 2 === 0 ? part : <Time at={part} />));

/** How long ago a time was. */
export function Age({ at, none = "never" }: { readonly at: string | null | undefined; readonly none?: string }) {
  const { time, now } = useApp();
  if (at === null || at === undefined) return <span class="none">{none}</span>;
  return (
    <time dateTime={at} title={time.full(at)}>
      {formatAge(at, now.value)}
    </time>
  );
}

/** How long it is since a time. */
export function Since({ at }: { readonly at: string }) {
  const { time, now } = useApp();
  return (
    <time dateTime={at} title={`since ${time.full(at)}`}>
      {formatDuration(Math.max(0, now.value - Date.parse(at)))}
    </time>
  );
}

export interface PageProps {
  readonly title: string;
  /** What the page says in one sentence. */
  readonly sentence?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of a page. Its heading receives the focus when the page opens, so that a keyboard continues there. */
export function Page({ title, sentence, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the page is visible: later, the focus would be taken from a field in which somebody has begun to write.
  useLayoutEffect(() => {
    document.title = `${title} · Sluice`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main id="main">
      <header class="page-header">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {sentence !== undefined && <p class="sentence">{sentence}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** What an empty list means, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

/** A read that failed. */
export function Problem({ text, retry }: { readonly text: string; readonly retry: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>{text}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

export const Loading = () => <p class="loading">Loading…</p>;

export interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}

/** Names with their values; those without a value are left out. */
export function Facts({ facts }: FactsProps) {
  const given = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl class="facts">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A source's name, which leads to its page. */
export const SourceLink = ({ id }: { readonly id: string }) => (
  <a href={`#/sources/${encodeURIComponent(id)}`} class="id">
    {id}
  </a>
);
