import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { linkTo, route } from "../state/route.ts";

/** Details of one item beside its list. Escape closes them and returns to the item. */
export function Details({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { page, id, params } = route.value;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  function close(): void {
    const opener = document.querySelector<HTMLElement>(`tr.open [data-focus="open"]`);
    location.hash = linkTo(page, undefined, params);
    opener?.focus();
  }
  return (
    <aside class="details" aria-label="Details" onKeyDown={(event) => event.key === "Escape" && close()}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="small" onClick={close}>
          Close
        </button>
      </header>
      {children}
    </aside>
  );
}
